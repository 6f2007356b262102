//! A month of a year.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::FieldKind;
use super::limits::{narrowed, order, range};
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue, is_year};

/// A month of a year, `2024-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

/// A text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2024-03")]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let rules::Month { year, month } = rules::Month::read(text).ok_or(NotAMonth)?;
        is_year(year)
            .then_some(Self { year, month })
            .ok_or(NotAMonth)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A month of a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MonthQuestion {
    /// The first that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Month>,
    /// The last that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Month>,
}

impl From<rules::Month> for Month {
    fn from(month: rules::Month) -> Self {
        let rules::Month { year, month } = month;
        Self { year, month }
    }
}

impl FieldKind for MonthQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            min: reader.optional("min", expected::MONTH),
            max: reader.optional("max", expected::MONTH),
        })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let order = order(self.min.as_ref(), self.max.as_ref(), at);
        order.into_iter().collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        narrowed(
            (self.min.as_ref(), self.max.as_ref()),
            (corrected.min.as_ref(), corrected.max.as_ref()),
            at,
        )
    }

    fn expected(&self) -> Phrase {
        expected::MONTH
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let text = reader.note(json.as_str().ok_or(wrong))?;
        let bad = fault::BAD_MONTH.at(reader.at("/value")).arg("value", text);
        let month = reader.note(text.parse().map_err(|NotAMonth| bad))?;
        Some(AnswerValue::Month(month).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Month(_))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        match value {
            AnswerValue::Month(month) => range(month, self.min.as_ref(), self.max.as_ref())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Month
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Month(Month { year, month }) => {
                let (year, month) = (*year, *month);
                Some(rules::Value::Month(rules::Month { year, month }))
            }
            _ => None,
        }
    }
}
