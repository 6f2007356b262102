//! The limits that types share: least and most, lengths, places.

use std::fmt::Display;

use crate::Texts;
use crate::fault::{self, Fault, pointer};
use crate::questionnaire::is_year;

/// The fault of a least that is above the most.
pub(super) fn order<T: Ord + Display>(min: Option<&T>, max: Option<&T>, at: &str) -> Option<Fault> {
    let (min, max) = min.zip(max).filter(|(min, max)| min > max)?;
    Some(
        fault::MIN_ABOVE_MAX
            .at(pointer(at, "min"))
            .arg("min", min)
            .arg("max", max),
    )
}

/// The fault of a length or a number of places that is itself out of its range.
pub(super) fn limit(limit: Option<u32>, min: usize, max: usize, at: &str) -> Option<Fault> {
    let bad = limit.is_some_and(|limit| !(min..=max).contains(&(limit as usize)));
    bad.then(|| bad_limit(min, max, at))
}

pub(super) fn bad_limit(min: usize, max: usize, at: &str) -> Fault {
    fault::BAD_LIMIT.at(at).arg("min", min).arg("max", max)
}

pub(super) fn bad_year(at: &str, year: impl Display) -> Fault {
    fault::BAD_YEAR.at(at).arg("value", year)
}

/// The faults of years that are none.
pub(super) fn year_faults(years: [(Option<i16>, &str); 2], at: &str) -> Vec<Fault> {
    let years = years.into_iter();
    let given = years.filter_map(|(year, field)| Some((year?, field)));
    let bad = given.filter(|(year, _)| !is_year(*year));
    bad.map(|(year, field)| bad_year(&pointer(at, field), year))
        .collect()
}

/// The fault of a value that is out of its range, at no place.
pub(super) fn range<T: Ord + Display>(
    value: &T,
    min: Option<&T>,
    max: Option<&T>,
) -> Option<Fault> {
    let inside = min.is_none_or(|min| min <= value) && max.is_none_or(|max| value <= max);
    // Signs rather than words, so that the sentence around them can be in any language.
    let range = match (min, max) {
        (Some(min), Some(max)) => format!("{min} … {max}"),
        (Some(min), None) => format!("≥ {min}"),
        (None, Some(max)) => format!("≤ {max}"),
        (None, None) => return None,
    };
    (!inside).then(|| {
        fault::OUT_OF_RANGE
            .at("")
            .arg("value", value)
            .arg("range", range)
    })
}

/// The fault of a decimal with more digits after the point than there may be, at no place.
pub(super) fn fineness(decimal: &crate::Decimal, places: Option<u32>) -> Option<Fault> {
    let places = places.filter(|places| decimal.places() > *places as usize)?;
    Some(
        fault::TOO_MANY_PLACES
            .at("")
            .arg("value", decimal)
            .arg("places", places),
    )
}

/// The fault of a least that a corrected revision raises: an answer already given could lie below it.
pub(super) fn raised<T: Ord>(
    was: Option<&T>,
    is: Option<&T>,
    at: &str,
    name: &str,
) -> Option<Fault> {
    let is_tighter = is.is_some_and(|is| was.is_none_or(|was| is > was));
    is_tighter.then(|| fault::CORRECTION_NARROWS.at(pointer(at, name)))
}

/// The fault of a most that a corrected revision lowers.
pub(super) fn lowered<T: Ord>(
    was: Option<&T>,
    is: Option<&T>,
    at: &str,
    name: &str,
) -> Option<Fault> {
    let is_tighter = is.is_some_and(|is| was.is_none_or(|was| is < was));
    is_tighter.then(|| fault::CORRECTION_NARROWS.at(pointer(at, name)))
}

/// The faults of a range that is narrower in a corrected revision.
pub(super) fn narrowed<T: Ord>(
    was: (Option<&T>, Option<&T>),
    is: (Option<&T>, Option<&T>),
    at: &str,
) -> Vec<Fault> {
    let min = raised(was.0, is.0, at, "min").into_iter();
    min.chain(lowered(was.1, is.1, at, "max")).collect()
}

/// The fault of another unit: a figure already given is not of that one. It may be translated.
pub(super) fn unit_fault(was: Option<&Texts>, is: Option<&Texts>, at: &str) -> Option<Fault> {
    let is_same = match (was, is) {
        (None, None) => true,
        (Some(was), Some(is)) => was
            .0
            .iter()
            .all(|(lang, text)| is.0.get(lang) == Some(text)),
        (Some(_), None) | (None, Some(_)) => false,
    };
    (!is_same).then(|| fault::CORRECTION_CHANGES_UNIT.at(pointer(at, "unit")))
}
