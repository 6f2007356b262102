//! A share of a hundred: a decimal from 0 to 100, unless its question says otherwise.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::decimal::{places_fault, read_places, rule_number};
use super::limits::{fineness, lowered, narrowed, order, range};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::{Decimal, Fault};

/// A share of a hundred.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Percentage {
    /// The least that it can be.
    pub min: Decimal,
    /// The most that it can be; a change can be more than a hundred.
    pub max: Decimal,
    /// The most digits after the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

impl FieldKind for Percentage {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let min = reader.optional("min", expected::DECIMAL);
        let max = reader.optional("max", expected::DECIMAL);
        Some(Self {
            min: min.unwrap_or_else(|| Decimal::from(0)),
            max: max.unwrap_or_else(|| Decimal::from(100)),
            places: read_places(reader),
        })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let order = order(Some(&self.min), Some(&self.max), at).into_iter();
        order.chain(places_fault(self.places, at)).collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let range = narrowed(
            (Some(&self.min), Some(&self.max)),
            (Some(&corrected.min), Some(&corrected.max)),
            at,
        );
        let places = lowered(
            self.places.as_ref(),
            corrected.places.as_ref(),
            at,
            "places",
        );
        range.into_iter().chain(places).collect()
    }

    fn expected(&self) -> Phrase {
        expected::NUMBER
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        Some(AnswerValue::Decimal(reader.decimal(json)?).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Decimal(_))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let AnswerValue::Decimal(decimal) = value else {
            return Vec::new();
        };
        let fine = fineness(decimal, self.places).into_iter();
        fine.chain(range(decimal, Some(&self.min), Some(&self.max)))
            .collect()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Decimal
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Decimal(decimal) => rule_number(decimal),
            _ => None,
        }
    }
}
