//! Days and times as people write them: in one spelling, and such as there are. A day ends where the next begins; what the
//! clocks of a zone never show, or show twice, names no instant.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::fault::{self, Fault, pointer};
use super::number;
use super::phrase::expected;

/// 0001-01-01T00:00:00Z, in seconds.
const YEAR_ONE: i64 = -62_135_596_800;

/// A date, `2011-03-08`, of the years 1 to 9999. The calendar's own parser takes more: a time after it, a sign before it.
pub fn day(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.year() >= 1 && date.to_string() == text).then_some(date)
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

/// The fault of a text that is no [`day`]. A space in it is seen, where the text is repeated.
pub fn day_fault(text: &str, at: &str) -> Fault {
    let stray = number::stray_fault(text, at).filter(|_| !text.contains(' '));
    stray.unwrap_or_else(|| fault::BAD_DATE.at(at).arg("value", text))
}

/// An instant, RFC 3339 with its offset, of the years 1 to 9999.
pub fn instant(text: &str) -> Option<Timestamp> {
    let instant: Timestamp = without_zone(text)?.parse().ok()?;
    (instant.as_second() >= YEAR_ONE).then_some(instant)
}

/// A time that names no zone in brackets: the calendar's parser would take it, and overlook the zone.
fn without_zone(text: &str) -> Option<&str> {
    (!text.contains('[')).then_some(text)
}

/// A time as the log has times, to the microsecond; what is finer is cut off, since rounding could go past it.
pub fn to_the_microsecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(instant.as_microsecond()).unwrap_or(instant)
}

/// The zone that the IANA database has under exactly this name.
pub fn named_zone(name: &str) -> Option<TimeZone> {
    // The program's own copy, never the machine's, so that a decision is the same everywhere.
    let zone = TimeZoneDatabase::bundled().get(name).ok();
    zone.filter(|zone| zone.iana_name() == Some(name))
}

/// The fault of a zone that there is not, in the deadline at a place.
pub fn zone_fault(name: &str, at: &str) -> Fault {
    let fault = fault::UNKNOWN_TIME_ZONE.at(pointer(at, "time_zone"));
    fault.arg("time_zone", name)
}

/// A point in time, as somebody gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// With its offset from UTC: the same everywhere.
    Instant(Timestamp),
    /// As the clocks of a zone show it.
    Local(DateTime),
    /// A day, as the calendars of a zone have it: its end.
    Day(Date),
}

impl Moment {
    /// Reads any of the three; `None` for what is none.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(instant) = instant(text) {
            return Some(Self::Instant(instant));
        }
        if let Some(day) = day(text) {
            return Some(Self::Day(day));
        }
        let local: DateTime = without_zone(text)?.parse().ok()?;
        let is_time = text.contains(['T', ' ']) && local.year() >= 1;
        is_time.then_some(Self::Local(local))
    }

    /// The last moment that is not after it, in a zone; a day's is `short` of the beginning of the next.
    ///
    /// # Errors
    /// What is wrong with it at `at`: it is not shown there, or twice.
    pub fn last(
        self,
        zone: &TimeZone,
        short: SignedDuration,
        at: &str,
    ) -> Result<Timestamp, Fault> {
        let name = zone.iana_name().unwrap_or("UTC");
        match self {
            Self::Instant(instant) => Ok(to_the_microsecond(instant)),
            Self::Day(day) => {
                let none = |next: String| {
                    let fault = fault::NO_SUCH_LOCAL_TIME.at(at).arg("given", day);
                    fault.arg("time_zone", name).arg("next", next)
                };
                let begins = begins(day, zone).ok_or_else(|| none(Date::MAX.to_string()))?;
                let first = zone.to_datetime(begins).date();
                if first != day {
                    return Err(none(first.to_string()));
                }
                let next = day
                    .tomorrow()
                    .ok()
                    .and_then(|next| self::begins(next, zone));
                let end = next.and_then(|next| next.checked_sub(short).ok());
                end.ok_or_else(|| none(day.to_string()))
            }
            Self::Local(local) => {
                let shown = zone.to_ambiguous_timestamp(local);
                let given = |kind: fault::FaultCode| {
                    let fault = kind.at(at).arg("given", local);
                    fault.arg("time_zone", name)
                };
                let told = |instant: Option<Timestamp>| {
                    instant.map_or_else(String::new, |instant| {
                        let offset = zone.to_offset(instant);
                        instant.display_with_offset(offset).to_string()
                    })
                };
                match shown.offset() {
                    AmbiguousOffset::Unambiguous { .. } => {
                        let instant = shown.compatible().ok().map(to_the_microsecond);
                        instant.ok_or_else(|| given(fault::NO_SUCH_LOCAL_TIME).arg("next", ""))
                    }
                    AmbiguousOffset::Gap { .. } => {
                        let next = told(after_gap(zone, shown.compatible().ok()));
                        Err(given(fault::NO_SUCH_LOCAL_TIME).arg("next", next))
                    }
                    AmbiguousOffset::Fold { .. } => {
                        let (first, second) = (shown.earlier(), shown.later());
                        let fault = given(fault::LOCAL_TIME_TWICE);
                        let fault = fault.arg("first", told(first.ok()));
                        Err(fault.arg("second", told(second.ok())))
                    }
                }
            }
        }
    }
}

