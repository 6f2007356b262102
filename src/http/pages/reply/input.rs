//! What stands in the controls of a field: as it is shown, as a form sends it back, and as the API takes it.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::cell;
use super::meaning::meant;
use crate::http::pages::form::Form as PostedForm;
use crate::reference::currencies;
use domain::Lang;
use domain::questionnaire::types::FieldType;
use domain::questionnaire::{Field, Flag, MissingKind};
use locale::NumberFault;
use texts::words::Words;

/// What stands in the controls of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldInput {
    /// What is typed or chosen; of a choice each option, of a ranking each place.
    pub values: Vec<String>,
    /// The currency of an amount.
    pub currency: String,
    /// Why there is no value.
    pub missing: Option<MissingKind>,
    /// What is said of the figure.
    pub flags: BTreeSet<Flag>,
    /// What is said beside it.
    pub comment: String,
}

/// The names of a field's controls.
pub mod names {
    /// The value.
    pub const VALUE: &str = "a";
    /// The currency.
    pub const CURRENCY: &str = "n";
    /// Why there is no value.
    pub const MISSING: &str = "m";
    /// What is said of the figure.
    pub const FLAGS: &str = "f";
    /// What is said beside it.
    pub const COMMENT: &str = "c";
}

fn name(kind: &str, address: &str) -> String {
    format!("{kind}.{address}")
}

impl FieldInput {
    /// An answer, as it is shown by the API, in the controls of its field.
    pub fn from_answer(field: &Field, lang: Lang, answer: Option<&Value>) -> Self {
        let Some(answer) = answer else {
            return Self::default();
        };
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let code = |member: &str| answer.get(member).and_then(Value::as_str);
        let mut input = Self {
            missing: code("missing").and_then(|kind| MissingKind::from_str(kind).ok()),
            ..Self::default()
        };
        let flags = answer.get("flags").and_then(Value::as_array);
        let flags = flags.into_iter().flatten().filter_map(Value::as_str);
        input.flags = flags.filter_map(|flag| flag.parse().ok()).collect();
        if let Some(comment) = answer.get("comment").and_then(|said| said.get("text")) {
            input.comment = text(comment);
        }
        input.values = match answer.get("value") {
            None => Vec::new(),
            Some(Value::Array(values)) => values.iter().map(text).collect(),
            Some(Value::Object(parts)) => {
                if let Some(currency) = parts.get("currency") {
                    input.currency = text(currency);
                }
                let shown = parts
                    .get("amount")
                    .map(|amount| figure(lang, &text(amount)));
                let words = parts.get("text").map(text);
                shown.or(words).into_iter().collect()
            }
            Some(value) if is_figure(field) => vec![figure(lang, &text(value))],
            Some(value) => vec![text(value)],
        };
        input
    }

    /// What a form sends for a field that it shows by itself.
    pub fn from_form(form: &PostedForm, field: &Field, address: &str, lang: Lang) -> Self {
        let values = form.all(&name(names::VALUE, address));
        let values = values.map(str::trim_end).filter(|value| !value.is_empty());
        let input = Self {
            values: values.map(str::to_owned).collect(),
            currency: form
                .text(&name(names::CURRENCY, address))
                .trim()
                .to_uppercase(),
            missing: form.text(&name(names::MISSING, address)).parse().ok(),
            flags: form
                .all(&name(names::FLAGS, address))
                .filter_map(|flag| flag.parse().ok())
                .collect(),
            comment: form
                .text(&name(names::COMMENT, address))
                .trim_end()
                .to_owned(),
        };
        let mut input = cell::read(input, field);
        for value in &mut input.values {
            if let Some(meant) = field.value_type().and_then(|kind| meant(kind, value)) {
                *value = meant;
            }
        }
        if is_figure(field) {
            // As it is shown, however it was typed: 1204 is 1,204.
            for value in &mut input.values {
                if let Ok(number) = locale::parse_number(lang, value) {
                    *value = figure(lang, &number);
                }
            }
        }
        input
    }

    /// What a form sends that says the same, by the names of its controls.
    pub fn pairs(&self, field: &Field, address: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |kind: &str, value: String| {
            if !value.is_empty() {
                pairs.push((name(kind, address), value));
            }
        };
        if cell::is_cell(field) && self.values.len() < 2 {
            add(names::VALUE, cell::show(self));
        } else {
            for value in &self.values {
                add(names::VALUE, value.clone());
            }
            if let Some(kind) = self.missing {
                add(names::MISSING, kind.to_string());
            }
            for flag in &self.flags {
                add(names::FLAGS, flag.to_string());
            }
        }
        add(names::CURRENCY, self.currency.clone());
        add(names::COMMENT, self.comment.clone());
        pairs
    }

