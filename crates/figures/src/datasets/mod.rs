//! Data sets: the replies themselves as tables, for whoever computes elsewhere. Columns are named by the addresses of fields, so that a
//! question that is taken out shifts none. What is about persons stands in none of them.

mod answers_long;
mod answers_wide;
mod code_book;
mod entries;
mod fields;
mod replies;
mod value_columns;

use std::collections::HashMap;
use std::sync::Arc;

use domain::Lang;
use domain::questionnaire::Form;
use uuid::Uuid;

use crate::replies::{GivenValue, SubmittedReply};
use crate::table::{Cell, Column};

pub use code_book::code_book;
pub use fields::DataField;

/// Words by their contents. One that is not here was redacted.
pub type WordsByContent = HashMap<Uuid, Arc<str>>;

/// A data set of a collection, whose rows are made reply by reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dataset {
    /// An answer a row; of several options chosen a row each.
    Answers,
    /// A reply a row, a field a column.
    AnswersWide,
    /// A reply a row, without its answers.
    Replies,
    /// An entry of this list a row, its key the reply and the entry.
    Entries(String),
}

/// What stands before the code of a list in the name of the data set of its entries.
const ENTRIES: &str = "entries-";

impl Dataset {
    /// The data sets of a collection that asks this.
    pub fn all(form: &Form) -> Vec<Self> {
        let lists = fields::lists(form).map(|list| Self::Entries(list.to_owned()));
        let first = [Self::Answers, Self::AnswersWide, Self::Replies];
        first.into_iter().chain(lists).collect()
    }

    /// Its name.
    pub fn name(&self) -> String {
        match self {
            Self::Answers => "answers".to_owned(),
            Self::AnswersWide => "answers-wide".to_owned(),
            Self::Replies => "replies".to_owned(),
            Self::Entries(list) => format!("{ENTRIES}{list}"),
        }
    }

    /// The codes of the columns by which its rows are told apart.
    pub fn key(&self) -> &'static [&'static str] {
        match self {
            Self::Answers => &["reply", "address", "option"],
            Self::AnswersWide | Self::Replies => &["reply"],
            Self::Entries(_) => &["reply", "entry"],
        }
    }

    /// Its columns, for readers of these languages.
    pub fn columns(&self, form: &Form, languages: &[Lang]) -> Vec<Column> {
        match self {
            Self::Answers => answers_long::columns(form, languages),
            Self::AnswersWide => answers_wide::columns(form, languages),
            Self::Replies => replies::columns(languages),
            Self::Entries(list) => entries::columns(form, list, languages),
        }
    }

    /// Puts the rows of a reply behind those that there are.
    pub fn rows(
        &self,
        form: &Form,
        reply: &SubmittedReply,
        words: &WordsByContent,
        rows: &mut Vec<Vec<Cell>>,
    ) {
        match self {
            Self::Answers => answers_long::rows(form, reply, words, rows),
            Self::AnswersWide => rows.push(answers_wide::row(form, reply, words)),
            Self::Replies => rows.push(replies::row(reply)),
            Self::Entries(list) => entries::rows(form, list, reply, words, rows),
        }
    }

    /// The contents of the words that the rows of a reply hold.
    pub fn contents<'r>(
        &self,
        form: &'r Form,
        reply: &'r SubmittedReply,
    ) -> impl Iterator<Item = Uuid> + 'r {
        let has_words = *self != Self::Replies;
        let answers = reply.answers.iter().filter(move |_| has_words);
        answers.filter_map(move |(address, answer)| match &answer.value {
            GivenValue::Words(words) => {
                let located = form.field(address)?;
                let field = DataField::new(form, located.index)?;
                field.is_shown(reply, address).then_some(words.0)
            }
            _ => None,
        })
    }
}
