//! The answers that rules read: of this round, and of the last.

use std::collections::HashMap;

use crate::schema::FieldId;
use crate::scope::Frame;
use crate::value::Answer;

static BLANK: Answer = Answer::Blank;

/// Where answers are read.
pub trait Round {
    /// What stands in a field. What it does not know is blank.
    fn answer(&self, field: FieldId) -> &Answer;

    /// What stands in this part of each entry of a list, in the order of the entries.
    fn entries(&self, part: FieldId) -> &[Answer];

    /// How many entries a list has; `None` where the list itself is not relevant.
    fn entry_count(&self, list: FieldId) -> Option<usize>;
}

/// Answers by the numbers of their fields.
#[derive(Clone, Debug, Default)]
pub struct RoundAnswers {
    single: Vec<Answer>,
    parts: HashMap<FieldId, Vec<Answer>>,
    counts: HashMap<FieldId, usize>,
}

impl RoundAnswers {
    /// Sets what stands in a field.
    pub fn set(&mut self, field: FieldId, answer: Answer) {
        if self.single.len() <= field.index() {
            self.single.resize(field.index() + 1, Answer::Blank);
        }
        if let Some(place) = self.single.get_mut(field.index()) {
            *place = answer;
        }
    }

    /// Sets what stands in a part of each entry.
    pub fn set_entries(&mut self, part: FieldId, answers: Vec<Answer>) {
        self.parts.insert(part, answers);
    }

    /// Sets how many entries a list has.
    pub fn set_entry_count(&mut self, list: FieldId, count: usize) {
        self.counts.insert(list, count);
    }
}

impl Round for RoundAnswers {
    fn answer(&self, field: FieldId) -> &Answer {
        self.single.get(field.index()).unwrap_or(&BLANK)
    }

    fn entries(&self, part: FieldId) -> &[Answer] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    fn entry_count(&self, list: FieldId) -> Option<usize> {
        Some(self.counts.get(&list).copied().unwrap_or_default())
    }
}

/// All that a rule's evaluation depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a, R: ?Sized> {
    /// The answers of this round.
    pub now: &'a R,
    /// Those of the last; without one, all of them are blank.
    pub last: Option<&'a R>,
    /// The row or entry for which the rule is evaluated.
    pub frame: Frame<'a>,
}

impl<'a, R: Round + ?Sized> Situation<'a, R> {
    /// Of this round alone, for no row or entry.
    pub fn of(now: &'a R) -> Self {
        Self {
            now,
            last: None,
            frame: Frame::default(),
        }
    }

    pub(crate) fn field(&self, field: FieldId) -> &'a Answer {
        self.now.answer(field)
    }

    pub(crate) fn last_field(&self, field: FieldId) -> &'a Answer {
        self.last.map_or(&BLANK, |last| last.answer(field))
    }

    /// What stands in a part of the entry for which the rule is evaluated.
    pub(crate) fn of_entry(&self, part: FieldId) -> &'a Answer {
        let entry = self.frame.entry;
        let answer = entry.and_then(|entry| self.now.entries(part).get(entry));
        answer.unwrap_or(&BLANK)
    }

    pub(crate) fn this(&self) -> &'a Answer {
        match (self.frame.this, self.frame.entry) {
            (Some(part), Some(_)) => self.of_entry(part),
            (Some(field), None) => self.field(field),
            (None, _) => &BLANK,
        }
    }

    /// The field that `this` is, in the last round. Entries of two rounds are not the same, so of an entry there is none.
    pub(crate) fn last_this(&self) -> &'a Answer {
        match (self.frame.this, self.frame.entry) {
            (Some(field), None) => self.last_field(field),
            _ => &BLANK,
        }
    }

    pub(crate) fn of_last_row(&self, number: usize) -> &'a Answer {
        let field = self.frame.row.get(number);
        field.map_or(&BLANK, |field| self.last_field(*field))
    }

    pub(crate) fn of_row(&self, number: usize) -> &'a Answer {
        let field = self.frame.row.get(number);
        field.map_or(&BLANK, |field| self.field(*field))
    }
}
