//! Faults: what is wrong with a command, each with its place in the request.

use std::fmt;

use jiff::civil::Date;

use super::Texts;
use super::blank;
use super::phrase::{Phrase, PlaceholderValue};

mod table;

pub use table::*;

/// One thing that is wrong with a request, said so that a program can point at it and a person can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable, in snake case; one of [`all`].
    pub code: &'static str,
    /// Where: a JSON pointer (RFC 6901) into the request body; empty for the whole.
    pub pointer: String,
    /// The code of the question concerned.
    pub question: Option<String>,
    /// What the text for people says, by the name of the placeholder.
    pub args: Vec<(&'static str, PlaceholderValue)>,
}

impl Fault {
    /// The same fault with an argument for its text, which is the same in every language: a number, a day, a code, what the
    /// caller wrote. The name is one that the code's row in the table has.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, PlaceholderValue::same(value)));
        self
    }

    /// The same fault with an argument that is words.
    #[must_use]
    pub fn words(mut self, name: &'static str, words: Phrase) -> Self {
        self.args.push((name, PlaceholderValue::Words(words)));
        self
    }

    /// The same fault with an argument that somebody wrote in several languages.
    #[must_use]
    pub fn texts(mut self, name: &'static str, texts: Texts) -> Self {
        self.args.push((name, PlaceholderValue::Texts(texts)));
        self
    }

    /// The same fault, of this question.
    #[must_use]
    pub fn of_question(mut self, code: &str) -> Self {
        self.question = Some(code.to_owned());
        self
    }
}

/// A row of the table of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultCode {
    /// Stable, in snake case.
    pub code: &'static str,
    /// The placeholders that the text for people may have.
    pub args: &'static [&'static str],
    /// What it means, and what would be right.
    pub meaning: &'static str,
}

impl FaultCode {
    /// A fault of this kind at a place.
    pub fn at(self, pointer: impl Into<String>) -> Fault {
        Fault {
            code: self.code,
            pointer: pointer.into(),
            question: None,
            args: Vec::new(),
        }
    }
}

/// What has a list of codes.
pub trait Codes {
    /// All of them, in the order in which they are listed to people.
    const CODES: &'static [&'static str];
}

/// A code that is not in its list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is none of {}", known.join(", "))]
pub struct UnknownCode {
    /// As it was given.
    pub code: String,
    /// What it could have been.
    pub known: &'static [&'static str],
}

/// The pointer to a member or an element of what `base` points to.
pub fn pointer(base: &str, token: impl fmt::Display) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{base}/{token}")
}

/// Goes on when there is no fault.
pub fn none(faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// The fault of a text that must say something, in at most `max` characters.
pub(super) fn of_text(text: &str, at: &str, max: usize) -> Option<Fault> {
    if blank::is_blank(text) {
        Some(BLANK.at(at))
    } else if text.chars().count() > max {
        Some(TEXT_TOO_LONG.at(at).arg("max", max))
    } else {
        None
    }
}

/// The fault of a day on which something is said to have happened, and which is still to come.
pub(super) fn of_day(day: Date, today: Date, at: &str) -> Option<Fault> {
    (day > today).then(|| DAY_IN_THE_FUTURE.at(at))
}

/// The faults of a day that is not before `after`, which it follows, and not still to come.
pub(super) fn day_order_faults(on: Date, after: Date, today: Date) -> Vec<Fault> {
    let early = (on < after).then(|| BEFORE_WHAT_IT_FOLLOWS.at("/on").arg("day", after));
    early.into_iter().chain(of_day(on, today, "/on")).collect()
}

/// Whether a code is made of the allowed characters and has an allowed length.
pub(super) fn is_code(
    code: &str,
    length: std::ops::RangeInclusive<usize>,
    allowed: impl Fn(u8) -> bool,
) -> bool {
    length.contains(&code.len()) && code.bytes().all(allowed)
}
