//! Numbers as a cell holds them: doubles, of which Excel keeps fifteen digits.

use domain::Decimal;
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The most digits of a number that Excel keeps.
const MOST_DIGITS: usize = 15;

/// Day 0 of Excel's calendar, for the days from March 1900 on. (It has a 29 February 1900, so the days before are one off, or not: programs
/// disagree.)
const DAY_ZERO: Date = date(1899, 12, 30);

/// The first day on whose number programs agree.
const FIRST_DAY: Date = date(1900, 3, 1);

/// 1 January 1980, where it is not known when a workbook was made: before it, ZIP archives have no time.
pub(super) const UNKNOWN_TIME_SECONDS: i64 = 315_532_800;

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// The double, if Excel keeps all digits of the decimal.
pub(super) fn exact_double(number: &Decimal) -> Option<f64> {
    let text = number.as_str();
    if digits(text) > MOST_DIGITS {
        return None;
    }
    text.parse().ok()
}

/// The double, if Excel keeps all digits of the number.
pub(super) fn whole_double(number: i64) -> Option<f64> {
    let is_short = number.unsigned_abs() < 1_000_000_000_000_000;
    (is_short || digits(&number.to_string()) <= MOST_DIGITS).then_some(number as f64)
}

/// How many digits a number has from its first to its last that is not 0.
fn digits(number: &str) -> usize {
    let digits = number.bytes().filter(u8::is_ascii_digit);
    let leading = digits.clone().take_while(|digit| *digit == b'0').count();
    let trailing = digits
        .clone()
        .rev()
        .take_while(|digit| *digit == b'0')
        .count();
    digits.count().saturating_sub(leading + trailing)
}

/// The number of a day.
pub(super) fn date_serial(day: Date) -> Option<f64> {
    let hours = day.duration_since(DAY_ZERO).as_hours();
    (day >= FIRST_DAY).then_some((hours / 24) as f64)
}

/// The number of an instant: days, and the part of a day, in UTC.
pub(super) fn time_serial(time: Timestamp) -> Option<f64> {
    let microseconds = time.as_microsecond();
    let day = date(1970, 1, 1);
    let before = day.duration_since(DAY_ZERO).as_hours() / 24;
    let days = microseconds.div_euclid(MICROSECONDS_A_DAY) + before;
    let part = microseconds.rem_euclid(MICROSECONDS_A_DAY);
    let first = FIRST_DAY.duration_since(DAY_ZERO).as_hours() / 24;
    (days >= first).then_some(days as f64 + part as f64 / MICROSECONDS_A_DAY as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_more_than_fifteen_digits_is_no_double() {
        for (text, double) in [
            ("0", Some(0.0)),
            ("-12.5", Some(-12.5)),
            ("123456789012345", Some(123_456_789_012_345.0)),
            ("1234567890123456", None),
            ("0.123456789012345", Some(0.123_456_789_012_345)),
            ("0.000000000000000000000000000001", Some(1e-30)),
            ("100000000000000000000000000000", Some(1e29)),
            ("1.234567890123456", None),
        ] {
            assert_eq!(exact_double(&text.parse().unwrap()), double, "{text}");
        }
        assert_eq!(
            whole_double(-999_999_999_999_999),
            Some(-999_999_999_999_999.0)
        );
        assert_eq!(whole_double(1_000_000_000_000_001), None);
        assert_eq!(whole_double(1_000_000_000_000_000_000), Some(1e18));
        assert_eq!(whole_double(i64::MIN), None);
    }

    #[test]
    fn days_have_excels_numbers() {
        for (day, serial) in [
            (date(1900, 2, 28), None),
            (date(1900, 3, 1), Some(61.0)),
            (date(1970, 1, 1), Some(25_569.0)),
            (date(2026, 11, 29), Some(46_355.0)),
            (date(9999, 12, 31), Some(2_958_465.0)),
        ] {
            assert_eq!(date_serial(day), serial, "{day}");
        }
        for (time, serial) in [
            ("1970-01-01T12:00:00Z", Some(25_569.5)),
            ("1969-12-31T18:00:00Z", Some(25_568.75)),
            ("1900-02-28T23:59:59Z", None),
        ] {
            assert_eq!(time_serial(time.parse().unwrap()), serial, "{time}");
        }
    }
}
