//! What rules see of what is given: what is asked, and of lists entry by entry.

use rules::Answer;

use super::Sheet;

impl Sheet<'_> {
    /// Lets rules see what is given of a field, where it is asked.
    pub(super) fn see(&mut self, field: usize) {
        let Some(id) = self.rules.id(field) else {
            return;
        };
        let seen = if self.is_hidden(field) {
            Answer::NotRelevant
        } else {
            self.given.get(field).cloned().unwrap_or_default()
        };
        if let Some(place) = self.seen.single.get_mut(id.index()) {
            *place = seen;
        }
    }

    /// Lets rules see a list's entries, where they are asked.
    pub(super) fn see_list(&mut self, list: usize) {
        self.see_count(list);
        for part in self.form.fields_of_list(list) {
            self.see_part(list, part);
        }
    }

    pub(super) fn see_count(&mut self, list: usize) {
        let Some(id) = self.rules.id(list) else {
            return;
        };
        let count = (!self.is_hidden(list)).then(|| self.entries(list).len());
        self.seen.counts.insert(id, count);
    }

    /// Lets rules see what is given of a part of a list's entries.
    pub(super) fn see_part(&mut self, list: usize, part: usize) {
        let Some(id) = self.rules.id(part) else {
            return;
        };
        let answers = match self.lists.get(&list).filter(|_| !self.is_hidden(list)) {
            None => Vec::new(),
            Some(given) => {
                let entries = given.order().iter().enumerate();
                let each = entries.map(|(index, entry)| {
                    if self.is_hidden_in(part, index) {
                        Answer::NotRelevant
                    } else {
                        given.given(entry, part)
                    }
                });
                each.collect()
            }
        };
        self.seen.parts.insert(id, answers);
    }
}
