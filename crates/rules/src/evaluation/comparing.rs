//! What is equal, what comes first, and what texts have in them.

use std::cmp::Ordering;

use crate::number::Number;
use crate::tree::{Comparison, TextTest};
use crate::unknown::Reason;
use crate::value::Datum;

/// Whether two values compare so.
pub(super) fn compared(
    left: Datum<'_>,
    comparison: Comparison,
    right: Datum<'_>,
) -> Result<bool, Reason> {
    match comparison {
        Comparison::Equal => equal(left, right),
        Comparison::Unequal => equal(left, right).map(|truth| !truth),
        Comparison::Less => order(left, right).map(Ordering::is_lt),
        Comparison::AtMost => order(left, right).map(Ordering::is_le),
        Comparison::Greater => order(left, right).map(Ordering::is_gt),
        Comparison::AtLeast => order(left, right).map(Ordering::is_ge),
    }
}

pub(super) fn equal(left: Datum<'_>, right: Datum<'_>) -> Result<bool, Reason> {
    match (left, right) {
        (Datum::Bool(left), Datum::Bool(right)) => Ok(left == right),
        (Datum::Text(left), Datum::Text(right)) => Ok(left == right),
        (Datum::Currency(left), Datum::Currency(right)) => Ok(left == right),
        (Datum::Currency(currency), Datum::Text(text))
        | (Datum::Text(text), Datum::Currency(currency)) => Ok(currency.as_str() == text),
        _ => order(left, right).map(Ordering::is_eq),
    }
}

pub(super) fn order(left: Datum<'_>, right: Datum<'_>) -> Result<Ordering, Reason> {
    match (left, right) {
        (Datum::Number(left), Datum::Number(right)) => Ok(left.cmp(&right)),
        (Datum::Date(left), Datum::Date(right)) => Ok(left.cmp(&right)),
        (Datum::Month(left), Datum::Month(right)) => Ok(left.cmp(&right)),
        (Datum::Money(left, one), Datum::Money(right, other)) if one == other => {
            Ok(left.cmp(&right))
        }
        (Datum::Money(..), Datum::Money(..)) => Err(Reason::CurrenciesDiffer),
        // The sum of no amounts is in no currency: it is nothing in any.
        (Datum::Money(left, _), Datum::Number(Number::ZERO)) => Ok(left.cmp(&Number::ZERO)),
        (Datum::Number(Number::ZERO), Datum::Money(right, _)) => Ok(Number::ZERO.cmp(&right)),
        _ => Err(Reason::WrongType),
    }
}

/// What is said of a text.
pub(super) fn with_text<T>(of: Datum<'_>, say: impl FnOnce(&str) -> T) -> Result<T, Reason> {
    match of {
        Datum::Text(text) => Ok(say(text)),
        Datum::Currency(currency) => Ok(say(currency.as_str())),
        _ => Err(Reason::WrongType),
    }
}

pub(super) fn text_test(of: Datum<'_>, test: TextTest, part: Datum<'_>) -> Result<bool, Reason> {
    with_text(of, |of| {
        with_text(part, |part| match test {
            TextTest::Contains => of.contains(part),
            TextTest::StartsWith => of.starts_with(part),
            TextTest::EndsWith => of.ends_with(part),
        })
    })?
}
