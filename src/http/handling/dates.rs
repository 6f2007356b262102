//! Dates and times as they arrive in bodies, and as people read them.

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use domain::said::expected;
pub use domain::times::{day, instant};

pub use crate::deciding::today;

/// A member that is a [`day`].
///
/// # Errors
/// It is none.
pub fn read_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    day(&text).ok_or_else(|| D::Error::custom(expected::DAY))
}

/// A member that is a [`day`], or null, or not there.
///
/// # Errors
/// It is something else.
pub fn read_some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| day(&text).ok_or_else(|| D::Error::custom(expected::DAY)))
        .transpose()
}
