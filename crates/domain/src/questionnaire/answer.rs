//! Answers, as they are stored and as they arrive.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::super::phrase::expected;
use super::super::{ContentRef, Decimal, FileId, Lang, WholeNumber};
use super::{Flag, MissingKind, MoneyAnswer, Month};

/// A stored answer: `{"code": "A1", "choice": "yes"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The field's address: a question's code, `P1.theft.y2024`.
    pub code: String,
    /// What was answered.
    #[serde(flatten)]
    pub value: AnswerValue,
    /// What was said of the figure.
    #[serde(default, skip_serializing_if = "Flags::is_empty")]
    pub flags: Flags,
    /// What was said beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
}

/// What is said of a figure, each flag once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flags(pub BTreeSet<Flag>);

impl Flags {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a reply holds by address. A change shares with what was before all that it does not touch, so that a save costs no
/// more in a reply of twenty thousand answers than in one of sixty.
pub type AnswerMap<T> = RedBlackTreeMapSync<String, T>;

/// A comment on an answer: words, stored as those of a text are.
pub type Comment = TextAnswer;

/// What was answered, by the type of the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// The value of the option chosen.
    Choice(String),
    /// The values of the options chosen, in the question's order, each once.
    Choices(Vec<String>),
    /// The values of options in the order in which whoever answers put them, each once.
    Ranking(Vec<String>),
    /// Words, which are a content.
    Text(TextAnswer),
    /// A whole number.
    WholeNumber(WholeNumber),
    /// An exact decimal.
    Decimal(Decimal),
    /// An amount in a currency.
    Money(MoneyAnswer),
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// A year.
    Year(i16),
    /// The address of a page, which is a content.
    Link(LinkAnswer),
    /// An address of e-mail, which is a content.
    Email(EmailAnswer),
    /// Files of the reply, by their ids, in the order in which they were attached.
    Files(Vec<FileId>),
    /// An entry of a list: where it stands among the others. Of several at one place the one whose id comes first does.
    Entry(Decimal),
    /// The party has no such information: an answer, and not a blank.
    NotAvailable(JsonTrue),
    /// It has none for another reason.
    Missing(MissingKind),
}

impl AnswerValue {
    /// That there is no answer, for this reason.
    pub const fn missing(kind: MissingKind) -> Self {
        match kind {
            MissingKind::NotAvailable => Self::NotAvailable(JsonTrue),
            MissingKind::NotApplicable | MissingKind::NotCollected | MissingKind::Confidential => {
                Self::Missing(kind)
            }
        }
    }

    /// Why there is no answer, where that is what it says.
    pub const fn missing_kind(&self) -> Option<MissingKind> {
        match self {
            Self::NotAvailable(_) => Some(MissingKind::NotAvailable),
            Self::Missing(kind) => Some(*kind),
            Self::Choice(_)
            | Self::Choices(_)
            | Self::Ranking(_)
            | Self::Text(_)
            | Self::WholeNumber(_)
            | Self::Decimal(_)
            | Self::Money(_)
            | Self::Date(_)
            | Self::Month(_)
            | Self::Year(_)
            | Self::Link(_)
            | Self::Email(_)
            | Self::Files(_)
            | Self::Entry(_) => None,
        }
    }

    /// The number that it is, where it is an exact decimal.
    pub const fn number(&self) -> Option<&Decimal> {
        match self {
            Self::Decimal(number) => Some(number),
            _ => None,
        }
    }

    /// The content that holds it, where it is words.
    pub const fn content(&self) -> Option<&ContentRef> {
        match self {
            Self::Text(text) => Some(&text.content),
            Self::Link(plain) | Self::Email(plain) => Some(&plain.content),
            Self::Choice(_)
            | Self::Choices(_)
            | Self::Ranking(_)
            | Self::WholeNumber(_)
            | Self::Decimal(_)
            | Self::Money(_)
            | Self::Date(_)
            | Self::Month(_)
            | Self::Year(_)
            | Self::Files(_)
            | Self::Entry(_)
            | Self::NotAvailable(_)
            | Self::Missing(_) => None,
        }
    }
}

/// The address of a page as an answer. It is a content beside the log, since it can name a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkAnswer {
    /// Where it is.
    #[serde(flatten)]
    pub content: ContentRef,
    /// How long it is, in Unicode scalar values.
    pub length: u32,
}

/// An address of e-mail as an answer: a content too, since it is a person's more often than not.
pub type EmailAnswer = LinkAnswer;

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
    /// The address of a page, which the shell stores likewise.
    Link(String),
    /// An address of e-mail, in its one form, likewise.
    Email(String),
    /// An entry of a list: where it stands; none: after the others, or where it stands already.
    Entry(Option<Decimal>),
    /// Anything else is stored as it is.
    Value(AnswerValue),
}

impl From<AnswerValue> for AnswerInput {
    fn from(value: AnswerValue) -> Self {
        Self::Value(value)
    }
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
    /// What is said of the figure.
    pub flags: Change<Flags>,
    /// What is said beside it: words and their language.
    pub comment: Change<(String, Lang)>,
}

impl AnswerInput {
    /// The answer to store. `store` keeps words beside the log and says where.
    ///
    /// Each content has its own salt, so equal words in another content are another answer: a `store` that is given
    /// the words already held should return the reference already held, and saving them again then changes nothing.
    pub fn into_value(self, store: &mut dyn FnMut(String) -> ContentRef) -> AnswerValue {
        let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        match self {
            Self::Value(value) => value,
            Self::Text { text, lang } => AnswerValue::Text(TextAnswer {
                length: length(&text),
                content: store(text),
                lang,
            }),
            Self::Link(link) => AnswerValue::Link(LinkAnswer {
                length: length(&link),
                content: store(link),
            }),
            Self::Email(email) => AnswerValue::Email(EmailAnswer {
                length: length(&email),
                content: store(email),
            }),
            Self::Entry(order) => AnswerValue::Entry(order.unwrap_or_else(|| Decimal::from(1))),
        }
    }
}
