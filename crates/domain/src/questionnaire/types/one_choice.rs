//! One of several options.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use super::options::OptionSource;
use crate::Fault;
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};

/// One of several options.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneChoice {
    /// What can be chosen.
    #[serde(flatten)]
    pub options: OptionSource,
}

impl FieldKind for OneChoice {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let options = OptionSource::read(reader, true)?;
        Some(Self { options })
    }

    fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        self.options.faults(definition, at)
    }

    fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        self.options.contradictions(&corrected.options, at)
    }

    fn expected(&self) -> Phrase {
        expected::TEXT
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let (_, value) = reader.choice(&self.options, json, "")?;
        Some(AnswerValue::Choice(value).into())
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Choice(choice) if self.options.place(choice).is_some())
    }

    fn value_faults(&self, _: &AnswerValue) -> Vec<Fault> {
        Vec::new()
    }

    fn rule_type(&self) -> rules::Type {
        rules::Type::Choice(self.options.values())
    }

    fn rule_value(&self, value: &AnswerValue) -> Option<rules::Value> {
        match value {
            AnswerValue::Choice(choice) => Some(rules::Value::Text(choice.as_str().into())),
            _ => None,
        }
    }

    fn options(&self) -> Option<&OptionSource> {
        Some(&self.options)
    }

    fn chosen<'a>(&self, value: &'a AnswerValue) -> &'a [String] {
        match value {
            AnswerValue::Choice(choice) => std::slice::from_ref(choice),
            _ => &[],
        }
    }
}
