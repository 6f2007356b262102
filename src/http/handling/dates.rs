//! Dates and times as they arrive in bodies, and as people read them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use domain::said::expected;
pub use domain::times::{day, instant};

/// The latest day that has begun anywhere: a date is written down where its day has begun, and what is dated later is still to
/// come.
pub fn today() -> Date {
    /// Hours that the clocks of Kiribati, where days begin first, are ahead of UTC.
    const FIRST: i8 = 14;
    TimeZone::fixed(jiff::tz::offset(FIRST))
        .to_datetime(clock::now())
        .date()
}

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
