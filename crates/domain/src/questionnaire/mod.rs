//! A questionnaire's content: sections of questions. Its JSON is stored beside the log and is the API's shape.
//!
//! A [`Questionnaire`] is what is written; a [`Form`] is what is asked: its fields by their addresses, its rules compiled.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Lang, Texts};

pub mod answer;
mod answer_reader;
mod asked;
mod beginning;
mod code_list;
mod conditions;
mod correction;
mod definition;
pub mod difference;
pub mod fields;
mod form;
mod labels;
mod modules;
mod need_statement;
mod object_reader;
mod reading;
mod rule_fault;
pub mod rule_set;
mod same_as;
mod scale;
mod submission;
mod summary;
pub mod translations;
pub mod types;
mod wording;

pub use answer::{
    Answer, AnswerInput, AnswerMap, AnswerValue, Change, ChangeInput, Comment, EmailAnswer, Extent,
    Flags, JsonTrue, LinkAnswer, TextAnswer,
};
pub use answer_reader::parse;
pub use asked::Asked;
pub use beginning::initial_answers;
pub use code_list::{CodeList, CodeLists, MAX_CODE_LIST_ENTRIES};
pub use conditions::{CheckKind, CheckRule, Conditions, Flag, MissingKind, Requirement};
pub use fields::{Counting, Field, FieldPlace, FieldSum, LocatedField};
pub use form::Form;
pub use modules::MAX_SECTIONS_TAKEN;
pub use need_statement::{KnownCodes, NeedPart, NeedSource, NeedStatement};
pub use rule_set::WordsRead;
pub use same_as::{SameAs, SameAsSources};
pub use scale::{OptionView, Scale};
pub use submission::{MAX_STATED_NEEDS, NeedAnswer, Verdict, check_submission, check_with_words};
pub use summary::QuestionSummary;
pub use types::{
    Choice, CompoundType, FieldType, MoneyAnswer, Month, OptionSource, QuestionType, TypeCode,
};
pub use wording::wording;

/// The most questions of a questionnaire.
pub const MAX_QUESTIONS: usize = 2_000;
/// The most fields of a questionnaire, without those of lists' entries.
pub const MAX_FIELDS: usize = 20_000;
/// The most options of a question, where they are its own.
pub const MAX_OPTIONS: usize = 60;
/// The most rows of a table.
pub const MAX_ROWS: usize = 300;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 60;
/// The most parts of a group, or of a list's entries.
pub const MAX_PARTS: usize = 60;
/// The most characters of each text of a questionnaire.
pub const MAX_TEXT_CHARS: usize = 4_000;
/// The most characters of an official number.
pub const MAX_NUMBER_CHARS: usize = 20;
/// The most characters of any text that is an answer.
pub const MAX_ANSWER_CHARS: usize = 100_000;
/// The most characters of the address of a page.
pub const MAX_LINK_CHARS: usize = 2_000;
/// The most characters of a comment on an answer.
pub const MAX_COMMENT_CHARS: usize = 10_000;

/// What is asked.
///
/// It is read from JSON in one way only, [`Questionnaire::read`], which lists every fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct Questionnaire {
    /// What it is called.
    pub title: Texts,
    /// What whoever answers should know first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduction: Option<Texts>,
    /// The code lists that come with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_lists: Vec<CodeList>,
    /// What its rules name beside fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// What must hold of a reply as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckRule>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A part of a questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// `A`: unique in the questionnaire.
    pub code: String,
    /// What it is about.
    pub title: Texts,
    /// What whoever answers it should know first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Texts>,
    /// When it is asked: a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// What must hold of its answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckRule>,
    /// Its questions, in order; those of its sub-sections follow them.
    pub questions: Vec<Question>,
    /// Its sub-sections, in order, which have none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// A question. Its code stays the same over revisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// `A1`: unique in the questionnaire, `[A-Z][A-Z0-9_]{0,15}`.
    pub code: String,
    /// What the question serves in the report; a note serves nothing there, and a calculation need not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Heading>,
    /// The question of another instrument that it is the same as; in one instrument the same code says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameAs>,
    /// What people read of it, and under which conditions it is asked.
    #[serde(flatten)]
    pub asked: Asked,
    /// The codes of the standards that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: QuestionType,
}

impl Deref for Question {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.asked
    }
}

/// What rules name beside fields: a value that several of them need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variable {
    /// `total_staff`: unique in the questionnaire, `[a-z][a-z0-9_]{0,39}`.
    pub code: String,
    /// What it is.
    pub rule: String,
}

