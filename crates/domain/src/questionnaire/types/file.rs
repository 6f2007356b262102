//! Files as an answer. To attach one to the field's address is to give it; the mechanism is that of the reply's files.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::limits::lowered;
use crate::fault::{self, Fault, pointer};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};
use crate::reply::MAX_FILES;

/// Files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileQuestion {
    /// How many, at most.
    pub most: u32,
}

impl FieldKind for FileQuestion {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let most = reader.optional("most", expected::WHOLE_NUMBER);
        Some(Self {
            most: most.unwrap_or(1),
        })
    }

    fn faults(&self, _: &Definition<'_>, at: &str) -> Vec<Fault> {
        let most = super::limits::limit(Some(self.most), 1, MAX_FILES, &pointer(at, "most"));
        most.into_iter().collect()
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        lowered(Some(&self.most), Some(&corrected.most), at, "most")
            .into_iter()
            .collect()
    }

    fn expected(&self) -> Phrase {
        expected::FILES
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, _: &Value) -> Option<AnswerInput> {
        let fault = fault::ANSWER_BY_FILE.at(reader.at("/value"));
        reader.note(Err(fault))
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Files(files) if !files.is_empty())
    }

    fn value_faults(&self, value: &AnswerValue) -> Vec<Fault> {
        let AnswerValue::Files(files) = value else {
            return Vec::new();
        };
        let many = files.len() > self.most as usize;
        let many = many.then(|| fault::MORE_FILES_THAN_TAKEN.at("").arg("max", self.most));
        many.into_iter().collect()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Opaque
    }

    fn rule_value(&self, _: &AnswerValue) -> Option<rules::Value> {
        Some(rules::Value::Opaque)
    }
}
