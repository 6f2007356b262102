//! `as_of=`: a position or a time, which moves data and never rights.

use super::dates;
use super::problem::Problem;
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
    let time = dates::instant(asked).ok_or_else(|| {
        Problem::new("bad_parameter")
            .arg("parameter", "as_of")
            .arg(
                "expected",
                "a position, or a time such as 2011-03-08T12:00:00Z",
            )
            .arg("got", asked)
    })?;
    if time > crate::clock::now() {
        return Err(Problem::new("future_time")
            .arg("asked", time)
            .arg("head", crate::clock::now()));
    }
    let position = log.position_at(dates::to_the_microsecond(time)).await?;
    Ok(log.at(position).await?)
}
