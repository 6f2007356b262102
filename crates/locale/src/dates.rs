//! Days and times in words.

use domain::Lang;
use icu_calendar::Gregorian;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::formatters;

/// A day in words: `29 November 2026`, `29 novembre 2026`, `2026年11月29日`.
pub fn date(lang: Lang, day: Date) -> String {
    let formatted = gregorian(day).and_then(|gregorian| {
        let days = &formatters::of(lang)?.days;
        Some(days.format(&gregorian).to_string())
    });
    let written = formatted.unwrap_or_else(|| day.to_string());
    // The first of a month is an ordinal in French, which CLDR's patterns cannot say.
    match written.strip_prefix("1 ") {
        Some(rest) if lang == Lang::Fr => format!("1er {rest}"),
        _ => written,
    }
}

/// The month of a day, with its year: `November 2026`.
pub fn month(lang: Lang, day: Date) -> String {
    let formatted = gregorian(day).and_then(|gregorian| {
        let months = &formatters::of(lang)?.months;
        Some(months.format(&gregorian).to_string())
    });
    formatted.unwrap_or_else(|| day.strftime("%Y-%m").to_string())
}

/// An instant as a zone's clocks show it, to the minute, and which zone that is: `31 January 2027, 23:59 (Europe/Vienna)`.
///
/// Between the two stands CLDR's mark for a date and a time side by side, which fits in a table as well as in a sentence of
/// any grammar. Hours are 00 to 23 with two digits, as CLDR has them for all six.
pub fn date_time(lang: Lang, instant: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(instant);
    let between = match lang {
        Lang::Ar => "، ",
        Lang::Zh => " ",
        Lang::En | Lang::Fr | Lang::Ru | Lang::Es => ", ",
    };
    let time = local.strftime("%H:%M");
    let day = date(lang, local.date());
    format!("{day}{between}{time} ({})", zone_name(instant, zone))
}

/// The name in the IANA database, spaces as spaces; the offset of a zone that has none.
fn zone_name(instant: Timestamp, zone: &TimeZone) -> String {
    match zone.iana_name() {
        Some(name) => name.replace('_', " "),
        None => format!("UTC{}", zone.to_offset(instant)),
    }
}

fn gregorian(day: Date) -> Option<icu_calendar::Date<Gregorian>> {
    let month = u8::try_from(day.month()).ok()?;
    let of_month = u8::try_from(day.day()).ok()?;
    icu_calendar::Date::try_new_gregorian(day.year().into(), month, of_month).ok()
}

#[cfg(test)]
mod tests {
    use domain::times::named_zone;
    use jiff::tz::offset;

    use super::*;

    #[test]
    fn a_day_is_written_in_words() {
        let day = jiff::civil::date(2026, 11, 29);
        for (lang, whole, of_month) in [
            (Lang::Ar, "29 نوفمبر 2026", "نوفمبر 2026"),
            (Lang::Zh, "2026年11月29日", "2026年11月"),
            (Lang::En, "29 November 2026", "November 2026"),
            (Lang::Fr, "29 novembre 2026", "novembre 2026"),
            (
                Lang::Ru,
                "29 ноября 2026\u{202f}г.",
                "ноябрь 2026\u{202f}г.",
            ),
            (Lang::Es, "29 de noviembre de 2026", "noviembre de 2026"),
        ] {
            assert_eq!(date(lang, day), whole);
            assert_eq!(month(lang, day), of_month);
        }
        assert_eq!(
            date(Lang::En, jiff::civil::date(2027, 3, 1)),
            "1 March 2027"
        );
        assert_eq!(
            date(Lang::Fr, jiff::civil::date(2027, 3, 1)),
            "1er mars 2027"
        );
    }

    #[test]
    fn a_time_says_in_which_zone() {
        let instant: Timestamp = "2027-01-31T22:59:59Z".parse().unwrap();
        let zone = named_zone("Europe/Vienna").unwrap();
        for (lang, written) in [
            (Lang::Ar, "31 يناير 2027، 23:59 (Europe/Vienna)"),
            (Lang::Zh, "2027年1月31日 23:59 (Europe/Vienna)"),
            (Lang::En, "31 January 2027, 23:59 (Europe/Vienna)"),
            (Lang::Fr, "31 janvier 2027, 23:59 (Europe/Vienna)"),
            (Lang::Ru, "31 января 2027\u{202f}г., 23:59 (Europe/Vienna)"),
            (Lang::Es, "31 de enero de 2027, 23:59 (Europe/Vienna)"),
        ] {
            assert_eq!(date_time(lang, instant, &zone), written);
        }
    }

    #[test]
    fn a_zone_is_readable() {
        let instant: Timestamp = "2027-01-31T09:05:00Z".parse().unwrap();
        let written = |zone: &TimeZone| date_time(Lang::En, instant, zone);
        let york = named_zone("America/New_York").unwrap();
        assert_eq!(written(&york), "31 January 2027, 04:05 (America/New York)");
        assert_eq!(written(&TimeZone::UTC), "31 January 2027, 09:05 (UTC)");
        let fixed = TimeZone::fixed(offset(2));
        assert_eq!(written(&fixed), "31 January 2027, 11:05 (UTC+02)");
    }

    #[test]
    fn every_day_that_there_is_can_be_written() {
        for lang in Lang::ALL {
            for day in [Date::MIN, jiff::civil::date(1, 1, 1), Date::MAX] {
                assert!(!date(*lang, day).is_empty() && !month(*lang, day).is_empty());
            }
        }
    }
}
