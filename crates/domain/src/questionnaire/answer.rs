//! Answers, as they are stored and as they arrive.

use jiff::civil::Date;
use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::super::phrase::expected;
use super::super::{ContentRef, Decimal, Lang, WholeNumber};
use super::{OptionSource, Question, QuestionType, is_year};

/// A stored answer: `{"code": "A1", "choice": "yes"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's code.
    pub code: String,
    /// What was answered.
    #[serde(flatten)]
    pub value: AnswerValue,
    /// What was said beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
}

/// What a reply holds by question code. A change shares with what was before all that it does not touch, so that a save costs no
/// more in a reply of twenty thousand answers than in one of sixty.
pub type AnswerMap<T> = RedBlackTreeMapSync<String, T>;

/// A comment on an answer: words, stored as those of a text are.
pub type Comment = TextAnswer;

/// What was answered, by the type of the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// The value of the option chosen.
    Choice(String),
    /// The values of the options chosen, in the question's order, each once.
    Choices(Vec<String>),
    /// Words, which are a content.
    Text(TextAnswer),
    /// A whole number.
    WholeNumber(WholeNumber),
    /// An exact decimal.
    Decimal(Decimal),
    /// A day.
    Date(Date),
    /// A year.
    Year(i16),
    /// The party has no such information: an answer that any question takes, and not a blank.
    NotAvailable(JsonTrue),
}

/// Words as an answer. The words themselves are a content beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextAnswer {
    /// Where the words are.
    #[serde(flatten)]
    pub content: ContentRef,
    /// The language that they are in.
    pub lang: Lang,
    /// How long they are, in Unicode scalar values.
    pub length: u32,
}

/// The JSON value `true`, for a member that says something by being there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonTrue;

impl Serialize for JsonTrue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for JsonTrue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if bool::deserialize(deserializer)? {
            Ok(Self)
        } else {
            Err(de::Error::custom(expected::ONLY_TRUE))
        }
    }
}

/// An answer as it arrives, its type checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerInput {
    /// Words, which the shell stores as a content before the decision.
    Text {
        /// The words.
        text: String,
        /// The language that they are in.
        lang: Lang,
    },
    /// Anything else is stored as it is.
    Value(AnswerValue),
}

/// What becomes of a part of something that is changed in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<T> {
    /// It was not mentioned, and stays.
    Stays,
    /// It is this from now on.
    Becomes(T),
    /// It is taken away.
    Goes,
}

/// How much of an answer what arrives says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The answer as a whole: without a comment it has none.
    Whole,
    /// What changes of it: what is not mentioned stays.
    Parts,
}

/// What a change says of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeInput {
    /// What is answered.
    pub value: Change<AnswerInput>,
    /// What is said beside it: words and their language.
    pub comment: Change<(String, Lang)>,
}

impl AnswerInput {
    /// The answer to store. `store` keeps words beside the log and says where.
    ///
    /// Each content has its own salt, so equal words in another content are another answer: a `store` that is given
    /// the words already held should return the reference already held, and saving them again then changes nothing.
    pub fn into_value(self, store: &mut dyn FnMut(String) -> ContentRef) -> AnswerValue {
        match self {
            Self::Value(value) => value,
            Self::Text { text, lang } => {
                let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                AnswerValue::Text(TextAnswer {
                    content: store(text),
                    lang,
                    length,
                })
            }
        }
    }
}

impl Question {
    /// Whether the answer is of the question's type, with options that it has. Ranges and lengths are looked at on
    /// submission only, so that a draft can hold what is not right yet.
    pub fn takes(&self, value: &AnswerValue) -> bool {
        match (&self.kind, value) {
            (_, AnswerValue::NotAvailable(_)) => true,
            (QuestionType::OneChoice(OptionSource::Scale(scale)), AnswerValue::Choice(choice)) => {
                scale.options().iter().any(|option| option.value == choice)
            }
            (
                QuestionType::OneChoice(OptionSource::Options(options)),
                AnswerValue::Choice(choice),
            ) => options.iter().any(|option| option.value == *choice),
            (QuestionType::SeveralChoices { options, .. }, AnswerValue::Choices(choices)) => {
                // In the question's order, each once: a subsequence of its options.
                let mut options = options.iter();
                !choices.is_empty()
                    && choices
                        .iter()
                        .all(|choice| options.any(|option| option.value == *choice))
            }
            (QuestionType::Year { .. }, AnswerValue::Year(year)) => is_year(*year),
            (QuestionType::Text { .. }, AnswerValue::Text(_))
            | (QuestionType::WholeNumber { .. }, AnswerValue::WholeNumber(_))
            | (QuestionType::Decimal { .. }, AnswerValue::Decimal(_))
            | (QuestionType::Date { .. }, AnswerValue::Date(_)) => true,
            _ => false,
        }
    }
}
