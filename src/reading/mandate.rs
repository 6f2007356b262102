//! The events that the mandate tracker's rules read.

use sqlx::PgPool;

use super::{Read, number, position};
use crate::domain::mandate::Recorded;

/// The events up to a position, in their order.
///
/// # Errors
/// The database does not answer.
pub async fn events(pool: &PgPool, as_of: Option<u64>) -> sqlx::Result<Read<Vec<Recorded>>> {
    let rows = sqlx::query!(
        r#"select coalesce($1, h.position) as "head!", e.position as "position?", e.stream as "stream?",
                  e.kind as "kind?", e.data as "data?"
             from log.head h
             left join views.mandate_event e on e.position <= coalesce($1, h.position)
            order by e.position"#,
        number(as_of)
    )
    .fetch_all(pool)
    .await?;
    let head = rows.first().map_or(0, |row| position(row.head));
    let events = rows.into_iter().filter_map(|row| {
        Some(Recorded {
            position: position(row.position?),
            stream: row.stream?,
            kind: row.kind?,
            data: row.data?,
        })
    });
    let events: Vec<Recorded> = events.collect();
    Ok(Read {
        changed: events.last().map_or(0, |event| event.position),
        rows: events,
        position: head,
    })
}
