//! What a rule finds: of what it asks for, what is met, and the events that show it.

use uuid::Uuid;

use super::lives::Life;
use super::{Paragraph, State};
use crate::{Decider, DomainEvent};

/// An event that shows how far a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Its place in the log.
    pub position: u64,
    /// What happened.
    pub kind: &'static str,
    /// The object that it happened to.
    pub object: Uuid,
}

/// One thing that a paragraph asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Requirement {
    /// Whether it is on record.
    pub met: bool,
    /// What shows it, or that it was begun.
    pub evidence: Vec<Evidence>,
}

impl Requirement {
    /// The same, shown by the events of an object that are of one of these kinds as well.
    pub fn shown_by<D: Decider>(mut self, id: Uuid, life: &Life<D>, kinds: &[&str]) -> Self {
        self.evidence.extend(evidence(id, life, kinds));
        self
    }

    /// Whether it was asked for and is met.
    pub fn met(mut self, met: bool) -> Self {
        self.met = met;
        self
    }

    /// Either of them will do.
    pub fn or(mut self, other: Self) -> Self {
        self.met |= other.met;
        self.evidence.extend(other.evidence);
        self
    }

    fn state(&self) -> State {
        match (self.met, self.evidence.is_empty()) {
            (true, _) => State::Done,
            (false, false) => State::UnderWay,
            (false, true) => State::NotBegun,
        }
    }
}

/// The events of an object that are of one of these kinds.
pub(super) fn evidence<D: Decider>(
    id: Uuid,
    life: &Life<D>,
    kinds: &[&str],
) -> impl Iterator<Item = Evidence> {
    let events = life.events.iter();
    let shown = events.filter(|(_, event)| kinds.contains(&event.kind()));
    shown.map(move |(position, event)| Evidence {
        position: *position,
        kind: event.kind(),
        object: id,
    })
}

/// How far a paragraph is, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    state: State,
    items: Vec<(char, State)>,
    evidence: Vec<Evidence>,
}

impl Finding {
    /// Done when all of this is met; under way once something is shown.
    pub(super) fn all(asked: impl IntoIterator<Item = Requirement>) -> Self {
        let asked: Vec<Requirement> = asked.into_iter().collect();
        let all = Requirement {
            met: asked.iter().all(|asked| asked.met),
            evidence: asked.into_iter().flat_map(|asked| asked.evidence).collect(),
        };
        Self {
            state: all.state(),
            items: Vec::new(),
            evidence: all.evidence,
        }
    }

    /// How far the object is that has come furthest, of several of which one will do. What they meet only together counts
    /// for nothing.
    pub(super) fn best(findings: impl IntoIterator<Item = Self>) -> Self {
        let mut findings: Vec<Self> = findings.into_iter().collect();
        let furthest = findings.iter().map(|finding| finding.state).max();
        let state = furthest.unwrap_or(State::NotBegun);
        findings.retain(|finding| finding.state == state);
        let items = findings.iter().map(|finding| finding.items.clone()).max();
        Self {
            state,
            items: items.unwrap_or_default(),
            evidence: findings
                .into_iter()
                .flat_map(|finding| finding.evidence)
                .collect(),
        }
    }

    /// Goes on from when this is first met.
    pub(super) fn from(asked: Requirement) -> Self {
        let state = match asked.state() {
            State::Done => State::Continuing,
            state => state,
        };
        Self {
            state,
            items: Vec::new(),
            evidence: asked.evidence,
        }
    }

    /// Done when every item is: each by its letter.
    pub(super) fn items(items: impl IntoIterator<Item = (char, Self)>) -> Self {
        let items: Vec<(char, Self)> = items.into_iter().collect();
        let whole = Self::together(items.iter().map(|(_, finding)| finding.clone()));
        Self {
            items: items
                .iter()
                .map(|(item, finding)| (*item, finding.state))
                .collect(),
            ..whole
        }
    }

    /// Done when each of them is.
    pub(super) fn together(findings: impl IntoIterator<Item = Self>) -> Self {
        let findings: Vec<Self> = findings.into_iter().collect();
        let state = if findings.iter().all(|finding| finding.state == State::Done) {
            State::Done
        } else if findings
            .iter()
            .all(|finding| finding.state == State::NotBegun)
        {
            State::NotBegun
        } else {
            State::UnderWay
        };
        Self {
            state,
            items: Vec::new(),
            evidence: findings
                .into_iter()
                .flat_map(|finding| finding.evidence)
                .collect(),
        }
    }

    /// The same, shown by these as well; under way if nothing showed it before.
    pub(super) fn shown_as_well_by(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        if self.state == State::NotBegun && !self.evidence.is_empty() {
            self.state = State::UnderWay;
        }
        self
    }

    /// The same, whose items are these.
    pub(super) fn with_items(mut self, items: Vec<(char, State)>) -> Self {
        self.items = items;
        self
    }

    /// The paragraph of which this was found.
    pub(super) fn paragraph(mut self, paragraph: u8) -> Paragraph {
        self.evidence.sort_unstable();
        self.evidence.dedup();
        Paragraph {
            paragraph,
            state: self.state,
            items: self.items,
            evidence: self.evidence,
        }
    }
}
