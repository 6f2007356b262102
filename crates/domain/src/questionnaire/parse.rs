//! Reading an answer from the API: is it of the question's type?

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use serde_json::{Map, Number, Value};

use super::super::decimal::MAX_DIGITS;
use super::super::fault::{self, Fault, FaultCode, pointer};
use super::super::said::{Phrase, expected};
use super::super::{Decimal, Lang, WholeNumber, blank, number};
use super::{
    AnswerInput, AnswerValue, Change, ChangeInput, MAX_ANSWER_CHARS, MAX_COMMENT_CHARS, Question,
    True, TypeCode, is_year,
};

/// Reads `{"value": ...}` or `{"not_available": true}` as an answer to the question; [`parse_comment`] reads the comment
/// beside it.
///
/// # Errors
///
/// Lists what is wrong, each with `pointer` as the place of the answer in the request.
pub fn parse(question: &Question, json: &Value, pointer: &str) -> Result<AnswerInput, Vec<Fault>> {
    let reader = Reader {
        question,
        at: pointer,
    };
    reader
        .answer(json)
        .map_err(|fault| vec![fault.of_question(&question.code)])
}

/// Reads the comment of an answer, `{"comment": {"text", "lang"}}` beside its value: its words and their language.
///
/// # Errors
///
/// Lists what is wrong, each with `pointer` as the place of the answer in the request.
pub fn parse_comment(
    question: &Question,
    json: &Value,
    pointer: &str,
) -> Result<Option<(String, Lang)>, Vec<Fault>> {
    let reader = Reader {
        question,
        at: pointer,
    };
    let read = match json.get("comment") {
        None | Some(Value::Null) => return Ok(None),
        Some(comment) => reader.comment(comment),
    };
    read.map(Some)
        .map_err(|fault| vec![fault.of_question(&question.code)])
}

/// Reads what changes of an answer, in the same shape: what is not mentioned stays, and null takes a part away. Without its
/// value, an answer is none.
///
/// # Errors
///
/// Lists what is wrong, each with `pointer` as the place of the answer in the request.
pub fn parse_change(
    question: &Question,
    json: &Value,
    pointer: &str,
) -> Result<ChangeInput, Vec<Fault>> {
    let mentions = |member: &str| json.get(member).is_some();
    let comment = match json.get("comment") {
        None => Ok(Change::Stays),
        Some(_) => parse_comment(question, json, pointer)
            .map(|comment| comment.map_or(Change::Goes, Change::Becomes)),
    };
    let value = match json.get("value") {
        Some(Value::Null) if !mentions("not_available") => {
            known(question, json, pointer).and_then(|()| match comment {
                // There would be nothing beside which it could stand.
                Ok(Change::Becomes(_)) => Err(malformed(question, pointer)),
                _ => Ok(Change::Goes),
            })
        }
        None if mentions("comment") && !mentions("not_available") => {
            known(question, json, pointer).map(|()| Change::Stays)
        }
        _ => parse(question, json, pointer).map(Change::Becomes),
    };
    match (value, comment) {
        (Ok(value), Ok(comment)) => Ok(ChangeInput { value, comment }),
        (value, comment) => {
            let faults = value.err().into_iter().chain(comment.err());
            Err(faults.flatten().collect())
        }
    }
}

/// Refuses members that an answer does not have.
fn known(question: &Question, json: &Value, at: &str) -> Result<(), Vec<Fault>> {
    let known = json.as_object().map(|members| only(members, MEMBERS, at));
    known
        .unwrap_or(Ok(()))
        .map_err(|fault| vec![fault.of_question(&question.code)])
}

fn malformed(question: &Question, at: &str) -> Vec<Fault> {
    let fault = fault::MALFORMED_ANSWER.at(at);
    vec![fault.of_question(&question.code)]
}

/// What an answer says.
const MEMBERS: &[&str] = &["value", "not_available", "comment"];

struct Reader<'a> {
    question: &'a Question,
    /// Where the answer is in the request.
    at: &'a str,
}

