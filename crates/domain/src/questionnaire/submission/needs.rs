//! The needs for technical assistance that a reply's rows, entries and groups state.

use super::Submission;
use crate::fault;
use crate::need::Urgency;
use crate::questionnaire::fields::expansion::NeedPlace;
use crate::questionnaire::need_statement::{NeedSource, ROW};
use crate::questionnaire::{AnswerValue, TextAnswer};

/// The most needs that the rows, entries and groups of a reply state.
pub const MAX_STATED_NEEDS: usize = 300;

/// A need that a row, an entry or a group states, as it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedAnswer {
    /// The address of the row, the entry or the group: `T2.training`, `L1.k7f3`, `G1`.
    pub at: String,
    /// The code of its type.
    pub kind: String,
    /// The code of the category that it is about, where that is said.
    pub category: Option<String>,
    /// The code of the standard that it is about.
    pub standard: Option<String>,
    /// How soon help is needed.
    pub urgency: Urgency,
    /// The State's own words, where there are some.
    pub remark: Option<TextAnswer>,
}

impl Submission<'_> {
    pub(super) fn needs(&mut self) {
        let mut stated = Vec::new();
        for (index, place) in self.form.need_places().iter().enumerate() {
            match place.list {
                None => stated.extend(self.need(index, place, None)),
                Some(list) => {
                    for entry in 0..self.sheet.entries(list).len() {
                        stated.extend(self.need(index, place, Some(entry)));
                    }
                }
            }
        }
        if stated.len() > MAX_STATED_NEEDS {
            let many = fault::TOO_MANY_STATED_NEEDS.at("/answers");
            self.verdict.faults.push(many.arg("max", MAX_STATED_NEEDS));
        }
        self.verdict.needs = stated;
    }

    /// The need that is stated there; none where there is none, or where nothing says of which type or how soon.
    fn need(&self, index: usize, place: &NeedPlace, entry: Option<usize>) -> Option<NeedAnswer> {
        let mut parts = place.parts.iter();
        if !parts.any(|(_, field)| self.is_asked(*field, entry)) {
            return None;
        }
        let statement = &place.statement;
        let is_stated = match (&statement.when, &statement.kind) {
            (Some(_), _) => self.stating.contains(&(index, entry)),
            (None, NeedSource::Part(source)) => self.chosen(place, &source.of, entry).is_some(),
            (None, NeedSource::Fixed(_)) => false,
        };
        if !is_stated {
            return None;
        }
        let code = |source: &NeedSource| self.code(place, source, entry);
        let remark = statement.remark.as_ref();
        let remark = remark.and_then(|remark| self.answer_of(place, remark, entry));
        Some(NeedAnswer {
            at: self.address_of_place(place, entry),
            kind: code(&statement.kind)?,
            category: statement.category.as_ref().and_then(code),
            standard: statement.standard.as_ref().and_then(code),
            urgency: code(&statement.urgency)?.parse().ok()?,
            remark: remark.and_then(|words| match words {
                AnswerValue::Text(words) => Some(words.clone()),
                _ => None,
            }),
        })
    }

    /// The code that a source gives.
    fn code(&self, place: &NeedPlace, source: &NeedSource, entry: Option<usize>) -> Option<String> {
        let source = match source {
            NeedSource::Fixed(code) => return Some(code.clone()),
            NeedSource::Part(source) => source,
        };
        let option = match &place.row {
            Some(row) if source.of == ROW => Some(&**row),
            _ => self.chosen(place, &source.of, entry),
        };
        let code = option.map(|option| source.code_of(option));
        code.or(source.otherwise.as_deref()).map(str::to_owned)
    }

    /// The option that is chosen in a part.
    fn chosen(&self, place: &NeedPlace, part: &str, entry: Option<usize>) -> Option<&str> {
        match self.answer_of(place, part, entry)? {
            AnswerValue::Choice(option) => Some(option),
            _ => None,
        }
    }

    /// What is answered to a part, where it is asked.
    fn answer_of(
        &self,
        place: &NeedPlace,
        part: &str,
        entry: Option<usize>,
    ) -> Option<&AnswerValue> {
        let field = place.part(part)?;
        let address = self
            .is_asked(field, entry)
            .then(|| self.address(field, entry))?;
        self.answers.get(&address)
    }

    fn address_of_place(&self, place: &NeedPlace, entry: Option<usize>) -> String {
        let entries = place.list.map(|list| self.sheet.entries(list));
        let id = entries.zip(entry).and_then(|(ids, entry)| ids.get(entry));
        match id {
            Some(id) => place.address.replacen('*', id, 1),
            None => place.address.to_string(),
        }
    }
}
