//! The answers of a submitted version.

use std::collections::HashSet;
use std::sync::Arc;

use domain::questionnaire::{Flag, MissingKind};
use jiff::civil::Date;
use rules::Number;
use uuid::Uuid;

/// The answers of a submitted version, which never change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubmittedAnswers {
    /// By the address of the field, in the order of addresses.
    answers: Vec<(Arc<str>, GivenAnswer)>,
    /// What was not asked: the addresses of questions, rows, fields.
    irrelevant: HashSet<Box<str>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenAnswer {
    /// The position at which it was given.
    pub at: u64,
    /// What it says.
    pub value: GivenValue,
    /// What is said of it.
    pub flags: FlagSet,
}

/// What an answer says, as far as figures look at it.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenValue {
    /// That there is one: files.
    Present,
    /// The option chosen.
    Choice(Arc<str>),
    /// The options chosen, in the question's order, or as they were ranked.
    Choices(Box<[Arc<str>]>),
    /// A number that is small and whole, as most are.
    Whole(i64),
    /// Any other number.
    Number(Box<Number>),
    /// An amount in a currency.
    Money(Box<(Number, Arc<str>)>),
    /// A day; of a month its first.
    Day(Date),
    /// Words, which stand beside the log: their content, and their language where they have one.
    Words(Box<(Uuid, Option<Arc<str>>)>),
    /// Why there is none.
    Missing(MissingKind),
}

impl GivenValue {
    /// The number, where it is one or an amount of money.
    pub fn number(&self) -> Option<Number> {
        match self {
            Self::Whole(number) => Some(Number::from(*number)),
            Self::Number(number) => Some(**number),
            Self::Money(money) => Some(money.0),
            Self::Present
            | Self::Choice(_)
            | Self::Choices(_)
            | Self::Day(_)
            | Self::Words(_)
            | Self::Missing(_) => None,
        }
    }

    /// The options chosen.
    pub fn chosen(&self) -> &[Arc<str>] {
        match self {
            Self::Choice(option) => std::slice::from_ref(option),
            Self::Choices(options) => options,
            Self::Present
            | Self::Whole(_)
            | Self::Number(_)
            | Self::Money(_)
            | Self::Day(_)
            | Self::Words(_)
            | Self::Missing(_) => &[],
        }
    }
}

/// What is said of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagSet {
    /// It may still change.
    pub provisional: bool,
    /// It is estimated.
    pub estimated: bool,
}

impl FlagSet {
    /// The flags, each once.
    pub fn new(flags: impl IntoIterator<Item = Flag>) -> Self {
        let mut set = Self::default();
        for flag in flags {
            match flag {
                Flag::Provisional => set.provisional = true,
                Flag::Estimated => set.estimated = true,
            }
        }
        set
    }

    /// The flags that are set.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        let provisional = self.provisional.then_some(Flag::Provisional);
        provisional
            .into_iter()
            .chain(self.estimated.then_some(Flag::Estimated))
    }
}

impl SubmittedAnswers {
    /// Answers by their addresses, and the addresses of what was not asked.
    pub fn new(mut answers: Vec<(Arc<str>, GivenAnswer)>, irrelevant: HashSet<Box<str>>) -> Self {
        answers.sort_by(|(one, _), (two, _)| one.cmp(two));
        Self {
            answers,
            irrelevant,
        }
    }

    /// The answer at an address.
    pub fn get(&self, address: &str) -> Option<&GivenAnswer> {
        let found = self
            .answers
            .binary_search_by(|(known, _)| (**known).cmp(address));
        Some(&self.answers.get(found.ok()?)?.1)
    }

    /// All of them, in the order of their addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &GivenAnswer)> {
        self.answers
            .iter()
            .map(|(address, answer)| (address, answer))
    }

    /// The answers whose addresses begin with `prefix`.
    pub fn below<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a Arc<str>, &'a GivenAnswer)> {
        let from = self
            .answers
            .partition_point(|(address, _)| &**address < prefix);
        let rest = self.answers.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |(address, _)| address.starts_with(prefix))
            .map(|(address, answer)| (address, answer))
    }

    /// Whether nothing was asked at an address: it, or what it is a part of, is not relevant.
    pub fn is_irrelevant(&self, address: &str) -> bool {
        if self.irrelevant.is_empty() {
            return false;
        }
        let dots = address.match_indices('.').map(|(at, _)| at);
        let mut parts = dots.chain([address.len()]);
        parts.any(|end| {
            address
                .get(..end)
                .is_some_and(|part| self.irrelevant.contains(part))
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// About how many bytes they take.
    pub fn weight(&self) -> usize {
        const ANSWER: usize = size_of::<(Arc<str>, GivenAnswer)>() + 24;
        const ADDRESS: usize = 64;
        self.answers.len() * ANSWER + self.irrelevant.len() * ADDRESS
    }
}
