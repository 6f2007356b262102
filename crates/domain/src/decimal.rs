//! Exact decimals. Never a float: 0.1 stays 0.1, and thirty digits stay thirty digits.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::number::{self, WrittenNumber, parse_written};

/// The most digits that a decimal has, before and after the point together.
pub const MAX_DIGITS: usize = 30;

/// A decimal in its only spelling: no leading zeros, no trailing zeros after the point, no `-0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Decimal(String);

/// Why a text is not a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a decimal is digits 0-9 with at most one sign before them and one point among them, at most {MAX_DIGITS} digits"
)]
pub struct NotADecimal;

impl Decimal {
    /// The canonical spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many digits follow the point: 2 for `12.25`, 0 for `12`.
    pub fn places(&self) -> usize {
        self.split().2.len()
    }

    /// Negative or not, the digits before the point, the digits after it.
    fn split(&self) -> (bool, &str, &str) {
        let (negative, magnitude) = match self.0.strip_prefix('-') {
            Some(magnitude) => (true, magnitude),
            None => (false, self.0.as_str()),
        };
        let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
        (negative, whole, fraction)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let WrittenNumber {
            is_negative: negative,
            whole,
            fraction,
        } = parse_written(text).ok_or(NotADecimal)?;
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(NotADecimal);
        }
        let sign = if negative && !(whole.is_empty() && fraction.is_empty()) {
            "-"
        } else {
            ""
        };
        let point = if fraction.is_empty() { "" } else { "." };
        let whole = if whole.is_empty() { "0" } else { whole };
        Ok(Self(format!("{sign}{whole}{point}{fraction}")))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (negative, whole, fraction) = self.split();
        let (other_negative, other_whole, other_fraction) = other.split();
        // Without leading zeros the longer whole part is the larger; without trailing zeros fractions compare as texts.
        let magnitude = (whole.len().cmp(&other_whole.len()))
            .then_with(|| whole.cmp(other_whole))
            .then_with(|| fraction.cmp(other_fraction));
        match (negative, other_negative) {
            (false, false) => magnitude,
            (true, true) => magnitude.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// From a string, as it is stored, or a JSON number.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number::read(deserializer)
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decimal_has_one_spelling() {
        for (written, canonical) in [
            ("12.5", "12.5"),
            ("1.50", "1.5"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("-00.10", "-0.1"),
            ("100", "100"),
            ("+5", "5"),
            ("+0.0", "0"),
            ("12.0", "12"),
        ] {
            assert_eq!(written.parse::<Decimal>().unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn what_is_not_a_decimal_is_refused() {
        let too_long = "1".repeat(MAX_DIGITS + 1);
        for wrong in [
            "", "-", "+", ".", ".5", "5.", "+-1", "1e3", "1,5", "1.2.3", "--1", " 1", "١", "NaN",
            &too_long,
        ] {
            assert_eq!(wrong.parse::<Decimal>(), Err(NotADecimal), "{wrong:?}");
        }
    }

    proptest! {
        /// Decimals with three places against the same numbers as thousandths.
        #[test]
        fn order_and_equality_are_those_of_the_numbers(
            one in -2_000_000_i64..2_000_000,
            other in -2_000_000_i64..2_000_000,
        ) {
            let decimal = |n: i64| {
                let sign = if n < 0 { "-" } else { "" };
                format!("{sign}{}.{:03}", n.abs() / 1_000, n.abs() % 1_000).parse::<Decimal>().unwrap()
            };
            prop_assert_eq!(decimal(one).cmp(&decimal(other)), one.cmp(&other));
            prop_assert_eq!(decimal(one) == decimal(other), one == other);
        }

        #[test]
        fn the_canonical_spelling_reads_back_as_itself(written in "-?[0-9]{1,14}(\\.[0-9]{1,14})?") {
            let decimal: Decimal = written.parse().unwrap();
            prop_assert_eq!(decimal.as_str().parse::<Decimal>().unwrap(), decimal.clone());
            prop_assert!(decimal.places() <= 14);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = text.parse::<Decimal>();
        }
    }
}
