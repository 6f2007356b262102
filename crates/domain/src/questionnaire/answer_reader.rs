//! Reading an answer from the API: is it of the field's type? Every fault of it is told at once.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::fields::Taking;
use super::types::OptionSource;
use super::{
    AnswerInput, AnswerValue, Change, ChangeInput, Extent, Field, Flag, Flags, MAX_COMMENT_CHARS,
    MissingKind,
};
use crate::decimal::MAX_DIGITS;
use crate::fault::{self, Codes, Fault, FaultCode, pointer};
use crate::phrase::{Phrase, expected};
use crate::{Decimal, Lang, blank, number};

/// Reads `{"value": ...}`, `{"missing": "not_collected"}` or `{"not_available": true}`, beside which `"flags"` and
/// `{"comment": {"text", "lang"}}` may stand, as an answer to the field, or as what changes of it: then a part that is not
/// mentioned stays, and null takes it away.
///
/// # Errors
///
/// Lists everything that is wrong, each with its place below `at`, that of the answer in the request.
pub fn parse(
    field: &Field,
    json: &Value,
    extent: Extent,
    at: &str,
) -> Result<ChangeInput, Vec<Fault>> {
    let mut reader = AnswerReader {
        at,
        faults: Vec::new(),
    };
    let read = reader.answer(field, json, extent);
    match read {
        Some(read) if reader.faults.is_empty() => Ok(read),
        _ => {
            let faults = reader.faults.into_iter();
            Err(faults
                .map(|fault| fault.of_question(&field.question))
                .collect())
        }
    }
}

/// What an answer says.
const MEMBERS: &[&str] = &["value", "missing", "not_available", "flags", "comment"];

/// An answer that is being read.
pub(super) struct AnswerReader<'a> {
    /// Where the answer is in the request.
    at: &'a str,
    /// What was found to be wrong.
    pub(super) faults: Vec<Fault>,
}

