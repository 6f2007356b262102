//! `as_of=`: a position, a time or a day (today is now), which moves data and never rights.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use uuid::Uuid;

use crate::desk::Desk;
use crate::desk::PresentResource;
use crate::http::handling::dates;
use crate::http::problem::Problem;
use domain::phrase::expected;
use domain::times::{MICROSECOND, Moment};
use domain::{Decider, ThingId};
use event_log::{Head, Log};

/// What the caller asked to see the state of.
///
/// # Errors
/// `future_position`, `future_time`, or `bad_parameter` for what is neither a position nor a time.
pub async fn resolve(log: &Log, asked: Option<&str>) -> Result<Option<Head>, Problem> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    if let Ok(position) = asked.parse::<u64>() {
        if let Some(head) = log.at(position).await? {
            return Ok(Some(head));
        }
        return Err(Problem::new("future_position")
            .arg("asked", position)
            .arg("head", log.head().await?.position));
    }
    let (moment, time) = time(asked)
        .ok_or_else(|| Problem::bad_parameter("as_of", expected::POSITION_OR_TIME, asked))?;
    let now = clock::now();
    if time > now {
        // A day that has begun, be it where days begin first, is taken as far as it has come.
        if matches!(moment, Moment::Day(day) if day <= dates::today()) {
            return Ok(Some(log.head().await?));
        }
        return Err(Problem::new("future_time")
            .arg("asked", time)
            .arg("head", now));
    }
    let position = log.position_at(time).await?;
    Ok(log.at(position).await?)
}

/// The moment that is asked for, and its last instant. A day is taken to its end in UTC, in which every answer tells its time; a
/// time without an offset is nobody's.
fn time(asked: &str) -> Option<(Moment, Timestamp)> {
    match Moment::read(asked)? {
        Moment::Local(_) => None,
        moment => Some((moment, moment.last(&TimeZone::UTC, MICROSECOND, "").ok()?)),
    }
}

/// The position that a body's `as_of` names, a JSON string or number; where it is left out, the log's head.
///
/// # Errors
/// As [`resolve`], and `wrong_body` for other JSON.
pub async fn of_body(log: &Log, asked: Option<&Value>) -> Result<u64, Problem> {
    let asked = match asked {
        None => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) if number.is_u64() => Some(number.to_string()),
        Some(_) => {
            let expected = expected::POSITION_OR_TIME;
            return Err(Problem::not_as_expected("/as_of", expected));
        }
    };
    match resolve(log, asked.as_deref()).await? {
        Some(head) => Ok(head.position),
        None => Ok(log.head().await?.position),
    }
}

/// An object now, or as of a position.
///
/// # Errors
/// `not_found`, `before_it_existed`.
pub async fn present<D: Decider<State = Option<T>>, T, I: ThingId + Into<Uuid>>(
    desk: &Desk,
    id: I,
    as_of: Option<u64>,
) -> Result<PresentResource<T>, Problem> {
    let stream = id.into();
    let now = desk.load::<D>(stream, true).await?;
    let present = PresentResource::from_loaded(&now).ok_or(Problem::not_found(I::THING))?;
    match as_of {
        Some(position) if position < now.position => {
            let then = desk.load_as_of::<D>(stream, position).await?;
            PresentResource::from_loaded(&then).ok_or(Problem::new("before_it_existed"))
        }
        _ => Ok(present),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_to_its_end_and_a_time_needs_its_offset() {
        for (asked, read) in [
            ("2011-06-30", Some("2011-06-30T23:59:59.999999Z")),
            ("2011-06-30T23:59:59+02:00", Some("2011-06-30T21:59:59Z")),
            (
                "2011-06-30T21:59:59.999999999Z",
                Some("2011-06-30T21:59:59.999999Z"),
            ),
            ("2011-06-30T12:00", None),
            ("2011-02-30", None),
            ("soon", None),
        ] {
            let time = time(asked).map(|(_, time)| time.to_string());
            assert_eq!(time.as_deref(), read, "{asked}");
        }
    }
}
