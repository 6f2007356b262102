//! Instruments, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};

/// An instrument in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = InstrumentItem)]
pub struct InstrumentRow {
    /// Its id.
    pub id: Uuid,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The category of standards that it asks about.
    pub category: String,
    /// The version of the classification that it is made under, and keeps.
    pub classification_version: i32,
    /// intersessional, presentation
    pub route: domain::instrument::Route,
    /// The number of its latest revision.
    pub latest_revision: Option<i32>,
    /// The number of its latest approved revision.
    pub approved_revision: Option<i32>,
    /// Where its latest revision stands: drafting, forwarded, under_review, presented, returned, approved, withdrawn.
    pub status: String,
}

captioned!(InstrumentRow.title);

/// Instruments in the order of their ids, which is that of their drafting.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
) -> sqlx::Result<PositionedRows<Vec<InstrumentRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with head as (select coalesce($1, h.position) as position from log.head h)
           select h.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select i.instrument as id, i.title, i.category, i.classification_version, i.route,
                              l.revision as latest_revision,
                              (select max(a.revision) from views.approval a
                                where a.instrument = i.instrument and a.since <= h.position) as approved_revision,
                              case
                                  when exists (select from views.instrument_withdrawal w
                                                where w.instrument = i.instrument and w.since <= h.position)
                                      then 'withdrawn'
                                  when exists (select from views.approval a
                                                where a.instrument = i.instrument and a.revision = l.revision
                                                  and a.since <= h.position)
                                      then 'approved'
                                  when p.revision is not null and b.revision is null then 'presented'
                                  when 'open' = any(c.statuses) then 'forwarded'
                                  when b.revision is not null then 'returned'
                                  when 'closed' = any(c.statuses) then 'under_review'
                                  else 'drafting'
                              end as status
                         from views.instrument i
                        cross join lateral (
                              select max(v.revision) as revision from views.revision v
                               where v.instrument = i.instrument and v.since <= h.position) l
                         left join views.presentation p on p.instrument = i.instrument and p.revision = l.revision
                              and log.holds(p.since, p.until, h.position)
                         left join views.revision_return b on b.instrument = i.instrument and b.revision = l.revision
                              and b.since <= h.position
                        cross join lateral (
                              select array_agg(s.status) as statuses
                                from views.consultation c
                                join views.consultation_status s on s.consultation = c.consultation
                                     and log.holds(s.since, s.until, h.position)
                               where c.instrument = i.instrument and c.revision = l.revision) c
                        where i.since <= h.position and ($2::uuid is null or i.instrument > $2)
                        order by i.instrument limit $3) r) as "rows!: Json<Vec<InstrumentRow>>",
                  coalesce(greatest(
                           (select max(since) from views.instrument where since <= h.position),
                           (select max(since) from views.revision where since <= h.position),
                           (select max(since) from views.consultation_status where since <= h.position),
                           (select max(since) from views.presentation where since <= h.position),
                           (select max(since) from views.revision_return where since <= h.position),
                           (select max(since) from views.instrument_withdrawal where since <= h.position),
                           (select max(since) from views.approval where since <= h.position)), 0) as "changed!"
             from head h"#,
        number(part.as_of),
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
