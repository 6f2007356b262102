//! Materials kept under review, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::Texts;

/// A material in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MaterialRow {
    /// Its id.
    pub id: Uuid,
    /// manual, model_law
    pub kind: String,
    /// What it is called.
    pub title: Texts,
    /// The codes of the standards that it is about.
    pub standards: Vec<String>,
    /// under_review, revised, issued
    pub status: String,
    /// Since which day it stands so.
    pub status_on: String,
    /// sought, secured, not_available
    pub resources: Option<String>,
}

/// Which materials.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only manuals, or only model laws.
    pub kind: Option<&'a str>,
    /// Only those that stand so.
    pub status: Option<&'a str>,
    /// Only those about this standard.
    pub standard: Option<&'a str>,
    /// Only those after this one.
    pub after: Option<Uuid>,
}

/// Materials in the order of their ids, which is that in which they were taken up.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: &Filter<'_>,
    rows: i64,
) -> sqlx::Result<Read<Vec<MaterialRow>>> {
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select m.material as id, m.kind, k.title, k.standards, s.status, s.day as status_on,
                              (select r.resources from views.material_resources r
                                where r.material = m.material and log.holds(r.since, r.until, at.position)) as resources
                         from views.material m
                         join views.material_subject k on k.material = m.material and log.holds(k.since, k.until, at.position)
                         join views.material_status s on s.material = m.material and log.holds(s.since, s.until, at.position)
                        where ($2::text is null or m.kind = $2)
                          and ($3::text is null or s.status = $3)
                          and ($4::text is null or $4 = any(k.standards))
                          and ($5::uuid is null or m.material > $5)
                        order by m.material limit $6) r) as "rows!: Json<Vec<MaterialRow>>",
                  coalesce(greatest(
                           (select max(since) from views.material_subject where since <= at.position),
                           (select max(since) from views.material_status where since <= at.position),
                           (select max(since) from views.material_resources where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(as_of),
        filter.kind,
        filter.status,
        filter.standard,
        filter.after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}
