//! A checked rule: every name is a number, every literal a value, and nothing is left that could be of the wrong type.

use crate::pattern::Pattern;
use crate::place::Span;
use crate::schema::FieldId;
use crate::scope::Frame;
use crate::value::{Missing, Value};

/// What a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// A field, or a list, of this round.
    Field(FieldId),
    /// A field, or a list, of the last round.
    Last(FieldId),
    /// The field on which the rule stands.
    This,
    /// The same field in the last round.
    LastThis,
    /// A cell of the row on which it stands, by its number there.
    Row(usize),
    /// The same cell in the last round.
    LastRow(usize),
    /// A part of the entry on which it stands.
    Entry(FieldId),
}

impl Reading {
    /// The field of this round that is read there; `None` where it is of the last, which does not change.
    pub fn field(self, frame: &Frame<'_>) -> Option<FieldId> {
        match self {
            Self::Field(field) | Self::Entry(field) => Some(field),
            Self::This => frame.this,
            Self::Row(number) => frame.row.get(number).copied(),
            Self::Last(_) | Self::LastThis | Self::LastRow(_) => None,
        }
    }

    /// Whether it is of the last round.
    pub const fn is_of_last_round(self) -> bool {
        match self {
            Self::Last(_) | Self::LastThis | Self::LastRow(_) => true,
            Self::Field(_) | Self::This | Self::Row(_) | Self::Entry(_) => false,
        }
    }

    /// The field that is read there, of whichever round.
    pub(crate) fn field_of_either(self, frame: &Frame<'_>) -> Option<FieldId> {
        match self {
            Self::Last(field) => Some(field),
            Self::LastThis => frame.this,
            Self::LastRow(number) => frame.row.get(number).copied(),
            of_this => of_this.field(frame),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) operation: Operation,
}

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Constant(Value),
    Read(Reading),
    Local(usize),
    Not(Box<Node>),
    Negation(Box<Node>),
    /// True if all are, or, with `false`, if any is.
    Truths(Vec<Node>, bool),
    Comparison(Box<[Node; 2]>, Comparison),
    Arithmetic(Box<Node>, Vec<(Arithmetic, Node)>),
    Conditional(Box<[Node; 3]>),
    In(Box<Node>, Items),
    Presence(Presence, Source),
    Fold(Fold, Items),
    /// Whether all are so, or, with `false`, any is.
    Each(Items, Box<Node>, bool),
    TextTest(TextTest, Box<[Node; 2]>),
    Matches(Box<Node>, Pattern),
    TextSize(Box<Node>),
    EntryCount(Reading),
    Magnitude(Box<Node>),
    Rounded(Box<Node>, u8),
    Days(Box<[Node; 2]>),
    Year(Box<Node>),
    Amount(Box<Node>),
    Currency(Box<Node>),
}

/// What can be there or not.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Field(Reading),
    Local(usize),
}

/// Several values.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    pub(crate) span: Span,
    pub(crate) kind: ItemsKind,
}

#[derive(Clone, Debug)]
pub(crate) enum ItemsKind {
    /// Written in brackets.
    Written(Vec<Node>),
    /// Cells: one field each, or one for each entry of a list.
    Cells(Vec<Cells>),
    /// What was chosen.
    Chosen(Box<Node>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Cells {
    One(Reading),
    EachEntry(Reading),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
    Remainder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// There is a value.
    Has,
    /// There is a value, or a reason for which there is none.
    Answered,
    /// There is a reason, any or this one.
    Missing(Option<Missing>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    Sum,
    SumKnown,
    Least,
    Most,
    Count,
    Size,
    Distinct,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextTest {
    Contains,
    StartsWith,
    EndsWith,
}