impl Reader<'_> {
    fn answer(&self, json: &Value) -> Result<AnswerInput, Fault> {
        let members = json
            .as_object()
            .ok_or_else(|| fault::MALFORMED_ANSWER.at(self.at))?;
        only(members, MEMBERS, self.at)?;
        match (members.get("value"), members.get("not_available")) {
            (None, Some(Value::Bool(true))) => {
                Ok(AnswerInput::Value(AnswerValue::NotAvailable(True)))
            }
            (Some(value), None) if is_empty(value) => Err(self.fault(fault::EMPTY_ANSWER)),
            (Some(value), None) => self.value(value),
            _ => Err(fault::MALFORMED_ANSWER.at(self.at)),
        }
    }

    fn value(&self, json: &Value) -> Result<AnswerInput, Fault> {
        let value = match self.question.type_code() {
            TypeCode::Text => return self.text(json),
            TypeCode::OneChoice => AnswerValue::Choice(self.choice(json, "")?.1.to_owned()),
            TypeCode::SeveralChoices => AnswerValue::Choices(self.choices(json)?),
            TypeCode::WholeNumber => AnswerValue::WholeNumber(self.whole_number(json)?),
            TypeCode::Decimal => AnswerValue::Decimal(self.decimal(json)?),
            TypeCode::Date => AnswerValue::Date(self.date(json)?),
            TypeCode::Year => AnswerValue::Year(self.year(json)?),
        };
        Ok(AnswerInput::Value(value))
    }

    fn text(&self, json: &Value) -> Result<AnswerInput, Fault> {
        let wrong = || self.wrong_type(expected::WORDS);
        let at = pointer(self.at, "value");
        let (text, lang) = words(json, &at, &wrong, fault::EMPTY_ANSWER, MAX_ANSWER_CHARS)?;
        Ok(AnswerInput::Text { text, lang })
    }

    fn comment(&self, json: &Value) -> Result<(String, Lang), Fault> {
        let at = pointer(self.at, "comment");
        let wrong = || fault::MALFORMED_COMMENT.at(at.as_str());
        words(json, &at, &wrong, fault::BLANK, MAX_COMMENT_CHARS)
    }

    /// The option's place among the question's options, and its value.
    fn choice(&self, json: &Value, below: &str) -> Result<(usize, &str), Fault> {
        let value = json
            .as_str()
            .ok_or_else(|| self.wrong_type(expected::TEXT))?;
        let options = self.question.options();
        let chosen = options
            .iter()
            .enumerate()
            .find(|(_, option)| option.value == value);
        chosen
            .map(|(place, option)| (place, option.value))
            .ok_or_else(|| {
                let at = format!("{}/value{below}", self.at);
                if let Some(stray) = stray(value, &at) {
                    return stray;
                }
                let known: Vec<_> = options.iter().map(|option| option.value).collect();
                let fault = fault::UNKNOWN_OPTION.at(at);
                fault.arg("value", value).arg("options", known.join(", "))
            })
    }

    fn choices(&self, json: &Value) -> Result<Vec<String>, Fault> {
        let values = json
            .as_array()
            .ok_or_else(|| self.wrong_type(expected::LIST_OF_TEXTS))?;
        let mut chosen = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            chosen.push(self.choice(value, &pointer("", index))?);
        }
        chosen.sort_unstable();
        chosen.dedup();
        Ok(chosen
            .into_iter()
            .map(|(_, value)| value.to_owned())
            .collect())
    }

    /// A number, written as every number is: as a JSON number or a string.
    fn number<T>(
        &self,
        json: &Value,
        of_json: fn(&Number) -> Option<T>,
        of_text: fn(&str) -> Option<T>,
        bad: FaultCode,
    ) -> Result<T, Fault> {
        let bad = |given: &dyn Display| self.fault(bad).arg("value", given);
        match json {
            Value::Number(number) => of_json(number).ok_or_else(|| bad(number)),
            Value::String(text) => of_text(text).ok_or_else(|| {
                let stray = stray(text, &pointer(self.at, "value"));
                stray.unwrap_or_else(|| bad(text))
            }),
            _ => Err(self.wrong_type(expected::NUMBER)),
        }
    }

    fn whole_number(&self, json: &Value) -> Result<WholeNumber, Fault> {
        let of_text = |text: &str| text.parse().ok();
        self.number(json, WholeNumber::of_json, of_text, fault::BAD_WHOLE_NUMBER)
    }

    fn decimal(&self, json: &Value) -> Result<Decimal, Fault> {
        let of_text = |text: &str| text.parse().ok();
        let read = self.number(json, Decimal::of_json, of_text, fault::BAD_DECIMAL);
        read.map_err(|fault| match fault.code == fault::BAD_DECIMAL.code {
            true => fault.arg("max", MAX_DIGITS),
            false => fault,
        })
    }

    fn date(&self, json: &Value) -> Result<Date, Fault> {
        let text = json
            .as_str()
            .ok_or_else(|| self.wrong_type(expected::DAY))?;
        // The calendar's parser takes other spellings too; a date has one here.
        let date = text
            .parse()
            .ok()
            .filter(|date: &Date| date.to_string() == text && is_year(date.year()));
        date.ok_or_else(|| self.fault(fault::BAD_DATE))
    }

    fn year(&self, json: &Value) -> Result<i16, Fault> {
        let of_json = |number: &Number| year(WholeNumber::of_json(number)?);
        let of_text = |text: &str| year(text.parse().ok()?);
        self.number(json, of_json, of_text, fault::BAD_YEAR)
    }

    fn fault(&self, kind: FaultCode) -> Fault {
        kind.at(pointer(self.at, "value"))
    }

    fn wrong_type(&self, expected: Phrase) -> Fault {
        self.fault(fault::ANSWER_OF_WRONG_TYPE)
            .arg("type", self.question.type_code())
            .words("expected", expected)
    }
}