code_enum! {
    /// What a question serves in the report to the Commission (resolution 2004/28, paragraph 9).
    pub enum Heading {
        /// The use and application of the standards.
        Application = "application",
        /// (a) Difficulties in applying them.
        Difficulties = "difficulties",
        /// (b) Ways in which technical assistance can be provided.
        Assistance = "assistance",
        /// (c) Useful practices.
        Practices = "practices",
    }
}

impl Questionnaire {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(Section::all_questions)
    }

    /// Every question, in order, with the pointer to it in the questionnaire's JSON.
    pub fn placed_questions(&self) -> impl Iterator<Item = (String, &Question)> {
        let sections = self.sections.iter().enumerate();
        sections.flat_map(|(index, section)| {
            let at = format!("/sections/{index}");
            let own = section.questions.iter().enumerate();
            let own = own.map({
                let at = at.clone();
                move |(index, question)| (format!("{at}/questions/{index}"), question)
            });
            let inner = section.sections.iter().enumerate();
            let inner = inner.flat_map(move |(section, inner)| {
                let at = format!("{at}/sections/{section}");
                let questions = inner.questions.iter().enumerate();
                questions
                    .map(move |(index, question)| (format!("{at}/questions/{index}"), question))
            });
            own.chain(inner)
        })
    }

    /// The standard scales that its questions use, each once, in the order in which they come.
    pub fn scales(&self) -> Vec<Scale> {
        let mut scales = Vec::new();
        for question in self.questions() {
            if let QuestionType::Field(FieldType::OneChoice(choice)) = &question.kind
                && let OptionSource::Scale(scale) = choice.options
                && !scales.contains(&scale)
            {
                scales.push(scale);
            }
        }
        scales
    }

    /// Whether columns of its tables are of years that a collection says.
    pub fn has_years(&self) -> bool {
        self.questions().any(|question| match &question.kind {
            QuestionType::Compound(CompoundType::Table(table)) => table.has_years(),
            QuestionType::Compound(_) | QuestionType::Field(_) => false,
        })
    }
}

impl Section {
    /// Itself and its sub-sections.
    pub fn with_inner(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.sections)
    }

    /// Its questions and those of its sub-sections, in order.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        let inner = self.sections.iter().flat_map(|section| &section.questions);
        self.questions.iter().chain(inner)
    }
}

impl Question {
    /// The name of its type.
    pub const fn type_code(&self) -> TypeCode {
        self.kind.code()
    }

    /// The field that it is, where it is one.
    pub const fn field(&self) -> Option<&FieldType> {
        match &self.kind {
            QuestionType::Field(field) => Some(field),
            QuestionType::Compound(_) => None,
        }
    }

    /// How its rows, its entries, or it as a whole, state needs for technical assistance.
    pub fn need(&self) -> Option<&NeedStatement> {
        match &self.kind {
            QuestionType::Compound(CompoundType::Table(table)) => table.need.as_deref(),
            QuestionType::Compound(CompoundType::Group(group)) => group.need.as_deref(),
            QuestionType::Compound(CompoundType::List(list)) => list.need.as_deref(),
            QuestionType::Compound(CompoundType::LegalReference(_) | CompoundType::Note(_))
            | QuestionType::Field(_) => None,
        }
    }

    /// Whether all of it is about a person: it says so, or its type does.
    pub fn is_personal(&self) -> bool {
        self.conditions.personal || self.field().is_some_and(FieldType::is_personal)
    }

    /// What can be chosen, in order. Empty for questions without options.
    pub fn options(&self) -> Vec<OptionView<'_>> {
        self.field().map_or_else(Vec::new, FieldType::options)
    }
}

/// Years that questions can take and answers can be.
fn is_year(year: i16) -> bool {
    (1000..=9999).contains(&year)
}

/// Words that have a meaning of their own in rules, beside those that CEL reserves.
const OWN_WORDS: [&str; 4] = ["entry", "last", "row", "this"];

/// Whether a code can be that of a row, a column, a part, a check, a variable, or of an option whose words have an address.
fn is_part_code(code: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    super::fault::is_code(code, 1..=40, allowed)
        && code.starts_with(|first: char| first.is_ascii_lowercase())
        && !rules::RESERVED.contains(&code)
        && !OWN_WORDS.contains(&code)
}

#[cfg(test)]
mod tests;
