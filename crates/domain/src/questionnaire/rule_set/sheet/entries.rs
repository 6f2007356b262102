//! The entries of a list on a sheet: which there are, where each stands, and what is given of it.

use std::collections::HashMap;

use rules::Answer;

use crate::Decimal;
use crate::questionnaire::AnswerValue;

/// A list's entries, by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    by_id: HashMap<String, Entry>,
    /// The ids of those that are there, in order.
    order: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    /// Where it stands; none: it is not there, whatever is given of it.
    order: Option<Decimal>,
    given: HashMap<usize, Answer>,
}

impl Entries {
    /// Puts an entry where its answer says, or takes it away.
    pub(super) fn place(&mut self, id: &str, value: Option<&AnswerValue>) {
        let entry = self.by_id.entry(id.to_owned()).or_default();
        if entry.order.take().is_some() {
            self.order.retain(|there| there != id);
        }
        let Some(AnswerValue::Entry(place)) = value else {
            return;
        };
        entry.order = Some(place.clone());
        let at = self.order.partition_point(|there| {
            let other = self.by_id.get(there);
            let other = other.and_then(|other| other.order.as_ref());
            other.is_some_and(|other| (other, there.as_str()) < (place, id))
        });
        self.order.insert(at, id.to_owned());
    }

    /// Notes what is given of an entry.
    pub(super) fn answer(&mut self, id: &str, field: usize, answer: Answer) {
        let entry = self.by_id.entry(id.to_owned()).or_default();
        entry.given.insert(field, answer);
    }

    /// Notes what is calculated of all entries, in order.
    pub(super) fn answers(&mut self, field: usize, answers: Vec<Answer>) {
        for (id, answer) in self.order.iter().zip(answers) {
            if let Some(entry) = self.by_id.get_mut(id) {
                entry.given.insert(field, answer);
            }
        }
    }

    pub(super) fn given(&self, id: &str, field: usize) -> Answer {
        let entry = self.by_id.get(id);
        let given = entry.and_then(|entry| entry.given.get(&field));
        given.cloned().unwrap_or_default()
    }

    /// The ids, in order.
    pub(super) fn order(&self) -> &[String] {
        &self.order
    }
}