/// The first instant of a day in a zone; of the next day that there is, where the clocks leave it out.
pub fn begins(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0));
    let is_gap = matches!(midnight.offset(), AmbiguousOffset::Gap { .. });
    let instant = midnight.compatible().ok()?;
    if is_gap {
        after_gap(zone, Some(instant))
    } else {
        Some(instant)
    }
}

/// When the clocks had jumped, where `inside` is what they would have come to had they gone on.
fn after_gap(zone: &TimeZone, inside: Option<Timestamp>) -> Option<Timestamp> {
    let after = inside?.checked_add(SignedDuration::from_nanos(1)).ok()?;
    let jump = zone.preceding(after).next()?;
    Some(jump.timestamp())
}

/// Less than this, and the next microsecond is past it.
pub const MICROSECOND: SignedDuration = SignedDuration::from_micros(1);
/// The last whole second of a day is what its clocks show at its end.
pub const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::phrase::PlaceholderValue;

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
            "٢٠١١-٠٣-٠٨",
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

    #[test]
    fn a_zone_in_brackets_is_refused_and_not_overlooked() {
        for time in [
            "2026-06-30T12:00[America/New_York]",
            "2026-06-30T12:00:00+02:00[Europe/Vienna]",
            "2026-06-30T12:00:00Z[America/New_York]",
            "2026-06-30T12:00[u-ca=gregory]",
            "2026-06-30[Europe/Vienna]",
        ] {
            assert_eq!(Moment::read(time), None, "{time}");
            assert_eq!(instant(time), None, "{time}");
            let plain = time.split('[').next().unwrap();
            assert!(Moment::read(plain).is_some(), "{plain}");
        }
    }

    #[test]
    fn a_day_ends_where_the_next_begins_whatever_the_clocks_do() {
        for (day, zone, next) in [
            ("2011-06-30", "Europe/Vienna", "2011-06-30T22:00:00Z"),
            ("2011-06-30", "UTC", "2011-07-01T00:00:00Z"),
            ("2026-03-29", "Europe/Vienna", "2026-03-29T22:00:00Z"),
            ("2026-10-25", "Europe/Vienna", "2026-10-25T23:00:00Z"),
            // The next day begins at one o'clock.
            ("2018-11-03", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),
            // Its last hour comes twice.
            ("2018-02-17", "America/Sao_Paulo", "2018-02-18T03:00:00Z"),
            // The clocks go from half past eleven to half past midnight.
            ("1919-03-30", "America/Toronto", "1919-03-31T04:30:00Z"),
            // The next day is the one after that.
            ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00Z"),
        ] {
            let zone = named_zone(zone).unwrap();
            let read = Moment::read(day).unwrap();
            let next: Timestamp = next.parse().unwrap();
            for short in [MICROSECOND, SECOND] {
                let last = read.last(&zone, short, "").unwrap();
                assert_eq!(last + short, next, "{day}");
            }
            let last = read.last(&zone, MICROSECOND, "").unwrap();
            assert_eq!(zone.to_datetime(last).date().to_string(), day);
        }
    }

    #[test]
    fn what_the_clocks_never_show_or_show_twice_is_refused_with_what_would_be_right() {
        for (given, zone, code, told) in [
            (
                "2026-03-29T02:30",
                "Europe/Vienna",
                "no_such_local_time",
                &["2026-03-29T03:00:00+02:00"][..],
            ),
            (
                "2011-12-30T12:00",
                "Pacific/Apia",
                "no_such_local_time",
                &["2011-12-31T00:00:00+14:00"],
            ),
            (
                "2011-12-30",
                "Pacific/Apia",
                "no_such_local_time",
                &["2011-12-31"],
            ),
            (
                "2026-10-25T02:30",
                "Europe/Vienna",
                "local_time_twice",
                &["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"],
            ),
        ] {
            let read = Moment::read(given).unwrap();
            let zone = named_zone(zone).unwrap();
            let fault = read.last(&zone, SECOND, "/deadline/at").unwrap_err();
            assert_eq!(
                (fault.code, fault.pointer.as_str()),
                (code, "/deadline/at"),
                "{given}"
            );
            for told in told {
                let found = fault
                    .args
                    .iter()
                    .any(|(_, value)| *value == PlaceholderValue::same(told));
                assert!(found, "{told}: {:?}", fault.args);
            }
        }
        let shown = Moment::read("2026-03-29T03:00").unwrap();
        let zone = named_zone("Europe/Vienna").unwrap();
        let instant = shown.last(&zone, SECOND, "").unwrap();
        assert_eq!(instant.to_string(), "2026-03-29T01:00:00Z");
    }

    proptest! {
        /// Every instant is in the day that its clock shows: not before its beginning, and before the next.
        #[test]
        fn days_follow_one_another_without_a_gap(
            second in -2_000_000_000_i64..4_000_000_000,
            zone in prop::sample::select(vec!["UTC", "Europe/Vienna", "Pacific/Apia", "America/Sao_Paulo", "America/Havana",
                                              "America/Toronto", "Africa/Monrovia", "Asia/Kathmandu", "Pacific/Kiritimati"]),
        ) {
            let zone = named_zone(zone).unwrap();
            let instant = Timestamp::from_second(second).unwrap();
            let day = zone.to_datetime(instant).date();
            prop_assert!(begins(day, &zone).unwrap() <= instant);
            prop_assert!(begins(day.tomorrow().unwrap(), &zone).unwrap() > instant);
            let last = Moment::Day(day).last(&zone, MICROSECOND, "");
            prop_assert!(last.is_ok_and(|last| last >= instant));
        }
    }
}
