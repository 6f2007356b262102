//! Meetings, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::Texts;

/// A meeting in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MeetingRow {
    /// Its id.
    pub id: Uuid,
    /// expert_group, intersessional, commission_session, congress
    pub kind: String,
    /// What it is called.
    pub title: Texts,
    /// The number of the session or the Congress.
    pub session: Option<i32>,
    /// Its first day.
    pub starts_on: String,
    /// Its last day.
    pub ends_on: String,
    /// convened, held, concluded, cancelled
    pub status: String,
    /// The codes of the categories that it is about.
    pub categories: Vec<String>,
    /// The paragraph of the resolution that asks for it.
    pub mandate: Option<i32>,
    /// How it stands with its resources: sought, secured, not_available.
    pub resources: Option<String>,
}

/// Which meetings.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only of this kind.
    pub kind: Option<&'a str>,
    /// Only with this number.
    pub session: Option<i32>,
    /// Only those that stand so.
    pub status: Option<&'a str>,
    /// Only those about this category.
    pub category: Option<&'a str>,
    /// Only those after this one.
    pub after: Option<Uuid>,
}

/// Meetings in the order of their ids, which is that of their convening.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: &Filter<'_>,
    rows: i64,
) -> sqlx::Result<Read<Vec<MeetingRow>>> {
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select m.meeting as id, m.kind, m.title, m.session, d.starts_on, d.ends_on, s.status, m.categories,
                              m.mandate, e.resources
                         from views.meeting m
                         join views.meeting_status s on s.meeting = m.meeting and log.holds(s.since, s.until, at.position)
                         join views.meeting_days d on d.meeting = m.meeting and log.holds(d.since, d.until, at.position)
                         left join views.meeting_resources e on e.meeting = m.meeting
                              and log.holds(e.since, e.until, at.position)
                        where m.since <= at.position
                          and ($2::text is null or m.kind = $2)
                          and ($3::int is null or m.session = $3)
                          and ($4::text is null or s.status = $4)
                          and ($5::text is null or $5 = any(m.categories))
                          and ($6::uuid is null or m.meeting > $6)
                        order by m.meeting limit $7) r) as "rows!: Json<Vec<MeetingRow>>",
                  coalesce(greatest(
                           (select max(since) from views.meeting_status where since <= at.position),
                           (select max(since) from views.meeting_days where since <= at.position),
                           (select max(since) from views.meeting_resources where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(as_of),
        filter.kind,
        filter.session,
        filter.status,
        filter.category,
        filter.after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}
