//! The events that the mandate tracker's rules read.

use sqlx::PgPool;

use super::{PositionedRows, number, position};
use domain::mandate::MandateEvent;

/// The position that is looked at, and the last up to there at which something happened that the rules read.
pub async fn changed(pool: &PgPool, as_of: Option<u64>) -> sqlx::Result<PositionedRows<()>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "head!",
                  (select coalesce(max(e.position), 0) from views.mandate_event e
                    where e.position <= coalesce($1, h.position)) as "changed!"
             from log.head h"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(PositionedRows {
        rows: (),
        position: position(found.head),
        changed: position(found.changed),
    })
}

/// The events up to a position, in their order.
pub async fn events(pool: &PgPool, until: u64) -> sqlx::Result<Vec<MandateEvent>> {
    let rows = sqlx::query!(
        "select position, stream, kind, data from views.mandate_event where position <= $1 order by position",
        number(Some(until))
    )
    .fetch_all(pool)
    .await?;
    let events = rows.into_iter().map(|row| MandateEvent {
        position: position(row.position),
        stream: row.stream,
        kind: row.kind,
        data: row.data,
    });
    Ok(events.collect())
}
