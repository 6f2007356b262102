//! A share of a hundred: a decimal from 0 to 100, unless its question says otherwise.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::decimal::{DecimalLimits, parse, rule_number};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::{Decimal, Fault};

/// A share of a hundred.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Percentage {
    /// What it can be: from 0 to 100, where nothing is said; a change can be less than nothing, or more than a hundred.
    #[serde(flatten)]
    pub limits: DecimalLimits,
}

impl FieldKind for Percentage {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let mut limits = DecimalLimits::read(reader);
        limits.min.get_or_insert_with(|| Decimal::from(0));
        limits.max.get_or_insert_with(|| Decimal::from(100));
        Some(Self { limits })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        self.limits.faults(at)
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        self.limits.contradictions(&corrected.limits, at)
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
