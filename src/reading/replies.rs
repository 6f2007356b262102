//! Replies, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Read, number, position};

/// A reply in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReplyRow {
    /// Its id.
    pub id: Uuid,
    /// The party whose reply it is.
    pub party: Uuid,
    /// The party's code.
    pub code: String,
    /// The version that counts; null where none was submitted.
    pub submitted_version: Option<i32>,
    /// When that version was received (RFC 3339); null where none was submitted.
    pub received_at: Option<String>,
}

/// The replies of a collection in the order of the parties' codes, of one party or of all.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    party: Option<Uuid>,
    after: Option<&str>,
    rows: i64,
) -> sqlx::Result<Read<Vec<ReplyRow>>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(q) order by q.code), '[]') from (
                       select r.reply as id, r.party, p.code, s.version as submitted_version,
                              log.rfc3339(s.received_at) as received_at
                         from views.reply r
                         join views.party p on p.party = r.party
                         left join views.submission s on s.collection = r.collection and s.reply = r.reply
                              and s.since <= coalesce($1, h.position)
                              and (s.until is null or s.until > coalesce($1, h.position))
                        where r.collection = $2 and r.since <= coalesce($1, h.position)
                          and ($3::uuid is null or r.party = $3)
                          and ($4::text is null or p.code > $4 collate "C")
                        order by p.code limit $5) q) as "rows!: Json<Vec<ReplyRow>>",
                  coalesce(greatest(
                           (select max(since) from views.reply where collection = $2 and ($3::uuid is null or party = $3)
                              and since <= coalesce($1, h.position)), 
                           (select max(since) from views.submission where collection = $2 and ($3::uuid is null or party = $3)
                              and since <= coalesce($1, h.position)), 
                           (select max(until) from views.submission where collection = $2 and ($3::uuid is null or party = $3)
                              and until <= coalesce($1, h.position))), 0) as "changed!"
             from log.head h"#,
        number(as_of),
        collection,
        party,
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
