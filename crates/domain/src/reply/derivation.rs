//! What followed from the rules when a reply was submitted: what was not asked, and what was calculated.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::questionnaire::rule_set::RULES_VERSION;
use super::super::questionnaire::{Answer, AnswerMap, AnswerValue, MAX_FIELDS, Verdict};
use super::super::size;
use super::{Event, ReplyEvaluated};

/// What followed from the rules when a version was submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    version: u32,
    irrelevant: BTreeSet<String>,
    calculated: BTreeMap<String, AnswerValue>,
}

impl Derivation {
    /// The version that it is of.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The highest parts of the questionnaire that were not asked.
    pub const fn irrelevant(&self) -> &BTreeSet<String> {
        &self.irrelevant
    }

    /// Whether what has this address was not asked, by itself or as a part of what was not.
    pub fn leaves_out(&self, address: &str) -> bool {
        if self.irrelevant.is_empty() {
            return false;
        }
        let dots = address.match_indices('.').map(|(at, _)| at);
        let mut parts = dots
            .chain([address.len()])
            .filter_map(|end| address.get(..end));
        parts.any(|part| self.irrelevant.contains(part))
    }

    /// What is in the version of what a reply holds by address.
    pub(super) fn of_version<T: Clone>(&self, held: &AnswerMap<T>) -> AnswerMap<T> {
        let mut kept = held.clone();
        if !self.irrelevant.is_empty() {
            let gone = held.keys().filter(|address| self.leaves_out(address));
            for address in gone {
                kept.remove_mut(address);
            }
        }
        kept
    }

    /// The answers of the version: those given of what was asked, and those calculated.
    pub(super) fn answers(&self, held: &AnswerMap<AnswerValue>) -> AnswerMap<AnswerValue> {
        let mut answers = self.of_version(held);
        for (address, value) in &self.calculated {
            answers.insert_mut(address.clone(), value.clone());
        }
        answers
    }

    /// Notes what an event says: the first of a version, or a later part.
    pub(super) fn add(&mut self, event: &ReplyEvaluated) {
        if self.version != event.version {
            *self = Self {
                version: event.version,
                ..Self::default()
            };
        }
        self.irrelevant.extend(event.irrelevant.iter().cloned());
        let calculated = event.calculated.iter();
        let calculated = calculated.map(|answer| (answer.code.clone(), answer.value.clone()));
        self.calculated.extend(calculated);
    }
}

/// The events that record what followed from the rules; none where nothing did.
pub(super) fn events(version: u32, verdict: Verdict) -> Vec<Event> {
    let Verdict {
        irrelevant,
        calculated,
        ..
    } = verdict;
    let facts = irrelevant.into_iter().map(Fact::Irrelevant);
    let facts = facts.chain(calculated.into_iter().map(Fact::Calculated));
    let parts = size::parts(facts.collect(), MAX_FIELDS).into_iter();
    let events = parts.map(|part| {
        let mut evaluated = ReplyEvaluated {
            version,
            rules: RULES_VERSION,
            ..ReplyEvaluated::default()
        };
        for fact in part {
            match fact {
                Fact::Irrelevant(address) => evaluated.irrelevant.push(address),
                Fact::Calculated(answer) => evaluated.calculated.push(answer),
            }
        }
        evaluated.into()
    });
    events.collect()
}

#[derive(Serialize)]
#[serde(untagged)]
enum Fact {
    Irrelevant(String),
    Calculated(Answer),
}