/// Reads `{"text", "lang"}`: words that say something, in at most `max` characters.
fn words(
    json: &Value,
    at: &str,
    wrong: &dyn Fn() -> Fault,
    empty: FaultCode,
    max: usize,
) -> Result<(String, Lang), Fault> {
    let members = json.as_object().ok_or_else(wrong)?;
    only(members, &["text", "lang"], at)?;
    let (Some(Value::String(text)), Some(Value::String(lang))) =
        (members.get("text"), members.get("lang"))
    else {
        return Err(wrong());
    };
    if blank::is_blank(text) {
        return Err(empty.at(pointer(at, "text")));
    }
    let length = text.chars().count();
    if length > max {
        let fault = fault::TOO_LONG.at(pointer(at, "text"));
        return Err(fault.arg("length", length).arg("max", max));
    }
    let lang = Lang::from_str(lang).map_err(|error| {
        let fault = fault::UNKNOWN_LANGUAGE.at(pointer(at, "lang"));
        fault
            .arg("language", error.code)
            .arg("known", error.known.join(", "))
    })?;
    Ok((text.clone(), lang))
}

/// The year that a whole number is, if one.
fn year(number: WholeNumber) -> Option<i16> {
    let year = i16::try_from(number.0).ok()?;
    is_year(year).then_some(year)
}

/// The fault of a code or number in which there is something that people may not see, or take for something else.
fn stray(text: &str, at: &str) -> Option<Fault> {
    let (place, character) = number::stray(text)?;
    let fault = fault::STRAY_CHARACTER.at(at).arg("value", text);
    let fault = fault.arg("character", blank::name(character));
    Some(fault.arg("place", place))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => blank::is_blank(text),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

fn only(members: &Map<String, Value>, known: &[&str], at: &str) -> Result<(), Fault> {
    match members
        .keys()
        .find(|field| !known.contains(&field.as_str()))
    {
        Some(field) => Err(fault::UNKNOWN_FIELD
            .at(pointer(at, field))
            .arg("field", field)
            .arg("known", known.join(", "))),
        None => Ok(()),
    }
}
