//! Reading an answer from the API: is it of the question's type? Every fault of it is told at once.

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::super::decimal::MAX_DIGITS;
use super::super::fault::{self, Fault, FaultCode, pointer};
use super::super::phrase::{Phrase, expected};
use super::super::{Decimal, Lang, WholeNumber, blank, number, times};
use super::{
    AnswerInput, AnswerValue, Change, ChangeInput, Extent, JsonTrue, MAX_ANSWER_CHARS,
    MAX_COMMENT_CHARS, Question, TypeCode, is_year,
};

/// Reads `{"value": ...}` or `{"not_available": true}`, beside which `{"comment": {"text", "lang"}}` may stand, as an answer to
/// the question, or as what changes of it: then a part that is not mentioned stays, and null takes it away.
///
/// # Errors
///
/// Lists everything that is wrong, each with its place below `at`, that of the answer in the request.
pub fn parse(
    question: &Question,
    json: &Value,
    extent: Extent,
    at: &str,
) -> Result<ChangeInput, Vec<Fault>> {
    let mut reader = Reader {
        question,
        at,
        faults: Vec::new(),
    };
    let read = reader.answer(json, extent);
    match read {
        Some(read) if reader.faults.is_empty() => Ok(read),
        _ => {
            let faults = reader.faults.into_iter();
            Err(faults
                .map(|fault| fault.of_question(&question.code))
                .collect())
        }
    }
}

/// What an answer says.
const MEMBERS: &[&str] = &["value", "not_available", "comment"];

