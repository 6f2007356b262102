//! How numbers are written, for every type alike: digits 0-9, before them at most one sign, among them at most one point. As a
//! JSON number or as a string; `+5`, `005` and `5.0` are all 5. There is no exponent in a string, no thousands' mark, and no
//! other digits than these.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserializer, Visitor};
use serde_json::Number;

use super::blank;
use super::fault::{self, Fault};

/// A number as it is written, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenNumber<'a> {
    pub is_negative: bool,
    /// The digits before the point: at least one.
    pub whole: &'a str,
    /// The digits after it: none where there is no point.
    pub fraction: &'a str,
}

/// Takes a number apart; `None` for what is written as none.
pub(super) fn parse_written(text: &str) -> Option<WrittenNumber<'_>> {
    let (is_negative, magnitude) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..)?),
        Some(b'+') => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (whole, fraction) = match magnitude.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (magnitude, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && digits(whole) && digits(fraction)).then_some(WrittenNumber {
        is_negative,
        whole,
        fraction,
    })
}

/// The value of a JSON number; `None` where the type does not have it.
pub(super) fn of_json<T: FromStr>(number: &Number) -> Option<T> {
    spelled(number)?.parse().ok()
}

/// Reads a number, as a JSON number or a string.
pub(super) fn read<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(NumberVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number, as a JSON number or a string")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        let spelling = Number::from_f64(number).and_then(|number| spelled(&number));
        self.visit_str(&spelling.unwrap_or_default())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A JSON number as a string writes it; `None` where it has hundreds of zeros. A JSON number has a value, whatever its
/// exponent: 1e3 is 1000.
fn spelled(number: &Number) -> Option<String> {
    /// More zeros than any number that is taken can have.
    const MOST: i64 = 100;
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Some(text);
    };
    let exponent: i64 = exponent.parse().ok()?;
    let WrittenNumber {
        is_negative,
        whole,
        fraction,
    } = parse_written(mantissa)?;
    if exponent.abs() > MOST {
        return None;
    }
    // Zeros enough on the side to which the point moves.
    let zeros = "0".repeat(usize::try_from(exponent.abs()).ok()?);
    let digits = format!("{zeros}{whole}{fraction}{zeros}");
    let point = i64::try_from(zeros.len() + whole.len()).ok()? + exponent;
    let (before, after) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let sign = if is_negative { "-" } else { "" };
    Some(match (before, after) {
        ("", after) => format!("{sign}0.{after}"),
        (before, "") => format!("{sign}{before}"),
        (before, after) => format!("{sign}{before}.{after}"),
    })
}

/// Where a JSON reader that keeps numbers as 64 bits (of an integer, or of a float) would not keep this one, `token` being its
/// spelling in the document: then other digits would be stored than were sent.
pub fn is_kept(token: &str) -> bool {
    if token.parse::<i64>().is_ok() || token.parse::<u64>().is_ok() {
        return true;
    }
    let Ok(float) = token.parse::<f64>() else {
        return false;
    };
    significant(token) == significant(&format!("{float:e}"))
}

/// The digits of a number from the first to the last that is not 0, and the power of ten of the last.
fn significant(token: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let WrittenNumber {
        is_negative,
        whole,
        fraction,
    } = parse_written(mantissa)?;
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return Some((false, String::new(), 0));
    }
    let power = exponent - i64::try_from(fraction.len()).ok()?;
    let power = power + i64::try_from(digits.len() - trimmed.len()).ok()?;
    Some((is_negative, trimmed.to_owned(), power))
}

/// The first character of a code or number that such things do not have and people may not see or tell apart: what is
/// invisible, and other digits than 0-9; with its place, counted from 1.
pub(super) fn stray(text: &str) -> Option<(usize, char)> {
    let is_stray = |character: char| {
        blank::is_invisible(character) || (!character.is_ascii() && character.is_numeric())
    };
    let mut characters = text.chars().enumerate();
    let (index, character) = characters.find(|(_, character)| is_stray(*character))?;
    Some((index + 1, character))
}

/// The fault of a code or number in which there is something that people may not see, or take for something else.
pub fn stray_fault(text: &str, at: &str) -> Option<Fault> {
    let (place, character) = stray(text)?;
    let fault = fault::STRAY_CHARACTER.at(at).arg("value", text);
    let fault = fault.arg("character", blank::name(character));
    Some(fault.arg("place", place))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_number_is_digits_a_sign_and_a_point() {
        let parts = |text| {
            let WrittenNumber {
                is_negative,
                whole,
                fraction,
            } = parse_written(text)?;
            Some((is_negative, whole, fraction))
        };
        for (text, expected) in [
            ("12", (false, "12", "")),
            ("+5", (false, "5", "")),
            ("-5", (true, "5", "")),
            ("007", (false, "007", "")),
            ("12.0", (false, "12", "0")),
            ("-0.50", (true, "0", "50")),
        ] {
            assert_eq!(parts(text), Some(expected), "{text}");
        }
        for none in [
            "",
            "+",
            "-",
            ".",
            ".5",
            "5.",
            "+-5",
            "--5",
            "5-",
            "1e3",
            "1,5",
            "1.2.3",
            "1 000",
            " 1",
            "1\u{200b}",
            "٣٤",
            "３",
            "−5",
            "0x10",
            "NaN",
            "1_000",
        ] {
            assert_eq!(parts(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_json_number_has_a_value_whatever_its_exponent() {
        for (json, text) in [
            ("12", Some("12")),
            ("-3", Some("-3")),
            ("12.5", Some("12.5")),
            ("1e3", Some("1000.0")),
            ("1e16", Some("010000000000000000")),
            ("12e20", Some("0000000000000000000001200000000000000000000")),
            ("1e-7", Some("0.0000001")),
            ("-2.5e-9", Some("-0.0000000025")),
            ("1e300", None),
        ] {
            let Value::Number(number) = serde_json::from_str(json).unwrap() else {
                panic!("{json} is a number");
            };
            let read = spelled(&number);
            let canonical = |text: &str| text.parse::<super::super::Decimal>().unwrap();
            assert_eq!(
                read.as_deref().map(canonical),
                text.map(canonical),
                "{json}: {read:?}"
            );
        }
    }

    #[test]
    fn a_number_with_more_digits_than_json_readers_keep_is_known_by_its_spelling() {
        for kept in [
            "0",
            "-0",
            "12.50",
            "0.1",
            "1e3",
            "1E-7",
            "1e300",
            "18446744073709551615",
            "-9223372036854775808",
            "9007199254740992.0",
            "0.123456789012345",
        ] {
            assert!(is_kept(kept), "{kept}");
        }
        for lost in [
            "18446744073709551616",
            "9007199254740993.0",
            "0.1234567890123456789",
            "123456789012345678.5",
            "1e400",
            "0.1000000000000000055511151231257827",
        ] {
            assert!(!is_kept(lost), "{lost}");
        }
    }

    #[test]
    fn what_does_not_belong_in_a_code_is_found_with_its_place() {
        for (text, found) in [
            ("yes", None),
            ("größe", None),
            ("yes\u{200b}", Some((4, '\u{200b}'))),
            ("3٤", Some((2, '٤'))),
            ("１2", Some((1, '１'))),
            ("a b", Some((2, ' '))),
            ("x²", Some((2, '²'))),
        ] {
            assert_eq!(stray(text), found, "{text:?}");
        }
    }
}
