//! The events that the mandate tracker's rules read.

use sqlx::PgPool;

use super::{Read, number, position};
use domain::mandate::Recorded;

/// The position that is looked at, and the last up to there at which something happened that the rules read.
///
/// # Errors
/// The database does not answer.
pub async fn changed(pool: &PgPool, as_of: Option<u64>) -> sqlx::Result<Read<()>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "head!",
                  (select coalesce(max(e.position), 0) from views.mandate_event e
                    where e.position <= coalesce($1, h.position)) as "changed!"
             from log.head h"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(Read {
        rows: (),
        position: position(found.head),
        changed: position(found.changed),
    })
}

/// The events up to a position, in their order.
///
/// # Errors
/// The database does not answer.
pub async fn events(pool: &PgPool, until: u64) -> sqlx::Result<Vec<Recorded>> {
    let rows = sqlx::query!(
        "select position, stream, kind, data from views.mandate_event where position <= $1 order by position",
        number(Some(until))
    )
    .fetch_all(pool)
    .await?;
    let events = rows.into_iter().map(|row| Recorded {
        position: position(row.position),
        stream: row.stream,
        kind: row.kind,
        data: row.data,
    });
    Ok(events.collect())
}