struct Reader<'a> {
    question: &'a Question,
    /// Where the answer is in the request.
    at: &'a str,
    /// What was found to be wrong.
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn answer(&mut self, json: &Value, extent: Extent) -> Option<ChangeInput> {
        let malformed = fault::MALFORMED_ANSWER.at(self.at);
        let members = self.note(json.as_object().ok_or(malformed.clone()))?;
        self.only(members, MEMBERS, self.at);
        let given = members.get("comment");
        let in_parts = extent == Extent::Parts;
        let comment = match given {
            None if in_parts => Some(Change::Stays),
            None | Some(Value::Null) => Some(Change::Goes),
            Some(comment) => self.comment(comment).map(Change::Becomes),
        };
        let value = match (members.get("value"), members.get("not_available")) {
            (None, Some(Value::Bool(true))) => {
                let absent = AnswerValue::NotAvailable(JsonTrue);
                Some(Change::Becomes(AnswerInput::Value(absent)))
            }
            (None, None) if in_parts && given.is_some() => Some(Change::Stays),
            // Without its value an answer is none, and there is nothing beside which a comment could stand.
            (Some(Value::Null), None) if in_parts && given.is_none_or(Value::is_null) => {
                Some(Change::Goes)
            }
            (Some(value), None) if !(in_parts && value.is_null()) => {
                self.value(value).map(Change::Becomes)
            }
            _ => self.note(Err(malformed)),
        };
        value
            .zip(comment)
            .map(|(value, comment)| ChangeInput { value, comment })
    }

    /// What was read, or nothing: then the fault is noted.
    fn note<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Notes every member that is none of those known.
    fn only(&mut self, members: &Map<String, Value>, known: &[&str], at: &str) {
        let unknown = members
            .keys()
            .filter(|field| !known.contains(&field.as_str()));
        self.faults.extend(unknown.map(|field| {
            let fault = fault::UNKNOWN_FIELD.at(pointer(at, field));
            fault.arg("field", field).arg("known", known.join(", "))
        }));
    }

    fn value(&mut self, json: &Value) -> Option<AnswerInput> {
        if is_empty(json) {
            return self.note(Err(self.fault(fault::EMPTY_ANSWER)));
        }
        let read = match self.question.type_code() {
            TypeCode::Text => return self.text(json),
            TypeCode::OneChoice => self
                .choice(json, "")
                .map(|(_, value)| AnswerValue::Choice(value.to_owned())),
            TypeCode::SeveralChoices => return self.choices(json).map(AnswerInput::Value),
            TypeCode::WholeNumber => self.whole_number(json).map(AnswerValue::WholeNumber),
            TypeCode::Decimal => self.decimal(json).map(AnswerValue::Decimal),
            TypeCode::Date => self.date(json).map(AnswerValue::Date),
            TypeCode::Year => self.year(json).map(AnswerValue::Year),
        };
        self.note(read.map(AnswerInput::Value))
    }

    fn text(&mut self, json: &Value) -> Option<AnswerInput> {
        let wrong = self.wrong_type();
        let at = pointer(self.at, "value");
        let (text, lang) = self.words(json, &at, wrong, fault::EMPTY_ANSWER, MAX_ANSWER_CHARS)?;
        Some(AnswerInput::Text { text, lang })
    }

    fn comment(&mut self, json: &Value) -> Option<(String, Lang)> {
        let at = pointer(self.at, "comment");
        let wrong = fault::MALFORMED_COMMENT.at(at.as_str());
        self.words(json, &at, wrong, fault::BLANK, MAX_COMMENT_CHARS)
    }

    /// Reads `{"text", "lang"}`: words that say something, in at most `max` characters.
    fn words(
        &mut self,
        json: &Value,
        at: &str,
        wrong: Fault,
        empty: FaultCode,
        max: usize,
    ) -> Option<(String, Lang)> {
        let members = self.note(json.as_object().ok_or(wrong.clone()))?;
        self.only(members, &["text", "lang"], at);
        let member = |name| members.get(name).and_then(Value::as_str);
        let (text, lang) = (member("text"), member("lang"));
        if text.is_none() || lang.is_none() {
            self.faults.push(wrong);
        }
        let text = text.and_then(|text| self.note(nonblank_text(text, at, empty, max)));
        let lang = lang.and_then(|lang| self.note(language(lang, at)));
        text.zip(lang)
    }

    /// The option's place among the question's options, and its value.
    fn choice(&self, json: &Value, below: &str) -> Result<(usize, &'a str), Fault> {
        let at = format!("{}/value{below}", self.at);
        let Some(value) = json.as_str() else {
            let fault = fault::ANSWER_OF_WRONG_TYPE.at(at);
            return Err(fault.words("expected", expected::TEXT));
        };
        let options = self.question.options();
        let chosen = options
            .iter()
            .enumerate()
            .find(|(_, option)| option.value == value);
        chosen
            .map(|(place, option)| (place, option.value))
            .ok_or_else(|| {
                number::stray_fault(value, &at).unwrap_or_else(|| {
                    let known: Vec<_> = options.iter().map(|option| option.value).collect();
                    let fault = fault::UNKNOWN_OPTION.at(at);
                    fault.arg("value", value).arg("options", known.join(", "))
                })
            })
    }

    fn choices(&mut self, json: &Value) -> Option<AnswerValue> {
        let wrong = self.wrong_type();
        let values = self.note(json.as_array().ok_or(wrong))?;
        let read: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(index, value)| self.choice(value, &pointer("", index)))
            .collect();
        let mut chosen = Vec::with_capacity(read.len());
        for read in read {
            match read {
                Ok(read) => chosen.push(read),
                Err(fault) => self.faults.push(fault),
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        let chosen = chosen.into_iter().map(|(_, value)| value.to_owned());
        Some(AnswerValue::Choices(chosen.collect()))
    }

    /// A number, written as every number is: as a JSON number or a string.
    fn number<T: FromStr>(&self, json: &Value, bad: FaultCode) -> Result<T, Fault> {
        let bad = |given: &dyn Display| self.fault(bad).arg("value", given);
        match json {
            Value::Number(given) => number::of_json(given).ok_or_else(|| bad(given)),
            Value::String(text) => text.parse().map_err(|_| {
                let stray = number::stray_fault(text, &pointer(self.at, "value"));
                stray.unwrap_or_else(|| bad(text))
            }),
            _ => Err(self.wrong_type()),
        }
    }

    fn whole_number(&self, json: &Value) -> Result<WholeNumber, Fault> {
        self.number(json, fault::BAD_WHOLE_NUMBER)
    }

    fn decimal(&self, json: &Value) -> Result<Decimal, Fault> {
        let read = self.number(json, fault::BAD_DECIMAL);
        read.map_err(|fault| match fault.code == fault::BAD_DECIMAL.code {
            true => fault.arg("max", MAX_DIGITS),
            false => fault,
        })
    }

    fn date(&self, json: &Value) -> Result<Date, Fault> {
        let text = json.as_str().ok_or_else(|| self.wrong_type())?;
        let date = times::day(text).filter(|date| is_year(date.year()));
        date.ok_or_else(|| times::day_fault(text, &pointer(self.at, "value")))
    }

    fn year(&self, json: &Value) -> Result<i16, Fault> {
        let number: WholeNumber = self.number(json, fault::BAD_YEAR)?;
        year(number).ok_or_else(|| self.fault(fault::BAD_YEAR).arg("value", number))
    }

    fn fault(&self, kind: FaultCode) -> Fault {
        kind.at(pointer(self.at, "value"))
    }

    fn wrong_type(&self) -> Fault {
        let fault = self.fault(fault::ANSWER_OF_WRONG_TYPE);
        fault.words("expected", self.question.type_code().expected())
    }
}

impl TypeCode {
    /// What an answer to such a question is.
    pub(crate) const fn expected(self) -> Phrase {
        match self {
            Self::Text => expected::WORDS,
            Self::OneChoice => expected::TEXT,
            Self::SeveralChoices => expected::LIST_OF_TEXTS,
            Self::WholeNumber | Self::Decimal | Self::Year => expected::NUMBER,
            Self::Date => expected::DAY,
        }
    }
}

/// Words that say something, in at most `max` characters.
fn nonblank_text(text: &str, at: &str, empty: FaultCode, max: usize) -> Result<String, Fault> {
    if blank::is_blank(text) {
        return Err(empty.at(pointer(at, "text")));
    }
    let length = text.chars().count();
    if length > max {
        let fault = fault::TOO_LONG.at(pointer(at, "text"));
        return Err(fault.arg("length", length).arg("max", max));
    }
    Ok(text.to_owned())
}

fn language(lang: &str, at: &str) -> Result<Lang, Fault> {
    Lang::from_str(lang).map_err(|error| {
        let fault = fault::UNKNOWN_LANGUAGE.at(pointer(at, "lang"));
        fault
            .arg("language", error.code)
            .arg("known", error.known.join(", "))
    })
}

/// The year that a whole number is, if one.
fn year(number: WholeNumber) -> Option<i16> {
    let year = i16::try_from(number.0).ok()?;
    is_year(year).then_some(year)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => blank::is_blank(text),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
