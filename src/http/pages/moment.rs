//! Days and times as pages tell them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use domain::Lang;
use domain::collection::Deadline;

/// A time, in UTC.
pub fn told(lang: Lang, time: Timestamp) -> String {
    locale::date_time(lang, time, &TimeZone::UTC)
}

/// A deadline, in its own time zone.
pub fn deadline(lang: Lang, deadline: &Deadline) -> String {
    let zone = TimeZone::get(&deadline.time_zone).unwrap_or(TimeZone::UTC);
    locale::date_time(lang, deadline.at, &zone)
}

/// A deadline, as pages show it.
#[derive(Debug)]
pub struct Due {
    /// In its own time zone, in words.
    pub told: String,
    /// The instant, which the page's script tells by the clock of whoever reads too.
    pub at: String,
    /// Its time zone.
    pub zone: String,
}

/// A deadline, as pages show it.
pub fn due(lang: Lang, of: &Deadline) -> Due {
    Due {
        told: deadline(lang, of),
        at: of.at.to_string(),
        zone: of.time_zone.clone(),
    }
}

/// A day as the API writes it; what is none stays as it is.
pub fn day(lang: Lang, day: &str) -> String {
    day.parse::<Date>()
        .map_or_else(|_| day.to_owned(), |day| locale::date(lang, day))
}

/// A month as the API writes it; what is none stays as it is.
pub fn month(lang: Lang, month: &str) -> String {
    format!("{month}-01")
        .parse::<Date>()
        .map_or_else(|_| month.to_owned(), |day| locale::month(lang, day))
}
