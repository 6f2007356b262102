//! A year.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{bad_year, narrowed, order, range, year_faults};
use crate::WholeNumber;
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue, is_year};

/// A year.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct YearQuestion {
    /// The first that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i16>,
    /// The last that it can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i16>,
}

impl FieldKind for YearQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {
            min: reader.whole("min", bad_year),
            max: reader.whole("max", bad_year),
        })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = year_faults([(self.min, "min"), (self.max, "max")], at);
        faults.extend(order(self.min.as_ref(), self.max.as_ref(), at));
        faults
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        narrowed(
            (self.min.as_ref(), self.max.as_ref()),
            (corrected.min.as_ref(), corrected.max.as_ref()),
            at,
        )
    }

    fn expected(&self) -> Phrase {
        expected::NUMBER
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let number = reader.number(json, fault::BAD_YEAR);
        let number: WholeNumber = reader.note(number)?;
        let year = i16::try_from(number.0).ok().filter(|year| is_year(*year));
        let bad = bad_year(&reader.at("/value"), number);
        let year = reader.note(year.ok_or(bad))?;
        Some(AnswerValue::Year(year).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Year(year) if is_year(*year))
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        match value {
            AnswerValue::Year(year) => range(year, self.min.as_ref(), self.max.as_ref())
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Year
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Year(year) => Some(rules::Value::Number(i64::from(*year).into())),
            _ => None,
        }
    }
}
