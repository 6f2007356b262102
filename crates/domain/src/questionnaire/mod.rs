//! A questionnaire's content: sections of questions. Its JSON is stored beside the log and is the API's shape.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decimal, Lang, Texts, WholeNumber};

pub mod answer;
mod check;
use check::is_year;
pub mod difference;
mod form;
mod parse;
mod read;
mod rule_fault;
mod scale;
mod submission;
mod summary;

pub use answer::{
    Answer, AnswerInput, AnswerMap, AnswerValue, Change, ChangeInput, Comment, Extent, JsonTrue,
    TextAnswer,
};
pub use parse::parse;
pub use scale::{OptionView, Scale};
pub use submission::check_submission;
pub use summary::QuestionSummary;

/// The most questions of a questionnaire.
pub const MAX_QUESTIONS: usize = 300;
/// The most options of a question.
pub const MAX_OPTIONS: usize = 60;
/// The most characters of each text of a questionnaire.
pub const MAX_TEXT_CHARS: usize = 4_000;
/// The most characters of any text that is an answer.
pub const MAX_ANSWER_CHARS: usize = 100_000;
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
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A question. Its code stays the same over revisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// `A1`: unique in the questionnaire, `[A-Z][A-Z0-9_]{0,15}`.
    pub code: String,
    /// What the question serves in the report.
    pub heading: Heading,
    /// The question itself.
    pub text: Texts,
    /// How to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Texts>,
    /// Whether a reply without an answer to it cannot be submitted.
    pub required: bool,
    /// The codes of the standards that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<String>,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: QuestionType,
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

code_enum! {
    /// The name of a type of question.
    pub enum TypeCode as "QuestionType" {
        /// One of several options.
        OneChoice = "one_choice",
        /// Any number of several options.
        SeveralChoices = "several_choices",
        /// Words, in a language.
        Text = "text",
        /// A whole number.
        WholeNumber = "whole_number",
        /// An exact decimal.
        Decimal = "decimal",
        /// A day.
        Date = "date",
        /// A year.
        Year = "year",
    }
}

/// A type of question, with what it allows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QuestionType {
    /// One of several options.
    OneChoice(OptionSource),
    /// Any number of several options, but at least one.
    SeveralChoices {
        /// What can be chosen.
        options: Vec<Choice>,
        /// The values of those that exclude every other: "none of these".
        #[serde(skip_serializing_if = "Vec::is_empty")]
        exclusive: Vec<String>,
    },
    /// Words.
    Text {
        /// The most characters (Unicode scalar values).
        #[serde(skip_serializing_if = "Option::is_none")]
        max_length: Option<u32>,
    },
    /// A whole number.
    WholeNumber {
        /// The least that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<WholeNumber>,
        /// The most that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<WholeNumber>,
        /// What is counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Texts>,
    },
    /// An exact decimal.
    Decimal {
        /// The least that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<Decimal>,
        /// The most that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
        /// The most digits after the point.
        #[serde(skip_serializing_if = "Option::is_none")]
        places: Option<u32>,
        /// What is measured.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Texts>,
    },
    /// A day.
    Date {
        /// The first that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<Date>,
        /// The last that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Date>,
    },
    /// A year.
    Year {
        /// The first that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<i16>,
        /// The last that it can be.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<i16>,
    },
}

/// What one choice is made from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionSource {
    /// A standard scale, whose labels every questionnaire shares.
    Scale(Scale),
    /// Options of the question's own.
    Options(Vec<Choice>),
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored: `[a-z][a-z0-9_-]{0,39}`.
    pub value: String,
    /// What people read.
    pub label: Texts,
}

impl Questionnaire {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The standard scales that its questions use, each once, in the order in which they come.
    pub fn scales(&self) -> Vec<Scale> {
        let mut scales = Vec::new();
        for question in self.questions() {
            if let QuestionType::OneChoice(OptionSource::Scale(scale)) = question.kind
                && !scales.contains(&scale)
            {
                scales.push(scale);
            }
        }
        scales
    }

    /// The section that holds the question with this code.
    pub fn section_of(&self, code: &str) -> Option<&Section> {
        let holds = |section: &&Section| section.questions.iter().any(|asked| asked.code == code);
        self.sections.iter().find(holds)
    }

    /// The question with this code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().find(|question| question.code == code)
    }
}

impl Question {
    /// The name of its type.
    pub const fn type_code(&self) -> TypeCode {
        match self.kind {
            QuestionType::OneChoice(_) => TypeCode::OneChoice,
            QuestionType::SeveralChoices { .. } => TypeCode::SeveralChoices,
            QuestionType::Text { .. } => TypeCode::Text,
            QuestionType::WholeNumber { .. } => TypeCode::WholeNumber,
            QuestionType::Decimal { .. } => TypeCode::Decimal,
            QuestionType::Date { .. } => TypeCode::Date,
            QuestionType::Year { .. } => TypeCode::Year,
        }
    }

    /// What can be chosen, in order. Empty for questions without options.
    pub fn options(&self) -> Vec<OptionView<'_>> {
        match &self.kind {
            QuestionType::OneChoice(OptionSource::Scale(scale)) => scale.options(),
            QuestionType::OneChoice(OptionSource::Options(options))
            | QuestionType::SeveralChoices { options, .. } => {
                options.iter().map(OptionView::from).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
