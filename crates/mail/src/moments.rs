//! Instants as letters tell them. Until they are written as each language does, a day is an ISO date.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use domain::Lang;

/// An instant in words, as the clocks of a named zone show it, and those of UTC: what an argument is filled with that has the
/// members `at` (RFC 3339) and `time_zone`. `None` for any other.
pub(super) fn of_argument(value: &Value, language: Lang) -> Option<String> {
    let at = value.get("at")?.as_str()?.parse().ok()?;
    let time_zone = value.get("time_zone")?.as_str()?;
    Some(in_words(at, time_zone, language))
}

/// The one place that says how a language writes it.
fn in_words(at: Timestamp, time_zone: &str, _: Lang) -> String {
    let minute = |zone: TimeZone| zone.to_datetime(at).strftime("%Y-%m-%d, %H:%M").to_string();
    let utc = minute(TimeZone::UTC);
    match TimeZone::get(time_zone) {
        Ok(zone) if time_zone != "UTC" => {
            format!("{} ({time_zone}; UTC: {utc})", minute(zone))
        }
        _ => format!("{utc} (UTC)"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_deadline_is_told_in_its_zone_and_in_utc() {
        let of = |zone: &str| {
            let value = json!({"at": "2011-06-30T21:59:59Z", "time_zone": zone});
            of_argument(&value, Lang::Ru).unwrap()
        };
        assert_eq!(
            of("Europe/Vienna"),
            "2011-06-30, 23:59 (Europe/Vienna; UTC: 2011-06-30, 21:59)"
        );
        assert_eq!(of("UTC"), "2011-06-30, 21:59 (UTC)");
        assert_eq!(of_argument(&json!({"en": "Finland"}), Lang::En), None);
    }
}
