//! Dates and times as they arrive: in one spelling, and such as PostgreSQL can hold.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::clock;
use crate::domain::collection::Deadline;
use crate::domain::said::expected;

/// 0001-01-01T00:00:00Z, in seconds.
const YEAR_ONE: i64 = -62_135_596_800;

/// The latest day that has begun anywhere: a date is written down where its day has begun, and what is dated later is still to
/// come.
pub fn today() -> Date {
    /// Hours that the clocks of Kiribati, where days begin first, are ahead of UTC.
    const FIRST: i8 = 14;
    TimeZone::fixed(jiff::tz::offset(FIRST))
        .to_datetime(clock::now())
        .date()
}

/// A date, `2011-03-08`, of the years 1 to 9999. The calendar's own parser takes more: a time after it, a sign before it.
pub fn day(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.year() >= 1 && date.to_string() == text).then_some(date)
}

/// A time of the years 1 to 9999.
pub fn instant(text: &str) -> Option<Timestamp> {
    let instant: Timestamp = text.parse().ok()?;
    (instant.as_second() >= YEAR_ONE).then_some(instant)
}

/// The time as the log has times, to the microsecond; what is finer is cut off, since rounding could go past it.
pub fn to_the_microsecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(instant.as_microsecond()).unwrap_or(instant)
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

/// A deadline for people, as the clocks of its zone show it: `2011-06-30, 23:59 (Europe/Vienna)`.
pub fn due(deadline: &Deadline) -> String {
    let zone = &deadline.time_zone;
    deadline.at.in_tz(zone).map_or_else(
        |_| deadline.at.to_string(),
        |due| format!("{} ({zone})", due.strftime("%Y-%m-%d, %H:%M")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_spelling() {
        assert_eq!(day("2011-03-08").unwrap().to_string(), "2011-03-08");
        for wrong in [
            "2011-3-8",
            "20110308",
            "2011-03-08T10:00",
            "2011-02-30",
            "-000001-01-01",
            "0000-01-01",
            "+002011-03-08",
            "",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_begin_with_the_year_one_and_are_cut_off_not_rounded() {
        assert!(instant("0001-01-01T00:00:00Z").is_some());
        assert!(instant("0000-12-31T23:59:59Z").is_none());
        let fine = instant("2011-06-30T21:59:59.999999999Z").unwrap();
        assert_eq!(
            to_the_microsecond(fine).to_string(),
            "2011-06-30T21:59:59.999999Z"
        );
    }
}
