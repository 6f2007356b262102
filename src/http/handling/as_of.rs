//! `as_of=`: a position or a time, which moves data and never rights.

use serde_json::Value;

use crate::domain::said::expected;
use crate::http::handling::dates;
use crate::http::problem::Problem;
use crate::log::{Head, Log};

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
    let time = dates::instant(asked)
        .ok_or_else(|| Problem::bad_parameter("as_of", expected::POSITION_OR_TIME, asked))?;
    if time > crate::clock::now() {
        return Err(Problem::new("future_time")
            .arg("asked", time)
            .arg("head", crate::clock::now()));
    }
    let position = log.position_at(dates::to_the_microsecond(time)).await?;
    Ok(log.at(position).await?)
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
