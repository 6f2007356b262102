//! Invitations, as they are listed: who is asked, by which letter, until when, and whether an answer came.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Part, PositionedRows, number, position};

/// An invitation: the party's kind and group are those of the day of the invitation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// Its kind on that day.
    pub kind: domain::party::PartyKind,
    /// Its regional group on that day.
    pub regional_group: Option<domain::party::RegionalGroup>,
    /// Its region on that day.
    pub region: Option<String>,
    /// Position of the invitation.
    pub since: i64,
    /// When it was recorded (RFC 3339).
    pub invited_at: String,
    /// The symbol of the letter.
    pub reference: String,
    /// The date of the letter.
    pub dated: Date,
    /// The party's deadline (RFC 3339).
    pub deadline: String,
    /// The zone in which people read it.
    pub time_zone: String,
    /// Whether it has replied: submitted and not withdrawn.
    pub replied: bool,
    /// Whether what it submitted first came after its deadline; null where it has not replied.
    pub late: Option<bool>,
    /// Whether it has not replied, and its deadline is over.
    pub overdue: bool,
    /// How often it was reminded.
    pub reminders: u32,
    /// When it was reminded last (RFC 3339).
    pub reminded_at: Option<String>,
}

/// Which invitations.
#[derive(Clone, Copy, Debug, Default)]
pub struct InvitationFilter<'a> {
    /// `member_states`, `other_sources`; both if none.
    pub of: Option<&'a str>,
    /// Those that are overdue, or those that are not; both if none.
    pub overdue: Option<bool>,
    /// This party's; any if none.
    pub party: Option<Uuid>,
}

/// Who is invited to a collection, in the order of codes; and how many of its deadlines are over, since time alone changes
/// what is overdue. `now` is the time (RFC 3339) by which that is judged where no position is asked for.
pub async fn list(
    pool: &PgPool,
    part: &Part<String>,
    collection: Uuid,
    wanted: InvitationFilter<'_>,
    now: &str,
) -> sqlx::Result<(PositionedRows<Vec<InvitationRow>>, u64)> {
    let found = sqlx::query_file!(
        "src/reading/invitations.sql",
        number(part.as_of),
        collection,
        part.after.as_deref(),
        part.rows,
        now,
        wanted.of,
        wanted.overdue,
        wanted.party
    )
    .fetch_one(pool)
    .await?;
    let rows: Json<Vec<InvitationRow>> = found.rows;
    let read = PositionedRows {
        rows: rows.0,
        changed: position(found.changed),
        position: position(found.position),
    };
    Ok((read, position(found.passed)))
}
