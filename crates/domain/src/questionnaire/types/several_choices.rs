//! Any number of several options.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::{lowered, raised};
use super::options::{Choice, OptionSource};
use crate::fault::{self, Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};

/// Any number of several options, but at least one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeveralChoices {
    /// What can be chosen.
    #[serde(flatten)]
    pub options: OptionSource,
    /// The values of those that exclude every other: "none of these".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclusive: Vec<String>,
    /// How many are chosen at least, where one that excludes the others is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// How many are chosen at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

impl FieldKind for SeveralChoices {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let exclusive = reader
            .optional("exclusive", expected::LIST_OF_TEXTS)
            .unwrap_or_default();
        let least = reader.optional("least", expected::WHOLE_NUMBER);
        let most = reader.optional("most", expected::WHOLE_NUMBER);
        Some(Self {
            options: OptionSource::read(reader, false)?,
            exclusive,
            least,
            most,
        })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = self.options.faults(definition, at);
        faults.extend(exclusive_faults(
            self.options.choices(),
            &self.exclusive,
            at,
        ));
        let all = self.options.choices().len();
        for (limit, name) in [(self.least, "least"), (self.most, "most")] {
            faults.extend(super::limits::limit(
                limit,
                1,
                all.max(1),
                &pointer(at, name),
            ));
        }
        if let Some((least, most)) = self
            .least
            .zip(self.most)
            .filter(|(least, most)| least > most)
        {
            let fault = fault::LEAST_ABOVE_MOST.at(pointer(at, "least"));
            faults.push(fault.arg("least", least).arg("most", most));
        }
        faults
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let mut faults = self.options.contradictions(&corrected.options, at);
        faults.extend(self.options.reordered(&corrected.options, at));
        faults.extend(raised(
            self.least.as_ref(),
            corrected.least.as_ref(),
            at,
            "least",
        ));
        faults.extend(lowered(
            self.most.as_ref(),
            corrected.most.as_ref(),
            at,
            "most",
        ));
        // An option that is new may exclude the others: nobody chose it yet.
        let is_new =
            |value: &String| !self.exclusive.contains(value) && self.options.place(value).is_some();
        let exclusive = corrected.exclusive.iter().enumerate();
        let exclusive = exclusive.filter(|(_, value)| is_new(value));
        let at = pointer(at, "exclusive");
        faults
            .extend(exclusive.map(|(index, _)| fault::CORRECTION_NARROWS.at(pointer(&at, index))));
        faults
    }

    fn expected(&self) -> Phrase {
        expected::LIST_OF_TEXTS
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let mut chosen = reader.choices(&self.options, json, self.expected())?;
        chosen.sort_unstable();
        chosen.dedup();
        let chosen = chosen.into_iter().map(|(_, value)| value);
        Some(AnswerValue::Choices(chosen.collect()).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        let AnswerValue::Choices(choices) = value else {
            return false;
        };
        // In the question's order, each once.
        let places = choices.iter().map(|choice| self.options.place(choice));
        let places: Option<Vec<usize>> = places.collect();
        let rises = |places: Vec<usize>| places.is_sorted_by(|one, next| one < next);
        !choices.is_empty() && places.is_some_and(rises)
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let AnswerValue::Choices(choices) = value else {
            return Vec::new();
        };
        let alone = choices
            .iter()
            .find(|choice| self.exclusive.contains(choice));
        if let Some(choice) = alone {
            let is_alone = choices.len() == 1;
            let fault = (!is_alone).then(|| fault::EXCLUSIVE_OPTION.at("").arg("value", choice));
            return fault.into_iter().collect();
        }
        let count = choices.len();
        let few = self.least.filter(|least| count < *least as usize);
        let few = few.map(|least| fault::TOO_FEW_CHOSEN.at("").arg("min", least));
        let many = self.most.filter(|most| count > *most as usize);
        let many = many.map(|most| fault::TOO_MANY_CHOSEN.at("").arg("max", most));
        few.into_iter().chain(many).collect()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Choices(self.options.values())
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Choices(choices) => {
                let codes = choices.iter().map(|choice| choice.as_str().into());
                Some(rules::Value::Choices(codes.collect()))
            }
            _ => None,
        }
    }

    fn options(&self) -> Option<&OptionSource> {
        Some(&self.options)
    }

    fn chosen<'a>(&self, value: &'a AnswerValue) -> &'a [String] {
        match value {
            AnswerValue::Choices(choices) => choices,
            _ => &[],
        }
    }
}

fn exclusive_faults(options: &[Choice], exclusive: &[String], at: &str) -> Vec<Fault> {
    let at = pointer(at, "exclusive");
    let unknown = exclusive
        .iter()
        .enumerate()
        .filter(|(_, value)| options.iter().all(|option| option.value != **value));
    unknown
        .map(|(index, value)| {
            fault::EXCLUSIVE_NOT_AN_OPTION
                .at(pointer(&at, index))
                .arg("value", value)
        })
        .collect()
}
