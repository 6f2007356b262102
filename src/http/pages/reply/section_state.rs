//! How far a section is, and who saved in it last.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::filled::FilledForm;
use super::section;
use super::sheet::{ReplySheet, is_of_blank};
use crate::desk::{StreamFold, stored};
use domain::questionnaire::{CompoundType, QuestionType, Section, Verdict};
use domain::reply::{Event, Outcome, Reply};
use event_log::{ReadError, StoredEvent};
use texts::words::Words;

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing of it is asked as the answers stand.
    NotAsked,
    /// It has no answer.
    NotBegun,
    /// It has some, and what must be answered is not.
    Begun,
    /// Nothing stands in the way, though not everything is answered.
    Sufficient,
    /// Everything is answered.
    Complete,
    /// Something in it is wrong.
    Faulty,
    /// The Secretariat asks about something in it.
    Clarification,
}

/// A section's state, and how much of it is answered.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// How far it is.
    pub state: State,
    /// How many of its questions that are asked have an answer.
    pub answered: usize,
    /// How many are asked.
    pub asked: usize,
    /// How many answers are carried over and not confirmed.
    pub carried: usize,
}

impl State {
    /// What people read.
    pub fn words(self, w: &Words) -> &'static str {
        match self {
            Self::NotAsked => w.state_not_asked(),
            Self::NotBegun => w.state_not_begun(),
            Self::Begun => w.state_begun(),
            Self::Sufficient => w.state_sufficient(),
            Self::Complete => w.state_complete(),
            Self::Faulty => w.state_faulty(),
            Self::Clarification => w.state_clarification(),
        }
    }

    /// The class of its element.
    pub const fn class(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::NotBegun => "not-begun",
            Self::Begun => "begun",
            Self::Sufficient | Self::Complete => "complete",
            Self::Faulty => "faulty",
            Self::Clarification => "clarification",
        }
    }
}

impl Standing {
    /// How far a section of a reply is.
    pub fn of(sheet: &ReplySheet, section: &Section) -> Self {
        let carried = section::carried(sheet, section);
        let mut standing = Self::of_filled(&sheet.filled(), &sheet.verdict, section, carried);
        let mut open = sheet.seen.clarifications.values();
        let is_asked_about = open.any(|asked| {
            asked.outcome == Outcome::Open
                && asked.question.as_deref().is_some_and(|address| {
                    let held = sheet.form.section_of(address);
                    held.is_some_and(|held| held.code == section.code)
                })
        });
        if is_asked_about && standing.state != State::NotAsked {
            standing.state = State::Clarification;
        }
        standing
    }

    /// How far a section of a form is, where so many of its answers are carried over and not confirmed.
    pub fn of_filled(
        filled: &FilledForm<'_>,
        verdict: &Verdict,
        section: &Section,
        carried: usize,
    ) -> Self {
        let questions = section.all_questions().filter(|question| {
            !matches!(question.kind, QuestionType::Compound(CompoundType::Note(_)))
                && !filled.irrelevant.contains(&question.code)
        });
        let asked: BTreeSet<&str> = questions.map(|question| question.code.as_str()).collect();
        let addresses = filled.answers.keys();
        let answered: BTreeSet<&str> = addresses
            .filter_map(|address| address.split('.').next())
            .filter(|code| asked.contains(code))
            .collect();
        let here = |address: &str| {
            let held = filled.form.section_of(address);
            held.is_some_and(|held| held.code == section.code)
        };
        let mut faults = verdict
            .faults
            .iter()
            .filter(|fault| fault.pointer.strip_prefix("/answers/").is_some_and(here));
        let is_incomplete = faults.clone().any(is_of_blank);
        let is_faulty = faults.any(|fault| !is_of_blank(fault));
        let state = match () {
            () if asked.is_empty() => State::NotAsked,
            () if is_faulty => State::Faulty,
            () if answered.is_empty() && carried == 0 => State::NotBegun,
            () if is_incomplete || carried > 0 => State::Begun,
            () if answered.len() < asked.len() => State::Sufficient,
            () => State::Complete,
        };
        Self {
            state,
            answered: answered.len(),
            asked: asked.len(),
            carried,
        }
    }
}

/// When a part of a reply was saved last, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct LastSave {
    /// When.
    pub time: Timestamp,
    /// By which principal.
    pub principal: Uuid,
}

/// When each question was saved last.
#[derive(Clone, Debug, Default)]
pub struct Saves(BTreeMap<String, LastSave>);

impl Saves {
    /// When a section was saved last.
    pub fn last_in(&self, section: &Section) -> Option<LastSave> {
        let questions = section.all_questions();
        let saves = questions
            .filter_map(|question| self.0.get(&question.code))
            .copied();
        saves.max_by_key(|save| save.time)
    }
}

impl StreamFold for Saves {
    fn add(&mut self, stored: &StoredEvent) -> Result<(), ReadError> {
        let event = stored::event::<Reply>(stored)?;
        let save = LastSave {
            time: stored.time,
            principal: stored.actor.principal,
        };
        let addresses: Vec<String> = match event {
            Event::ReplyAnswered(event) => event
                .answers
                .into_iter()
                .map(|answer| answer.code)
                .collect(),
            Event::ReplyCleared(event) => event.codes,
            _ => return Ok(()),
        };
        for address in addresses {
            let question = address.split('.').next().unwrap_or_default();
            self.0.insert(question.to_owned(), save);
        }
        Ok(())
    }
}
