//! The entries of a list on a sheet: which there are, where each stands, and what is given of it.

use std::collections::{BTreeMap, HashMap};

use rules::Answer;

use crate::Decimal;
use crate::questionnaire::AnswerValue;

/// A list's entries, by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    by_id: BTreeMap<String, Entry>,
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
        let order = match value {
            Some(AnswerValue::Entry(order)) => Some(order.clone()),
            _ => None,
        };
        self.by_id.entry(id.to_owned()).or_default().order = order;
    }

    /// Notes what is given of an entry.
    pub(super) fn answer(&mut self, id: &str, field: usize, answer: Answer) {
        let entry = self.by_id.entry(id.to_owned()).or_default();
        entry.given.insert(field, answer);
    }

    pub(super) fn given(&self, id: &str, field: usize) -> Answer {
        let entry = self.by_id.get(id);
        let given = entry.and_then(|entry| entry.given.get(&field));
        given.cloned().unwrap_or_default()
    }

    /// The ids, in order.
    pub(super) fn order(&self) -> Vec<String> {
        let there = self.by_id.iter();
        let there = there.filter_map(|(id, entry)| Some((entry.order.as_ref()?, id)));
        let mut there: Vec<_> = there.collect();
        there.sort();
        there.into_iter().map(|(_, id)| id.clone()).collect()
    }
}
