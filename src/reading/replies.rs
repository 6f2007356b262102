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

/// Which replies of a collection are seen.
#[derive(Clone, Copy, Debug)]
pub enum Sees {
    /// All of them.
    All,
    /// Those of which something is published, as they were submitted.
    Published {
        /// And that of this party, as it stands.
        besides: Option<Uuid>,
    },
}

/// The replies of a collection that are seen, in the order of the parties' codes. What is published is judged by the
/// consents that hold now, whatever `as_of` says.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    sees: Sees,
    after: Option<&str>,
    rows: i64,
) -> sqlx::Result<Read<Vec<ReplyRow>>> {
    let (all, party) = match sees {
        Sees::All => (true, None),
        Sees::Published { besides } => (false, besides),
    };
    let found = sqlx::query!(
        r#"with seen as materialized (
                  select r.reply, r.party, r.since, $6 or r.party is not distinct from $3 as whole
                    from views.reply r
                   where r.collection = $2
                     and ($6 or r.party = $3
                          or exists (select from views.consent c where c.reply = r.reply and c.until is null)))
           select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(q) order by q.code), '[]') from (
                       select r.reply as id, r.party, p.code, s.version as submitted_version,
                              log.rfc3339(s.received_at) as received_at
                         from seen r
                         join views.party p on p.party = r.party
                         left join views.submission s on s.collection = $2 and s.reply = r.reply
                              and s.since <= coalesce($1, h.position)
                              and (s.until is null or s.until > coalesce($1, h.position))
                        where r.since <= coalesce($1, h.position) and (r.whole or s.version is not null)
                          and ($4::text is null or p.code > $4 collate "C")
                        order by p.code limit $5) q) as "rows!: Json<Vec<ReplyRow>>",
                  coalesce(greatest(
                           (select max(since) from seen where whole and since <= coalesce($1, h.position)),
                           (select max(s.since) from views.submission s join seen r on r.reply = s.reply
                             where s.collection = $2 and s.since <= coalesce($1, h.position)),
                           (select max(s.until) from views.submission s join seen r on r.reply = s.reply
                             where s.collection = $2 and s.until <= coalesce($1, h.position)),
                           (select max(greatest(c.since, c.until)) from views.reply r
                              join views.consent c on c.reply = r.reply where r.collection = $2 and not $6)), 0) as "changed!"
             from log.head h"#,
        number(as_of),
        collection,
        party,
        after,
        rows,
        all
    )
    .fetch_one(pool)
    .await?;
    Ok(Read {
        rows: found.rows.0,
        changed: position(found.changed),
        position: position(found.position),
    })
}

/// Where in the log a reply was submitted, and where its publication was decided.
#[derive(Clone, Copy, Debug)]
pub struct Submitted {
    /// The submission that holds; none where none does.
    pub submitted: Option<u64>,
    /// The consent that holds now; 0 where none does.
    pub decided: u64,
}

/// Where a reply was submitted as of a position (null: now), and where what may be published of it now was decided.
///
/// # Errors
/// The database does not answer.
pub async fn submitted(pool: &PgPool, reply: Uuid, as_of: Option<u64>) -> sqlx::Result<Submitted> {
    let found = sqlx::query!(
        r#"select (select max(s.since) from views.submission s join views.reply r using (collection, reply)
                    where r.reply = $1 and s.since <= coalesce($2, s.since)
                      and (s.until is null or s.until > $2)) as submitted,
                  coalesce((select max(c.since) from views.consent c
                             where c.reply = $1 and c.until is null), 0) as "decided!""#,
        reply,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(Submitted {
        submitted: found.submitted.map(position),
        decided: position(found.decided),
    })
}
