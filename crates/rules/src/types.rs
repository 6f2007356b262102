//! What kind of thing a field holds and an expression gives.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// The codes of a choice's options, in the order in which they are shown.
pub type Options = Arc<[Arc<str>]>;

/// Whether two choices have the same options, which two fields of one code list tell at once.
pub(crate) fn are_same(one: &Options, other: &Options) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// Whether all that one has, or any of it, the other has too. A code list may have thousands.
pub(crate) fn shares(one: &Options, other: &Options, all: bool) -> bool {
    if are_same(one, other) {
        return true;
    }
    let other: HashSet<&str> = other.iter().map(|option| &**option).collect();
    let mut found = one.iter().map(|option| other.contains(&**option));
    if all {
        found.all(|is_in| is_in)
    } else {
        found.any(|is_in| is_in)
    }
}

/// The options of both.
pub(crate) fn united(one: &Options, other: &Options) -> Options {
    if are_same(one, other) {
        return Arc::clone(one);
    }
    let known: HashSet<&str> = one.iter().map(|option| &**option).collect();
    let more = other.iter().filter(|option| !known.contains(&***option));
    one.iter().chain(more).cloned().collect()
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// A number without a point.
    Whole,
    /// An exact number.
    Decimal,
    /// A year: a whole number, wherever one is wanted.
    Year,
    /// An amount in a currency.
    Money,
    /// Words.
    Text,
    /// The code of one of these options.
    Choice(Options),
    /// The codes of several of these options.
    Choices(Options),
    /// A day.
    Date,
    /// A month of a year.
    Month,
    /// Whatever a rule can only ask the presence of: a file, a legal reference.
    Opaque,
    /// Several of one type: cells, or what stands in brackets. Nothing that a field holds.
    List(Box<Type>),
    /// A list's entries, which can be counted.
    Entries,
}

impl Type {
    /// A choice of one of these.
    pub fn choice<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Choice(codes.into_iter().map(Arc::from).collect())
    }

    /// A choice of several of these.
    pub fn choices<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Choices(codes.into_iter().map(Arc::from).collect())
    }

    /// Which type, without its options.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Bool => Kind::Bool,
            Self::Whole => Kind::Whole,
            Self::Decimal => Kind::Decimal,
            Self::Year => Kind::Year,
            Self::Money => Kind::Money,
            Self::Text => Kind::Text,
            Self::Choice(_) => Kind::Choice,
            Self::Choices(_) => Kind::Choices,
            Self::Date => Kind::Date,
            Self::Month => Kind::Month,
            Self::Opaque => Kind::Opaque,
            Self::List(_) => Kind::List,
            Self::Entries => Kind::Entries,
        }
    }

    /// Whether it is a number.
    pub(crate) fn is_number(&self) -> bool {
        self.kind().is_number()
    }

    /// Whether it is a number without a point.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole | Self::Year)
    }
}

/// The names of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A whole number.
    Whole,
    /// An exact number.
    Decimal,
    /// A year.
    Year,
    /// An amount in a currency.
    Money,
    /// Words.
    Text,
    /// One of several options.
    Choice,
    /// Several of several options.
    Choices,
    /// A day.
    Date,
    /// A month.
    Month,
    /// What can only be there or not.
    Opaque,
    /// Several of one type.
    List,
    /// A list's entries.
    Entries,
}

impl Kind {
    /// All numbers.
    pub const NUMBERS: &'static [Self] = &[Self::Whole, Self::Decimal, Self::Year];

    /// What a rule can add and subtract.
    pub const AMOUNTS: &'static [Self] = &[Self::Whole, Self::Decimal, Self::Year, Self::Money];

    /// What has an order.
    pub const ORDERED: &'static [Self] = &[
        Self::Whole,
        Self::Decimal,
        Self::Year,
        Self::Money,
        Self::Date,
        Self::Month,
    ];

    /// What is equal to another or not.
    pub const COMPARABLE: &'static [Self] = &[
        Self::Bool,
        Self::Whole,
        Self::Decimal,
        Self::Year,
        Self::Money,
        Self::Text,
        Self::Choice,
        Self::Date,
        Self::Month,
    ];

    /// The name that stays the same in every language, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Whole => "whole_number",
            Self::Decimal => "decimal",
            Self::Year => "year",
            Self::Money => "money",
            Self::Text => "text",
            Self::Choice => "one_choice",
            Self::Choices => "several_choices",
            Self::Date => "date",
            Self::Month => "month",
            Self::Opaque => "opaque",
            Self::List => "list",
            Self::Entries => "entries",
        }
    }

    pub(crate) fn is_number(self) -> bool {
        Self::NUMBERS.contains(&self)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}
