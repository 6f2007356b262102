//! A number that follows from other answers: nobody gives it, and a submission records it.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::decimal::{places_fault, read_places, rule_number};
use super::limits::unit_fault;
use crate::decimal::MAX_DIGITS;
use crate::fault::{self, Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::{Decimal, Texts};

/// A number that follows from other answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calculated {
    /// By what rule.
    pub rule: String,
    /// To how many digits after the point it is rounded; a half goes away from zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// What it measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Texts>,
}

impl Calculated {
    /// What is recorded of what the rule came to; none where it has more digits than a decimal.
    pub fn answer(&self, result: &rules::Value) -> Option<AnswerValue> {
        let rules::Value::Number(number) = result else {
            return None;
        };
        let places = self.places.and_then(|places| u8::try_from(places).ok());
        let rounded = places.map_or(*number, |places| number.rounded(places));
        let fits = |decimal: Decimal| AnswerValue::Decimal(decimal);
        rounded.to_string().parse().ok().map(fits).or_else(|| {
            // A quotient may have more places than a decimal has digits: it is rounded to those that fit.
            let most = (0..=u8::try_from(MAX_DIGITS).unwrap_or_default()).rev();
            let mut shorter = most.map(|places| number.rounded(places).to_string());
            shorter.find_map(|text| text.parse().ok()).map(fits)
        })
    }
}

impl FieldKind for Calculated {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let rule = reader.required("rule", expected::RULE);
        Some(Self {
            places: read_places(reader),
            unit: reader.optional("unit", expected::TEXTS),
            rule: rule?,
        })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = definition.optional_texts(self.unit.as_ref(), at, "unit");
        faults.extend(places_fault(self.places, at));
        faults
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        // What follows from its rule is looked at with the other rules.
        let places = (self.places != corrected.places)
            .then(|| fault::CORRECTION_CHANGES_RULE.at(pointer(at, "places")));
        let unit = unit_fault(self.unit.as_ref(), corrected.unit.as_ref(), at);
        places.into_iter().chain(unit).collect()
    }

    fn expected(&self) -> Phrase {
        expected::NUMBER
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, _: &Value) -> Option<AnswerInput> {
        let fault = fault::TAKES_NO_ANSWER.at(reader.at("/value"));
        reader.note(Err(fault))
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        value.number().is_some()
    }

    fn value_faults(&self, _: &AnswerValue) -> Vec<Fault> {
        Vec::new()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Decimal
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        rule_number(value)
    }
}