    /// The same, a figure as another language writes it.
    #[must_use]
    pub fn in_language(mut self, field: &Field, from: Lang, to: Lang) -> Self {
        if from != to && is_figure(field) {
            for value in &mut self.values {
                if let Ok(number) = locale::parse_number(from, value) {
                    *value = figure(to, &number);
                }
            }
        }
        self
    }

    /// One thing where two exclude each other: a value, or why there is none. What was changed since `shown` is meant.
    pub fn settled(mut self, shown: &Self) -> Self {
        let is_new_value = !self.values.is_empty() && self.values != shown.values;
        if is_new_value && self.missing == shown.missing {
            self.missing = None;
        }
        if self.missing.is_some() {
            self.values.clear();
            self.currency.clear();
            self.flags.clear();
        }
        self
    }

    /// The single value that is typed or chosen.
    pub fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// Whether nothing is said.
    pub fn is_blank(&self) -> bool {
        self.values.is_empty() && self.missing.is_none() && self.comment.is_empty()
    }

    /// What the API takes for what was changed since `shown`; words are in this language. None, where nothing was.
    pub fn change(&self, shown: &Self, field: &Field, page: Lang, words: Lang) -> Option<Value> {
        let is_same_value = (&self.values, &self.currency, self.missing)
            == (&shown.values, &shown.currency, shown.missing);
        let mut change = Map::new();
        if !is_same_value {
            match self.missing {
                Some(kind) => change.insert("missing".to_owned(), json!(kind)),
                None if self.values.is_empty() => return Some(Value::Null),
                None => change.insert("value".to_owned(), self.json(field, page, words)),
            };
        }
        if self.flags != shown.flags && self.missing.is_none() {
            change.insert("flags".to_owned(), json!(self.flags));
        }
        if self.comment != shown.comment {
            let comment = match self.comment.is_empty() {
                true => Value::Null,
                false => json!({"text": self.comment, "lang": words}),
            };
            change.insert("comment".to_owned(), comment);
        }
        (!change.is_empty()).then_some(Value::Object(change))
    }

    /// What is wrong with a figure or a year as it is typed. The API would not see all of it, since "1.234" is two figures in some
    /// languages, and tells programs what they should send.
    pub fn figure_fault(&self, field: &Field, words: Words) -> Option<String> {
        let is_year = matches!(field.value_type(), Some(FieldType::Year(_)));
        let is_whole = matches!(field.value_type(), Some(FieldType::WholeNumber(_)));
        let is_money = matches!(field.value_type(), Some(FieldType::Money(_)));
        if !(is_year || is_figure(field)) || self.missing.is_some() || self.values.is_empty() {
            return None;
        }
        let read = locale::parse_number(words.lang, self.value());
        if is_year {
            let is_read = read.is_ok_and(|year| year.len() == 4 && !year.contains(['.', '-']));
            return (!is_read).then(|| words.year_unreadable(self.value()));
        }
        match read {
            Ok(number) if is_whole && has_fraction(&number) => {
                Some(words.number_not_whole(self.value()))
            }
            Ok(_) if is_money && !is_currency(&self.currency) => {
                Some(words.money_currency_unknown().to_owned())
            }
            Ok(_) => None,
            Err(NumberFault::Ambiguous { whole, fraction }) => Some(words.number_ambiguous(
                self.value(),
                locale::decimal(words.lang, &whole),
                locale::decimal(words.lang, &fraction),
            )),
            Err(NumberFault::Blank | NumberFault::NotANumber) => {
                Some(words.number_unreadable(self.value()))
            }
        }
    }

