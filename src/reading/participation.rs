//! Participation: who was invited and who replied, as of a position.

use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{number, position};

/// The parties of one kind and group that were invited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Count {
    /// The parties' kind on the day of their invitation.
    pub kind: String,
    /// The group that was asked for, on the day of the invitation; none where the party had none.
    pub group: Option<String>,
    /// How many were invited.
    pub invited: u64,
    /// How many replied: submitted and not withdrawn.
    pub replied: u64,
    /// How many of these were received after their party's deadline.
    pub late: u64,
    /// How many of these the Secretariat entered from paper.
    pub entered: u64,
}

/// What was counted, and at which state of the log.
#[derive(Clone, Debug)]
pub struct Participation {
    /// The counts.
    pub counts: Vec<Count>,
    /// The position counted at.
    pub position: u64,
    /// When that position was recorded.
    pub time: Option<String>,
    /// The last position at which a count could have changed.
    pub changed: u64,
}

/// Counts by kind and group. `group_by` is a column of the invitation (`regional_group`, `region`); anything else: none.
pub async fn count(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    group_by: &str,
    received_by: Option<String>,
) -> sqlx::Result<Participation> {
    let found = sqlx::query_file!(
        "src/reading/participation.sql",
        number(as_of),
        collection,
        group_by,
        received_by
    )
    .fetch_one(pool)
    .await?;
    let counts: Json<Vec<Count>> = found.counts;
    Ok(Participation {
        counts: counts.0,
        position: position(found.position),
        time: found.time,
        changed: position(found.changed),
    })
}

/// How many Member States' replies were received on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct ReceivedDay {
    /// The day.
    pub day: Date,
    /// How many, of those that count.
    pub replied: u64,
}

/// The days of a time zone on which replies were received that count as of a position, in their order: as [`count`] counts what
/// was received by their ends.
pub async fn received_days(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    time_zone: &str,
) -> sqlx::Result<Vec<ReceivedDay>> {
    let found = sqlx::query_file!(
        "src/reading/received_days.sql",
        number(as_of),
        collection,
        time_zone
    )
    .fetch_one(pool)
    .await?;
    Ok(found.days.0)
}
