//! What questions and parts have alike: what people read of them, and under which conditions they are asked.

use serde::Serialize;

use super::conditions::Conditions;
use super::definition::Definition;
use super::object_reader::ObjectReader;
use crate::Texts;
use crate::fault::{Fault, pointer};
use crate::phrase::expected;

/// What people read of a question or a part, and under which conditions it is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Asked {
    /// `12 (b)`: the number that people cite it by, which may change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What is asked.
    pub text: Texts,
    /// How to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Texts>,
    /// What is printed beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Texts>,
    /// Under which conditions it is asked.
    #[serde(flatten)]
    pub conditions: Conditions,
}

impl Asked {
    /// Reads it among the members of what it is of.
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let number = reader.optional("number", expected::TEXT);
        let text = reader.required("text", expected::TEXTS);
        let help = reader.optional("help", expected::TEXTS);
        let guidance = reader.optional("guidance", expected::TEXTS);
        let conditions = Conditions::read(reader);
        let (text, conditions) = text.zip(conditions)?;
        Some(Self {
            number,
            text,
            help,
            guidance,
            conditions,
        })
    }

    /// What is wrong with it but the rules, which are looked at together.
    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let number = definition.number(self.number.as_deref(), at);
        let mut faults: Vec<Fault> = number.into_iter().collect();
        faults.extend(definition.texts(&self.text, &pointer(at, "text")));
        faults.extend(definition.optional_texts(self.help.as_ref(), at, "help"));
        faults.extend(definition.optional_texts(self.guidance.as_ref(), at, "guidance"));
        faults.extend(self.conditions.faults(definition, at));
        faults
    }
}
