//! An address of e-mail. Whose it is is somebody's own affair: unless it is an office's, the field is about a person.

use serde::Serialize;
use serde_json::Value;

use super::FieldKind;
use crate::email::normal_form;
use crate::fault::{self, Fault};
use crate::phrase::{Phrase, expected};
use crate::questionnaire::answer_reader::AnswerReader;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::{AnswerInput, AnswerValue};

/// An address of e-mail, in the form that the directory keeps too.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Email {
    /// Whether it is an office's, and not a person's.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub office: bool,
}

impl FieldKind for Email {
    fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let office = reader.optional("office", expected::BOOLEAN);
        Some(Self {
            office: office.unwrap_or_default(),
        })
    }

    fn faults(&self, _: &Definition<'_>, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    fn contradictions(&self, _: &Self, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    fn expected(&self) -> Phrase {
        expected::EMAIL
    }

    fn parse(&self, reader: &mut AnswerReader<'_>, json: &Value) -> Option<AnswerInput> {
        let wrong = reader.wrong_type(self.expected());
        let given = reader.note(json.as_str().ok_or(wrong))?;
        let fault = fault::BAD_EMAIL.at(reader.at("/value")).arg("email", given);
        let email = reader.note(normal_form(given).ok_or(fault))?;
        Some(AnswerInput::Email(email))
    }

    fn takes(&self, value: &AnswerValue) -> bool {
        matches!(value, AnswerValue::Email(_))
    }

    fn value_faults(&self, _: &AnswerValue) -> Vec<Fault> {
        Vec::new()
    }

    /// As words, it stands beside the log.
    fn rule_type(&self) -> rules::Type {
        rules::Type::Opaque
    }

    fn rule_value(&self, _: &AnswerValue) -> Option<rules::Value> {
        Some(rules::Value::Opaque)
    }

    fn is_personal(&self) -> bool {
        !self.office
    }
}
