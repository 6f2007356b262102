//! A day.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{narrowed, order, range};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue, is_year};
use crate::{Fault, times};

/// A day.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DateQuestion {
    /// The first that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Date>,
    /// The last that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Date>,
}

impl FieldKind for DateQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            min: reader.day("min"),
            max: reader.day("max"),
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
        expected::DAY
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let text = reader.note(json.as_str().ok_or(wrong))?;
        let date = times::day(text).filter(|date| is_year(date.year()));
        let fault = times::day_fault(text, &reader.at("/value"));
        let date = reader.note(date.ok_or(fault))?;
        Some(AnswerValue::Date(date).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Date(_))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        match value {
            AnswerValue::Date(date) => range(date, self.min.as_ref(), self.max.as_ref())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Date
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Date(date) => Some(rules::Value::Date(*date)),
            _ => None,
        }
    }
}
