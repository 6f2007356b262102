//! What becomes a problem: a refusal of the core, or that something could not be read or recorded.

use actix_web::http::header;

use super::Problem;
use crate::desk::{DecisionError, DeskError};
use access::intake::IntakeExceeded;
use domain::Refusal;
use event_log::{AppendError, ReadError};

impl<R: Refusal> From<DecisionError<R>> for Problem {
    fn from(error: DecisionError<R>) -> Self {
        match error {
            DecisionError::Refused(refusal) => Self::new(refusal.code()).faults(refusal.faults()),
            DecisionError::Desk(error) => error.into(),
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Stale { current } => Self::new("stale_if_match")
                .arg("current", current)
                .header(header::ETAG, format!("\"{current}\"")),
            DeskError::KeyReused => Self::new("key_reused"),
            DeskError::TooManyRetries => {
                Self::new("too_many_retries").header(header::RETRY_AFTER, 1)
            }
            DeskError::NotFound(what) => Self::not_found(what),
            DeskError::UsedUp(used_up) => used_up.into(),
            DeskError::Read(error) => error.into(),
            DeskError::Append(error) => error.into(),
        }
    }
}

impl From<IntakeExceeded> for Problem {
    fn from(used_up: IntakeExceeded) -> Self {
        Self::new("day_used_up")
            .arg("most", used_up.most)
            .arg("left", used_up.left)
            .header(header::RETRY_AFTER, used_up.seconds)
    }
}

impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        let code = match &error {
            AppendError::Busy => "busy",
            AppendError::TooLarge { size } => {
                return Self::new("event_too_large")
                    .arg("size", size)
                    .arg("limit", event_log::envelope::LIMIT);
            }
            AppendError::NotRecorded(_) => "not_recorded",
            AppendError::ViewsDiffer(_) => "views_differ",
            AppendError::ClockJumped(_) => "clock_jumped",
            AppendError::Refused(_) | AppendError::Unknown(_) | AppendError::Stopped => {
                "database_unavailable"
            }
        };
        tracing::warn!(%error, code, "an append failed");
        Self::new(code).header(header::RETRY_AFTER, 1)
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Database(error) => error.into(),
            ReadError::Stored { .. } => {
                tracing::error!(%error, "an event cannot be read");
                Self::new("internal")
            }
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database does not answer as it should");
        let code = error
            .as_database_error()
            .map(|error| error.code().unwrap_or_default());
        match code {
            Some(code) if !is_unavailable(&code) => Self::new("internal"),
            _ => Self::new("database_unavailable").header(header::RETRY_AFTER, 1),
        }
    }
}

/// Whether PostgreSQL says by this SQLSTATE that it cannot serve anybody now, and not that the query is wrong: classes
/// 08 (connection), 53 (resources) and 57 (shutdown), and a database that takes no connections.
fn is_unavailable(sqlstate: &str) -> bool {
    matches!(sqlstate.get(..2), Some("08" | "53" | "57")) || sqlstate == "55000"
}
