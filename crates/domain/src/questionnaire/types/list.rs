//! Entries that whoever answers adds, takes away and puts in order: "each law", "each project".

use serde::Serialize;

use super::limits::{lowered, raised};
use super::part::{Part, part, part_contradictions, part_faults};
use crate::fault::{self, Fault, pointer};
use crate::phrase::expected;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::need_statement::{NeedStatement, need_statement};
use crate::questionnaire::object_reader::ObjectReader;

/// The most entries of a list.
pub const MAX_LIST_ENTRIES: u32 = 500;

/// Entries that whoever answers adds, each with the same parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// The parts of an entry, in order.
    pub parts: Vec<Part>,
    /// How many entries there are at least, where it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// How many there are at most: 500, where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// How each entry states a need for technical assistance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Box<NeedStatement>>,
}

impl List {
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let least = reader.optional("least", expected::WHOLE_NUMBER);
        let most = reader.optional("most", expected::WHOLE_NUMBER);
        let need = need_statement(reader);
        Some(Self {
            parts: reader.each("parts", part)?,
            least,
            most,
            need,
        })
    }

    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = part_faults(&self.parts, definition, at);
        let max = MAX_LIST_ENTRIES as usize;
        for (limit, name) in [(self.least, "least"), (self.most, "most")] {
            faults.extend(super::limits::limit(limit, 1, max, &pointer(at, name)));
        }
        let (least, most) = (self.least.unwrap_or(0), self.most());
        if least > most {
            let fault = fault::LEAST_ABOVE_MOST.at(pointer(at, "least"));
            faults.push(fault.arg("least", least).arg("most", most));
        }
        faults
    }

    pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let mut faults = part_contradictions(&self.parts, &corrected.parts, at);
        let least = (self.least.unwrap_or(0), corrected.least.unwrap_or(0));
        faults.extend(raised(Some(&least.0), Some(&least.1), at, "least"));
        let most = (self.most(), corrected.most());
        faults.extend(lowered(Some(&most.0), Some(&most.1), at, "most"));
        faults
    }

    /// How many entries there are at most.
    pub fn most(&self) -> u32 {
        self.most.unwrap_or(MAX_LIST_ENTRIES)
    }
}
