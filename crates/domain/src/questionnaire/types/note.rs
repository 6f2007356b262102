//! Words to whoever answers: a legend, an instruction, a sub-heading. They are its question's text.

use serde::Serialize;

use crate::Fault;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;

/// Words to whoever answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Note {}

impl Note {
    pub(super) fn read(_: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {})
    }

    pub(super) fn faults(&self, _: &Definition<'_>, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    pub(super) fn contradictions(&self, _: &Self, _: &str) -> Vec<Fault> {
        Vec::new()
    }
}
