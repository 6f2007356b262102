//! Reports, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};

/// A report in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportItem)]
pub struct ReportRow {
    /// Its id.
    pub id: Uuid,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// findings, progress, congress
    pub purpose: domain::report::Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    pub session: u16,
    /// The position that it is compiled as of.
    pub compiled: Option<u64>,
    /// The day of its publication.
    pub published_on: Option<jiff::civil::Date>,
    /// Whether it was given up.
    pub abandoned: bool,
}

captioned!(ReportRow.title);

/// Reports in the order of their ids, which is that in which they were begun; of those published only, where `published`.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    published: bool,
) -> sqlx::Result<PositionedRows<Vec<ReportRow>>> {
    let found = sqlx::query_as!(
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
        number(part.as_of),
        published,
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