impl AnswerReader<'_> {
    fn answer(&mut self, field: &Field, json: &Value, extent: Extent) -> Option<ChangeInput> {
        let malformed = fault::MALFORMED_ANSWER.at(self.at);
        let members = self.note(json.as_object().ok_or(malformed.clone()))?;
        self.only(members, MEMBERS, self.at);
        let given = (members.get("comment"), members.get("flags"));
        let in_parts = extent == Extent::Parts;
        let comment = match given.0 {
            None if in_parts => Some(Change::Stays),
            None | Some(Value::Null) => Some(Change::Goes),
            Some(comment) => self.comment(comment).map(Change::Becomes),
        };
        let flags = match given.1 {
            None if in_parts => Some(Change::Stays),
            None | Some(Value::Null) => Some(Change::Goes),
            Some(flags) => self.flags(field, flags).map(Change::Becomes),
        };
        let is_null = |part: Option<&Value>| part.is_none_or(Value::is_null);
        let (beside, none_beside) = (
            given.0.is_some() || given.1.is_some(),
            is_null(given.0) && is_null(given.1),
        );
        let missing = self.missing(field, members)?;
        let value = match (members.get("value"), missing) {
            (None, Some(kind)) => {
                let absent = AnswerValue::missing(kind);
                Some(Change::Becomes(AnswerInput::Value(absent)))
            }
            (None, None) if in_parts && beside => Some(Change::Stays),
            // Without its value an answer is none, and there is nothing beside which a comment could stand.
            (Some(Value::Null), None) if in_parts && none_beside => Some(Change::Goes),
            (Some(value), None) if !(in_parts && value.is_null()) => {
                self.value(field, value).map(Change::Becomes)
            }
            _ => self.note(Err(malformed)),
        };
        let is_figure = !matches!(
            value,
            Some(Change::Becomes(AnswerInput::Value(ref value))) if value.missing_kind().is_some()
        );
        if !is_figure && given.1.is_some_and(|flags| !is_blank(flags)) {
            let at = pointer(self.at, "flags");
            self.faults.push(fault::FLAG_WITHOUT_VALUE.at(at));
        }
        let ((value, comment), flags) = value.zip(comment).zip(flags)?;
        Some(ChangeInput {
            value,
            flags,
            comment,
        })
    }

    /// Why there is no answer, where that is said; nothing at all where what is said is wrong.
    fn missing(
        &mut self,
        field: &Field,
        members: &Map<String, Value>,
    ) -> Option<Option<MissingKind>> {
        let (kind, at) = match (members.get("missing"), members.get("not_available")) {
            (None, None) => return Some(None),
            (None, Some(Value::Bool(true))) => {
                (MissingKind::NotAvailable, pointer(self.at, "not_available"))
            }
            // As it is answered: both, where that is the reason.
            (Some(Value::String(code)), None | Some(Value::Bool(true)))
                if members.get("not_available").is_none()
                    || code == MissingKind::NotAvailable.as_str() =>
            {
                let at = pointer(self.at, "missing");
                let Ok(kind) = code.parse() else {
                    let codes = expected::ONE_OF.codes(MissingKind::CODES.iter().copied());
                    let fault = fault::NOT_AS_EXPECTED.at(at).words("expected", codes);
                    return self.note(Err(fault));
                };
                (kind, at)
            }
            _ => return self.note(Err(fault::MALFORMED_ANSWER.at(self.at))),
        };
        if !field.missing.contains(&kind) {
            let allowed: Vec<_> = field.missing.iter().map(|kind| kind.as_str()).collect();
            let fault = fault::UNKNOWN_MISSING_KIND.at(at).arg("kind", kind);
            self.faults
                .push(fault.words("allowed", Phrase::codes_if_any(allowed)));
        }
        Some(Some(kind))
    }

    fn flags(&mut self, field: &Field, json: &Value) -> Option<Flags> {
        let at = pointer(self.at, "flags");
        let codes = expected::LIST_OF_CODES.codes(Flag::CODES.iter().copied());
        let wrong = fault::WRONG_JSON_TYPE.at(&at).words("expected", codes);
        let flags: Result<Vec<Flag>, _> = serde_json::from_value(json.clone());
        let flags = self.note(flags.map_err(|_| wrong))?;
        for (index, flag) in flags.iter().enumerate() {
            if !field.flags.contains(flag) {
                let allowed: Vec<_> = field.flags.iter().map(|flag| flag.as_str()).collect();
                let fault = fault::FLAG_NOT_TAKEN
                    .at(pointer(&at, index))
                    .arg("flag", flag);
                self.faults
                    .push(fault.words("allowed", Phrase::codes_if_any(allowed)));
            }
        }
        Some(Flags(flags.into_iter().collect()))
    }

    fn value(&mut self, field: &Field, json: &Value) -> Option<AnswerInput> {
        if is_blank(json) {
            return self.note(Err(self.fault(fault::EMPTY_ANSWER)));
        }
        match &field.takes {
            Taking::Value(kind) => kind.parse(self, json),
            Taking::Entry => self.entry(json),
            Taking::Nothing => self.note(Err(self.fault(fault::TAKES_NO_ANSWER))),
        }
    }

    /// An entry of a list: `{}`, or `{"order": 2}`.
    fn entry(&mut self, json: &Value) -> Option<AnswerInput> {
        let wrong = self.wrong_type(expected::ENTRY);
        let members = self.note(json.as_object().ok_or(wrong))?;
        self.only(members, &["order"], &self.at("/value"));
        let order = members.get("order");
        let read = order.map(|order| self.decimal_at(order, "/value/order"));
        match read {
            Some(None) => None,
            Some(Some(order)) => Some(AnswerInput::Entry(Some(order))),
            None => Some(AnswerInput::Entry(None)),
        }
    }

    /// The pointer to what stands below the answer.
    pub(super) fn at(&self, below: &str) -> String {
        format!("{}{below}", self.at)
    }

    /// What was read, or nothing: then the fault is noted.
    pub(super) fn note<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Notes every member that is none of those known.
    pub(super) fn only(&mut self, members: &Map<String, Value>, known: &[&str], at: &str) {
        let unknown = members
            .keys()
            .filter(|field| !known.contains(&field.as_str()));
        self.faults.extend(unknown.map(|field| {
            let fault = fault::UNKNOWN_FIELD.at(pointer(at, field));
            fault.arg("field", field).arg("known", known.join(", "))
        }));
    }

    fn comment(&mut self, json: &Value) -> Option<(String, Lang)> {
        let at = pointer(self.at, "comment");
        let wrong = fault::MALFORMED_COMMENT.at(at.as_str());
        self.words(json, &at, (wrong, fault::BLANK), MAX_COMMENT_CHARS)
    }

    /// Reads `{"text", "lang"}`: words that say something, in at most `max` characters; what it is called where it is none, and
    /// where it says nothing.
    pub(super) fn words(
        &mut self,
        json: &Value,
        at: &str,
        (wrong, empty): (Fault, FaultCode),
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

    /// The option's place among the options, and its value.
    pub(super) fn choice(
        &mut self,
        options: &OptionSource,
        json: &Value,
        below: &str,
    ) -> Option<(usize, String)> {
        let at = self.at(&format!("/value{below}"));
        let Some(value) = json.as_str() else {
            let fault = fault::ANSWER_OF_WRONG_TYPE.at(at);
            return self.note(Err(fault.words("expected", expected::TEXT)));
        };
        if let Some(place) = options.place(value) {
            return Some((place, value.to_owned()));
        }
        let fault = number::stray_fault(value, &at).unwrap_or_else(|| {
            let fault = fault::UNKNOWN_OPTION.at(at);
            let fault = fault.arg("value", value);
            fault.arg("options", named_options(options))
        });
        self.note(Err(fault))
    }

    /// The places and values of several options, in the order in which they are given.
    pub(super) fn choices(
        &mut self,
        options: &OptionSource,
        json: &Value,
        expected: Phrase,
    ) -> Option<Vec<(usize, String)>> {
        let wrong = self.wrong_type(expected);
        let values = self.note(json.as_array().ok_or(wrong))?;
        let read = values.iter().enumerate();
        let read = read.map(|(index, value)| self.choice(options, value, &pointer("", index)));
        Some(read.collect::<Vec<_>>().into_iter().flatten().collect())
    }

    /// A number, written as every number is: as a JSON number or a string.
    pub(super) fn number<T: FromStr>(&self, json: &Value, bad: FaultCode) -> Result<T, Fault> {
        self.number_at(json, "/value", bad)
    }

    fn number_at<T: FromStr>(&self, json: &Value, below: &str, bad: FaultCode) -> Result<T, Fault> {
        let at = self.at(below);
        let bad = |given: &dyn Display| bad.at(at.as_str()).arg("value", given);
        match json {
            Value::Number(given) => number::of_json(given).ok_or_else(|| bad(given)),
            Value::String(text) => text
                .parse()
                .map_err(|_| number::stray_fault(text, &at).unwrap_or_else(|| bad(text))),
            _ => {
                let fault = fault::ANSWER_OF_WRONG_TYPE.at(at);
                Err(fault.words("expected", expected::NUMBER))
            }
        }
    }

    /// An exact decimal.
    pub(super) fn decimal(&mut self, json: &Value) -> Option<Decimal> {
        self.decimal_at(json, "/value")
    }

    /// An exact decimal at a place below the answer.
    pub(super) fn decimal_at(&mut self, json: &Value, below: &str) -> Option<Decimal> {
        let read = self.number_at(json, below, fault::BAD_DECIMAL);
        self.note(
            read.map_err(|fault| match fault.code == fault::BAD_DECIMAL.code {
                true => fault.arg("max", MAX_DIGITS),
                false => fault,
            }),
        )
    }

    fn fault(&self, kind: FaultCode) -> Fault {
        kind.at(pointer(self.at, "value"))
    }

    /// The fault of a value of another type.
    pub(super) fn wrong_type(&self, expected: Phrase) -> Fault {
        let fault = self.fault(fault::ANSWER_OF_WRONG_TYPE);
        fault.words("expected", expected)
    }
}

/// What could have been chosen: of a long list the first.
fn named_options(options: &OptionSource) -> String {
    const MOST: usize = 60;
    let all = options.choices();
    let first: Vec<_> = all
        .iter()
        .take(MOST)
        .map(|option| option.value.as_str())
        .collect();
    let more = if all.len() > MOST { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
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

/// Whether a value says nothing.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => blank::is_blank(text),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