    /// The value as the API takes it. What cannot be read is sent as it was typed: the API says what is wrong with it.
    fn json(&self, field: &Field, page: Lang, words: Lang) -> Value {
        let text = self.value();
        let Some(kind) = field.value_type() else {
            return json!(text);
        };
        match kind {
            FieldType::SeveralChoices(_) | FieldType::Rank(_) => json!(self.values),
            FieldType::Text(_) => json!({"text": text, "lang": words}),
            FieldType::WholeNumber(_) | FieldType::Year(_) => {
                let number = number(page, text);
                match number.parse::<i64>() {
                    // Beyond this a number in JSON is not exact.
                    Ok(whole) if whole.abs() < 1 << 53 => json!(whole),
                    _ => json!(number),
                }
            }
            FieldType::Decimal(_) | FieldType::Percentage(_) => json!(number(page, text)),
            FieldType::Money(_) => {
                json!({"amount": number(page, text), "currency": self.currency})
            }
            FieldType::OneChoice(_)
            | FieldType::Date(_)
            | FieldType::Month(_)
            | FieldType::File(_)
            | FieldType::Link(_)
            | FieldType::Email(_)
            | FieldType::Calculated(_) => json!(text),
        }
    }
}

/// Whether a field's value is a figure, which people write as their language does.
pub fn is_figure(field: &Field) -> bool {
    field.value_type().is_some_and(|kind| match kind {
        FieldType::WholeNumber(_)
        | FieldType::Decimal(_)
        | FieldType::Percentage(_)
        | FieldType::Money(_)
        | FieldType::Calculated(_) => true,
        FieldType::OneChoice(_)
        | FieldType::SeveralChoices(_)
        | FieldType::Text(_)
        | FieldType::Date(_)
        | FieldType::Year(_)
        | FieldType::Month(_)
        | FieldType::Rank(_)
        | FieldType::File(_)
        | FieldType::Link(_)
        | FieldType::Email(_) => false,
    })
}

fn is_currency(code: &str) -> bool {
    let known = currencies::known_currencies();
    known.is_ok_and(|known| known.0.contains_key(code))
}

/// Whether a number is none that counts.
fn has_fraction(number: &str) -> bool {
    let fraction = number.split_once('.');
    fraction.is_some_and(|(_, digits)| digits.contains(|digit| digit != '0'))
}

/// A figure as the language writes it.
fn figure(lang: Lang, number: &str) -> String {
    locale::decimal(lang, number)
}

/// A figure as it was typed, as the API takes it; what is none stays as it is.
fn number(lang: Lang, typed: &str) -> String {
    locale::parse_number(lang, typed).unwrap_or_else(|_| typed.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use domain::questionnaire::Form;

    use super::*;

    fn form() -> Form {
        let question = |code: &str, kind: &str| {
            serde_json::json!({"code": code, "type": kind, "heading": "application", "text": {"en": "T"},
                               "missing": ["not_available"]})
        };
        let questionnaire = serde_json::json!({
            "title": {"en": "T"},
            "sections": [{"code": "A", "title": {"en": "A"}, "questions": [
                question("A1", "whole_number"), question("A2", "year"), question("A3", "decimal")
            ]}]
        });
        Form::from(
            serde_json::from_value::<domain::questionnaire::Questionnaire>(questionnaire).unwrap(),
        )
    }

    fn typed(value: &str, missing: Option<MissingKind>) -> FieldInput {
        let values = Some(value.to_owned()).filter(|value| !value.is_empty());
        FieldInput {
            values: values.into_iter().collect(),
            missing,
            ..FieldInput::default()
        }
    }

    #[test]
    fn a_value_and_why_there_is_none_exclude_each_other_and_what_was_changed_is_meant() {
        let none = Some(MissingKind::NotAvailable);
        for (shown, sent, meant) in [
            (("", None), ("12", None), ("12", None)),
            (("12", None), ("12", none), ("", none)),
            (("", none), ("12", none), ("12", None)),
            (("", None), ("12", none), ("", none)),
            (("", none), ("", none), ("", none)),
        ] {
            let settled = typed(sent.0, sent.1).settled(&typed(shown.0, shown.1));
            assert_eq!(settled, typed(meant.0, meant.1), "{shown:?} {sent:?}");
        }
    }

    #[test]
    fn what_is_no_figure_is_told_to_people_and_what_is_one_is_not() {
        let form = form();
        let words = Words::new(Lang::En);
        for (address, value, is_told) in [
            ("A1", "12", false),
            ("A1", "1,204", false),
            ("A1", "12.0", false),
            ("A1", "1.5", true),
            ("A1", "many", true),
            ("A2", "1998", false),
            ("A2", "98", true),
            ("A2", "long ago", true),
            ("A3", "1.5", false),
            ("A3", "", false),
        ] {
            let field = form.field(address).unwrap().field;
            let told = typed(value, None).figure_fault(field, words);
            assert_eq!(told.is_some(), is_told, "{address} {value}: {told:?}");
        }
    }
}
