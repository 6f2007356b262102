//! The fields of a questionnaire, as data sets have them.

use std::sync::Arc;

use domain::Lang;
use domain::questionnaire::{Field, FieldPlace, FieldType, Form};

use crate::replies::{GivenAnswer, GivenValue, SubmittedReply};
use crate::table::Category;

/// A field of a data set: one that takes values, is no check, and is not about a person.
#[derive(Clone, Copy, Debug)]
pub struct DataField<'f> {
    form: &'f Form,
    /// The field.
    pub field: &'f Field,
    /// What values it takes.
    pub kind: &'f FieldType,
    /// The code of its section, by which is consented.
    pub section: &'f str,
}

/// How a reply stands to a field.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'r> {
    /// It answers it.
    Answered(&'r GivenAnswer),
    /// There is no answer, for this reason: a way of being missing, `not_relevant`, `blank`.
    Without(&'static str),
}

impl<'f> DataField<'f> {
    /// The field at this place among those of a form; none where it is in no data set.
    pub fn new(form: &'f Form, index: usize) -> Option<Self> {
        let field = form.fields().get(index)?;
        let kind = field.value_type()?;
        if field.personal || field.is_check() {
            return None;
        }
        let section = form.sections.get(field.section?)?;
        Some(Self {
            form,
            field,
            kind,
            section: &section.code,
        })
    }

    /// All of a form, those of the entries of lists too, in the order in which they are asked.
    pub fn all(form: &'f Form) -> impl Iterator<Item = Self> {
        (0..form.fields().len()).filter_map(|index| Self::new(form, index))
    }

    /// Whether what a reply has at an address of this field is shown.
    pub fn is_shown(&self, reply: &SubmittedReply, address: &str) -> bool {
        reply.countable.has(self.section) && !reply.answers.is_irrelevant(address)
    }

    /// How a reply stands to it, at its address or that of an entry.
    pub fn standing<'r>(&self, reply: &'r SubmittedReply, address: &str) -> Standing<'r> {
        if reply.answers.is_irrelevant(address) {
            return Standing::Without("not_relevant");
        }
        match reply.answers.get(address) {
            None => Standing::Without("blank"),
            Some(answer) => match answer.value {
                GivenValue::Missing(kind) => Standing::Without(kind.as_str()),
                _ => Standing::Answered(answer),
            },
        }
    }

    /// Its words, for readers of these languages: those of its question, its row and its column.
    pub fn label(&self, languages: &[Lang]) -> String {
        let labels = self.form.labels(self.field);
        let question = self.form.question(&self.field.question);
        let question = question.map(|question| &question.text);
        let words = question.into_iter().chain(&labels);
        let words = words.filter_map(|texts| Some(texts.pick(languages)?.1));
        words.collect::<Vec<_>>().join(" – ")
    }

    /// Its options.
    pub fn options(&self, languages: &[Lang]) -> Vec<Category> {
        let options = self.kind.options().into_iter();
        let options = options.map(|option| Category {
            code: option.value.into(),
            label: option
                .label
                .pick(languages)
                .map_or_else(|| option.value.to_owned(), |(_, label)| label.to_owned()),
        });
        options.collect()
    }

    /// The code of the list of whose entries it is a part.
    pub fn list(&self) -> Option<&'f Arc<str>> {
        matches!(self.field.place, FieldPlace::EntryPart(_)).then_some(&self.field.question)
    }
}

/// The codes of a form's lists.
pub(super) fn lists(form: &Form) -> impl Iterator<Item = &str> {
    form.lists()
        .filter_map(|index| Some(&*form.fields().get(index)?.question))
}

/// The ids of a reply's entries in a list, in their order.
pub(super) fn entries<'r>(reply: &'r SubmittedReply, list: &str) -> Vec<&'r str> {
    let prefix = format!("{list}.");
    let length = prefix.len();
    let below = reply.answers.iter();
    let mut entries: Vec<_> = below
        .filter_map(|(address, answer)| {
            let id = address
                .starts_with(&prefix)
                .then(|| address.get(length..))??;
            let order = (!id.contains('.')).then(|| answer.value.number())?;
            Some((order, id))
        })
        .collect();
    entries.sort();
    entries.into_iter().map(|(_, id)| id).collect()
}
