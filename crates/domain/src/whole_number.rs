//! Whole numbers that survive JSON: beyond 2^53 they travel as strings, since JSON readers round them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Decimal, number};

/// The largest magnitude that every JSON reader keeps exact: 2^53 - 1.
const EXACT: u64 = (1 << 53) - 1;

/// A whole number of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WholeNumber(pub i64);

impl fmt::Display for WholeNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Why a text is not a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a whole number is digits 0-9 with at most one sign before them, of at most 64 bits; 12.0 is 12"
)]
pub struct NotAWholeNumber;

impl TryFrom<&Decimal> for WholeNumber {
    type Error = NotAWholeNumber;

    fn try_from(decimal: &Decimal) -> Result<Self, NotAWholeNumber> {
        // A decimal has one spelling: a whole one is digits and perhaps a minus.
        let read = decimal.as_str().parse().map(Self);
        read.map_err(|_| NotAWholeNumber)
    }
}

impl FromStr for WholeNumber {
    type Err = NotAWholeNumber;

    fn from_str(text: &str) -> Result<Self, NotAWholeNumber> {
        let decimal: Decimal = text.parse().map_err(|_| NotAWholeNumber)?;
        Self::try_from(&decimal)
    }
}

impl Serialize for WholeNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.unsigned_abs() <= EXACT {
            serializer.serialize_i64(self.0)
        } else {
            serializer.collect_str(self)
        }
    }
}

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number::read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_beyond_2_to_the_53_are_strings() {
        for (number, stored) in [
            (12, json!(12)),
            (-12, json!(-12)),
            (9_007_199_254_740_991, json!(9_007_199_254_740_991_i64)),
            (9_007_199_254_740_992, json!("9007199254740992")),
            (i64::MIN, json!("-9223372036854775808")),
        ] {
            assert_eq!(serde_json::to_value(WholeNumber(number)).unwrap(), stored);
        }
    }

    #[test]
    fn a_whole_number_is_written_as_every_number_is() {
        for (written, number) in [
            (json!(12), 12),
            (json!(12.0), 12),
            (json!(1e3), 1000),
            (json!("12"), 12),
            (json!("12.0"), 12),
            (json!("+12"), 12),
            (json!("0012"), 12),
            (json!("-0"), 0),
            (json!("-9223372036854775808"), i64::MIN),
        ] {
            let read = serde_json::from_value::<WholeNumber>(written.clone());
            assert_eq!(read.unwrap(), WholeNumber(number), "{written}");
        }
    }

    #[test]
    fn what_is_not_a_whole_number_is_refused() {
        for wrong in [
            json!(1.5),
            json!("1.5"),
            json!(""),
            json!(true),
            json!(u64::MAX),
            json!(1e300),
            json!("1e3"),
            json!("9223372036854775808"),
        ] {
            assert!(
                serde_json::from_value::<WholeNumber>(wrong.clone()).is_err(),
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back(number: i64) {
            let stored = serde_json::to_value(WholeNumber(number)).unwrap();
            prop_assert_eq!(serde_json::from_value::<WholeNumber>(stored).unwrap(), WholeNumber(number));
        }
    }
}
