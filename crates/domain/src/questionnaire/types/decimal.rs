//! An exact decimal.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{bad_limit, fineness, limit, lowered, narrowed, order, range, unit_fault};
use crate::decimal::MAX_DIGITS;
use crate::fault::{Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::{Decimal, Texts};

/// An exact decimal.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DecimalQuestion {
    /// What it can be.
    #[serde(flatten)]
    pub limits: DecimalLimits,
    /// What is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Texts>,
}

/// What an exact decimal can be, whatever it is of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DecimalLimits {
    /// The least that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// The most that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// The most digits after the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

impl DecimalLimits {
    /// What of them is tighter in a corrected revision.
    pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let range = narrowed(
            (self.min.as_ref(), self.max.as_ref()),
            (corrected.min.as_ref(), corrected.max.as_ref()),
            at,
        );
        let (was, is) = (self.places.as_ref(), corrected.places.as_ref());
        let places = lowered(was, is, at, "places");
        range.into_iter().chain(places).collect()
    }

    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Self {
        Self {
            min: reader.optional("min", expected::DECIMAL),
            max: reader.optional("max", expected::DECIMAL),
            places: read_places(reader),
        }
    }

    pub(super) fn faults(&self, at: &str) -> Vec<Fault> {
        let order = order(self.min.as_ref(), self.max.as_ref(), at).into_iter();
        order.chain(places_fault(self.places, at)).collect()
    }

    pub(super) fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let Some(decimal) = value.number() else {
            return Vec::new();
        };
        let fine = fineness(decimal, self.places).into_iter();
        fine.chain(range(decimal, self.min.as_ref(), self.max.as_ref()))
            .collect()
    }
}

/// How many digits may follow the point.
pub(super) fn read_places(reader: &mut ObjectReader<'_>) -> Option<u32> {
    reader.whole("places", |at, _| bad_limit(0, MAX_DIGITS, at))
}

/// The fault of more digits after the point than there can be.
pub(super) fn places_fault(places: Option<u32>, at: &str) -> Option<Fault> {
    limit(places, 0, MAX_DIGITS, &pointer(at, "places"))
}

/// Reads a decimal as an answer.
pub(super) fn parse(reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
    Some(AnswerValue::Decimal(reader.decimal(json)?).into())
}

/// What rules take a decimal for.
pub(super) fn rule_number(value: &AnswerValue) -> Option<rules::Value> {
    let number = value.number()?.as_str().parse().ok();
    number.map(rules::Value::Number)
}

impl FieldKind for DecimalQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            limits: DecimalLimits::read(reader),
            unit: reader.optional("unit", expected::TEXTS),
        })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = definition.optional_texts(self.unit.as_ref(), at, "unit");
        faults.extend(self.limits.faults(at));
        faults
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let unit = unit_fault(self.unit.as_ref(), corrected.unit.as_ref(), at);
        let limits = self.limits.contradictions(&corrected.limits, at);
        limits.into_iter().chain(unit).collect()
    }

    fn expected(&self) -> Phrase {
        expected::NUMBER
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        parse(reader, json)
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        value.number().is_some()
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        self.limits.value_faults(value)
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Decimal
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        rule_number(value)
    }
}
