//! Several of several options, put in order: "the three gravest".

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::lowered;
use super::options::OptionSource;
use crate::fault::{self, Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};

/// Several of several options, put in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rank {
    /// What can be put in order.
    #[serde(flatten)]
    pub options: OptionSource,
    /// How many are, at most.
    pub top: u32,
}

impl FieldKind for Rank {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let top = reader.required("top", expected::WHOLE_NUMBER);
        Some(Self {
            options: OptionSource::read(reader, false)?,
            top: top?,
        })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let all = self.options.choices().len().max(1);
        let mut faults = self.options.faults(definition, at);
        let top = pointer(at, "top");
        faults.extend(super::limits::limit(Some(self.top), 1, all, &top));
        faults
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let mut faults = self.options.contradictions(&corrected.options, at);
        faults.extend(lowered(Some(&self.top), Some(&corrected.top), at, "top"));
        faults
    }

    fn expected(&self) -> Phrase {
        expected::LIST_OF_TEXTS
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let chosen = reader.choices(&self.options, json, self.expected())?;
        let mut ranking: Vec<String> = Vec::with_capacity(chosen.len());
        for (place, (_, value)) in chosen.into_iter().enumerate() {
            if ranking.contains(&value) {
                let at = reader.at(&format!("/value/{place}"));
                reader
                    .faults
                    .push(fault::RANKED_TWICE.at(at).arg("value", value));
            } else {
                ranking.push(value);
            }
        }
        Some(AnswerValue::Ranking(ranking).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        let AnswerValue::Ranking(ranking) = value else {
            return false;
        };
        let is_new = |(place, choice): (usize, &String)| {
            ranking.iter().take(place).all(|before| before != choice)
        };
        !ranking.is_empty()
            && ranking
                .iter()
                .all(|choice| self.options.place(choice).is_some())
            && ranking.iter().enumerate().all(is_new)
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let count = self.chosen(value).len();
        let many =
            (count > self.top as usize).then(|| fault::TOO_MANY_CHOSEN.at("").arg("max", self.top));
        many.into_iter().collect()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Choices(self.options.values())
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        let codes = self.chosen(value).iter();
        let codes = codes.map(|choice| choice.as_str().into());
        Some(rules::Value::Choices(codes.collect()))
    }

    fn options(&self) -> Option<&OptionSource> {
        Some(&self.options)
    }

    fn chosen<'a>(&self, value: &'a AnswerValue) -> &'a [String] {
        match value {
            AnswerValue::Ranking(ranking) => ranking,
            _ => &[],
        }
    }
}
