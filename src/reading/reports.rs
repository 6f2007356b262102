//! Reports, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::Texts;

/// A report in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportRow {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: Texts,
    /// What it is for.
    pub purpose: String,
    /// The session of the Commission, or the Congress, that it is for.
    pub session: u16,
    /// The position that it is compiled as of.
    pub compiled: Option<u64>,
    /// The day of its publication.
    pub published_on: Option<String>,
    /// Whether it was given up.
    pub abandoned: bool,
}

/// Reports in the order of their ids, which is that in which they were begun; of those published only, where `published`.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    published: bool,
    after: Option<Uuid>,
    rows: i64,
) -> sqlx::Result<Read<Vec<ReportRow>>> {
    sqlx::query_as!(
        Found,
        r#"with now as (select coalesce($1, h.position) as position from log.head h)
           select now.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(q) order by q.id), '[]') from (
                       select r.report as id, r.title, r.purpose, r.session, c.position as compiled, p.published_on,
                              a.report is not null as abandoned
                         from views.report r
                         left join views.report_compilation c on c.report = r.report
                              and log.holds(c.since, c.until, now.position)
                         left join views.report_publication p on p.report = r.report and p.since <= now.position
                         left join views.report_abandonment a on a.report = r.report and a.since <= now.position
                        where log.holds(r.since, r.until, now.position) and (p.report is not null or not $2)
                              and ($3::uuid is null or r.report > $3)
                        order by r.report limit $4) q) as "rows!: Json<Vec<ReportRow>>",
                  coalesce(greatest(
                           (select max(since) from views.report where since <= now.position),
                           (select max(since) from views.report_compilation where since <= now.position),
                           (select max(since) from views.report_abandonment where since <= now.position),
                           (select max(since) from views.report_publication where since <= now.position)), 0) as "changed!"
             from now"#,
        number(as_of),
        published,
        after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}
