//! Several parts that belong together, asked once: "from … to …", "the coordinator".

use serde::Serialize;

use super::part::{Part, part, part_contradictions, part_faults};
use crate::Fault;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::need_statement::{NeedStatement, need_statement};
use crate::questionnaire::object_reader::ObjectReader;

/// Several parts, asked once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// How it states a need for technical assistance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Box<NeedStatement>>,
}

impl Group {
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let parts = reader.each("parts", part);
        let need = need_statement(reader);
        let parts = parts?;
        Some(Self { parts, need })
    }

    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        part_faults(&self.parts, definition, at)
    }
    pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        part_contradictions(&self.parts, &corrected.parts, at)
    }
}
