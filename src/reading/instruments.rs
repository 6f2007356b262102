//! Instruments, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Read, number, position};
use crate::domain::Texts;

/// An instrument in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InstrumentRow {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: Texts,
    /// The category of standards that it asks about.
    pub category: String,
    /// How it is approved.
    pub route: String,
    /// The number of its latest revision.
    pub latest_revision: Option<i32>,
    /// The number of its latest approved revision.
    pub approved_revision: Option<i32>,
}

/// Instruments in the order of their ids, which is that of their drafting.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    after: Option<Uuid>,
    rows: i64,
) -> sqlx::Result<Read<Vec<InstrumentRow>>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select i.instrument as id, i.title, i.category, i.route,
                              (select max(v.revision) from views.revision v where v.instrument = i.instrument
                                  and v.since <= coalesce($1, h.position)) as latest_revision,
                              (select max(a.revision) from views.approval a where a.instrument = i.instrument
                                  and a.since <= coalesce($1, h.position)) as approved_revision
                         from views.instrument i
                        where i.since <= coalesce($1, h.position) and ($2::uuid is null or i.instrument > $2)
                        order by i.instrument limit $3) r) as "rows!: Json<Vec<InstrumentRow>>",
                  coalesce(greatest(
                           (select max(since) from views.instrument where since <= coalesce($1, h.position)), 
                           (select max(since) from views.revision where since <= coalesce($1, h.position)), 
                           (select max(since) from views.approval where since <= coalesce($1, h.position))), 0) as "changed!"
             from log.head h"#,
        number(as_of),
        after,
        rows
    )
    .fetch_one(pool)
    .await?;
    Ok(Read {
        rows: found.rows.0,
        changed: position(found.changed),
        position: position(found.position),
    })
}
