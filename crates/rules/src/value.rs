//! What fields hold and rules give.

use std::sync::Arc;

use jiff::civil::Date;

use crate::number::Number;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A number of any type: whole, decimal, a year.
    Number(Number),
    /// An amount in a currency.
    Money(Number, Currency),
    /// Words, or the code of a chosen option.
    Text(Arc<str>),
    /// The codes of the chosen options.
    Choices(Arc<[Arc<str>]>),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// Something that is there, and of which a rule knows no more.
    Opaque,
}

/// The three letters of a currency (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency with these three letters A-Z.
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }

    /// Its letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Its year.
    pub year: i16,
    /// From 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month that is written so, `2024-01`.
    pub fn read(text: &str) -> Option<Self> {
        let Date { .. } = read_date(&format!("{text}-01"))?;
        let (year, month) = text.split_once('-')?;
        Some(Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
        })
    }
}

/// The day that is written so, `2024-01-31`, and in no other way.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let is_written_so = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_written_so.then(|| text.parse().ok()).flatten()
}

/// What a field has in place of an answer: why a figure is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Not available.
    NotAvailable,
    /// Not applicable.
    NotApplicable,
    /// Not collected.
    NotCollected,
    /// Confidential.
    Confidential,
}

impl Missing {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::NotAvailable,
        Self::NotApplicable,
        Self::NotCollected,
        Self::Confidential,
    ];

    /// As it is written in rules.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAvailable => "not_available",
            Self::NotApplicable => "not_applicable",
            Self::NotCollected => "not_collected",
            Self::Confidential => "confidential",
        }
    }

    /// The one that is written so.
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.code() == code)
    }
}

/// What stands in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    #[default]
    Blank,
    /// Nothing, since the field is not relevant: blank to every rule, and no cell of `cells(…)` at all.
    NotRelevant,
    /// Why there is no value.
    Missing(Missing),
    /// A value.
    Given(Value),
}

/// A value while it is computed with: nothing of it is copied but numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Datum<'a> {
    Bool(bool),
    Number(Number),
    Money(Number, Currency),
    Text(&'a str),
    Choices(&'a [Arc<str>]),
    Date(Date),
    Month(Month),
    Currency(Currency),
    Opaque,
}

impl<'a> From<&'a Value> for Datum<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(*number),
            Value::Money(amount, currency) => Self::Money(*amount, *currency),
            Value::Text(text) => Self::Text(text),
            Value::Choices(codes) => Self::Choices(codes),
            Value::Date(day) => Self::Date(*day),
            Value::Month(month) => Self::Month(*month),
            Value::Opaque => Self::Opaque,
        }
    }
}

impl From<Datum<'_>> for Value {
    fn from(datum: Datum<'_>) -> Self {
        match datum {
            Datum::Bool(truth) => Self::Bool(truth),
            Datum::Number(number) => Self::Number(number),
            Datum::Money(amount, currency) => Self::Money(amount, currency),
            Datum::Text(text) => Self::Text(Arc::from(text)),
            Datum::Choices(codes) => Self::Choices(Arc::from(codes)),
            Datum::Date(day) => Self::Date(day),
            Datum::Month(month) => Self::Month(month),
            Datum::Currency(currency) => Self::Text(Arc::from(currency.as_str())),
            Datum::Opaque => Self::Opaque,
        }
    }
}
