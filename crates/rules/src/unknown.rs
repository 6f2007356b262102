//! What a rule does not know, and why.

use crate::number::NoResult;
use crate::place::Span;
use crate::schema::FieldId;
use crate::value::Missing;

/// A rule without a result: something that it needs is not there, or cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Why.
    pub reason: Reason,
    /// Where in the rule's text.
    pub span: Span,
    /// The field that is not there.
    pub field: Option<FieldId>,
}

/// Why a rule has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A field is blank.
    #[error("a field is blank")]
    Blank,
    /// A field is not relevant.
    #[error("a field is not relevant")]
    NotRelevant,
    /// A field says why it has no value.
    #[error("a figure is missing: {}", .0.code())]
    Missing(Missing),
    /// There are cells, and none has a value; or the least or the greatest of none.
    #[error("no cell has a value")]
    NothingKnown,
    /// A result has more digits than a number has.
    #[error("a number has too many digits")]
    TooManyDigits,
    /// A division by zero.
    #[error("a division by zero")]
    DivisionByZero,
    /// Amounts in several currencies.
    #[error("amounts are in different currencies")]
    CurrenciesDiffer,
    /// An answer is not of the type of its field: whoever gave it did not check it.
    #[error("an answer is not of its field's type")]
    WrongType,
    /// There were too many steps. Unlike any other reason this one is not absorbed by `&&` and `||`.
    #[error("there are too many steps")]
    TooManySteps,
}

impl Reason {
    /// Whether it is that something is not there, as is usual while a questionnaire is being filled; else something went wrong.
    pub fn is_absence(self) -> bool {
        matches!(
            self,
            Self::Blank | Self::NotRelevant | Self::Missing(_) | Self::NothingKnown
        )
    }
}

impl From<NoResult> for Reason {
    fn from(why: NoResult) -> Self {
        match why {
            NoResult::TooManyDigits => Self::TooManyDigits,
            NoResult::DivisionByZero => Self::DivisionByZero,
            NoResult::NotWhole => Self::WrongType,
        }
    }
}
