//! Collections and invitations, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Read, number, position};
use crate::domain::Texts;

/// A collection in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CollectionRow {
    /// Its id.
    pub id: Uuid,
    /// The instrument that was sent out.
    pub instrument: Uuid,
    /// The revision of it.
    pub revision: i32,
    /// Its title.
    pub title: Texts,
    /// The symbol of the note verbale.
    pub reference: String,
    /// The date of the note verbale.
    pub opened_on: String,
    /// `open` or `closed`.
    pub status: String,
}

/// An invitation: the party's kind and group are those of the day of the invitation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// Its kind on that day.
    pub kind: String,
    /// Its regional group on that day.
    pub regional_group: Option<String>,
    /// Its region on that day.
    pub region: Option<String>,
    /// Position of the invitation.
    pub since: i64,
    /// Whether it has replied: submitted and not withdrawn.
    pub replied: bool,
}

/// Collections in the order of their ids, which is that of their opening.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    after: Option<Uuid>,
    rows: i64,
) -> sqlx::Result<Read<Vec<CollectionRow>>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select c.collection as id, c.instrument, c.revision, c.title, c.reference, c.opened_on, s.status
                         from views.collection c
                         join views.collection_status s on s.collection = c.collection
                              and s.since <= coalesce($1, h.position)
                              and (s.until is null or s.until > coalesce($1, h.position))
                        where c.since <= coalesce($1, h.position) and ($2::uuid is null or c.collection > $2)
                        order by c.collection limit $3) r) as "rows!: Json<Vec<CollectionRow>>",
                  coalesce((select max(since) from views.collection_status where since <= coalesce($1, h.position)), 0) as "changed!"
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

/// Who is invited to a collection, in the order of codes.
///
/// # Errors
/// The database does not answer.
pub async fn invitations(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    after: Option<&str>,
    rows: i64,
) -> sqlx::Result<Read<Vec<InvitationRow>>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]') from (
                       select i.party, p.code, i.kind, i.regional_group, i.region, i.since,
                              exists (select from views.submission s
                                       where s.collection = i.collection and s.party = i.party
                                         and s.since <= coalesce($1, h.position)
                                         and (s.until is null or s.until > coalesce($1, h.position))) as replied
                         from views.invitation i
                         join views.party p on p.party = i.party
                        where i.collection = $2 and i.since <= coalesce($1, h.position)
                          and ($3::text is null or p.code > $3 collate "C")
                        order by p.code limit $4) r) as "rows!: Json<Vec<InvitationRow>>",
                  coalesce(greatest(
                           (select max(since) from views.invitation where collection = $2 and since <= coalesce($1, h.position)), 
                           (select max(since) from views.submission where collection = $2 and since <= coalesce($1, h.position)), 
                           (select max(until) from views.submission where collection = $2 and until <= coalesce($1, h.position))), 0) as "changed!"
             from log.head h"#,
        number(as_of),
        collection,
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
