//! Reading an answer from the API: is it of the question's type?

use std::str::FromStr;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::super::decimal::MAX_DIGITS;
use super::super::fault::{self, Fault, FaultCode, pointer};
use super::super::said::{Phrase, expected};
use super::super::{Decimal, Lang, WholeNumber};
use super::{
    AnswerInput, AnswerValue, MAX_ANSWER_CHARS, MAX_COMMENT_CHARS, Question, True, TypeCode,
    is_year,
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
        only(members, &["value", "not_available", "comment"], self.at)?;
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
                let known: Vec<_> = options.iter().map(|option| option.value).collect();
                let fault = fault::UNKNOWN_OPTION.at(format!("{}/value{below}", self.at));
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

    fn whole_number(&self, json: &Value) -> Result<WholeNumber, Fault> {
        match json {
            Value::Number(number) if number.is_f64() => Err(self.fault(fault::BAD_WHOLE_NUMBER)),
            Value::Number(_) | Value::String(_) => serde_json::from_value(json.clone())
                .map_err(|_| self.fault(fault::BAD_WHOLE_NUMBER)),
            _ => Err(self.wrong_type(expected::WHOLE_NUMBER)),
        }
    }

    fn decimal(&self, json: &Value) -> Result<Decimal, Fault> {
        match json {
            Value::Number(_) => Err(self.fault(fault::DECIMAL_AS_NUMBER)),
            Value::String(text) => text
                .parse()
                .map_err(|_| self.fault(fault::BAD_DECIMAL).arg("max", MAX_DIGITS)),
            _ => Err(self.wrong_type(expected::DECIMAL)),
        }
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
        let Value::Number(number) = json else {
            return Err(self.wrong_type(expected::WHOLE_NUMBER));
        };
        let year = number
            .as_i64()
            .and_then(|year| i16::try_from(year).ok())
            .filter(|year| is_year(*year));
        year.ok_or_else(|| self.fault(fault::BAD_YEAR).arg("year", number))
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
    if text.trim().is_empty() {
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

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
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
