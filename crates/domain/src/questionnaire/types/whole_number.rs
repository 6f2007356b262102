//! A whole number.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{narrowed, order, range, unit_fault};
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::{Texts, WholeNumber};

/// A whole number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WholeNumberQuestion {
    /// The least that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<WholeNumber>,
    /// The most that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<WholeNumber>,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Texts>,
}

impl FieldKind for WholeNumberQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            min: reader.optional("min", expected::WHOLE_NUMBER),
            max: reader.optional("max", expected::WHOLE_NUMBER),
            unit: reader.optional("unit", expected::TEXTS),
        })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let order = order(self.min.as_ref(), self.max.as_ref(), at).into_iter();
        order
            .chain(definition.optional_texts(self.unit.as_ref(), at, "unit"))
            .collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let range = narrowed(
            (self.min.as_ref(), self.max.as_ref()),
            (corrected.min.as_ref(), corrected.max.as_ref()),
            at,
        );
        let unit = unit_fault(self.unit.as_ref(), corrected.unit.as_ref(), at);
        range.into_iter().chain(unit).collect()
    }

    fn expected(&self) -> Phrase {
        expected::NUMBER
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let number = reader.number(json, fault::BAD_WHOLE_NUMBER);
        let number = reader.note(number)?;
        Some(AnswerValue::WholeNumber(number).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::WholeNumber(_))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        match value {
            AnswerValue::WholeNumber(number) => range(number, self.min.as_ref(), self.max.as_ref())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Whole
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::WholeNumber(number) => Some(rules::Value::Number(number.0.into())),
            _ => None,
        }
    }
}
