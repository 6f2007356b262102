//! Collections, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::Texts;

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
    /// `consenting` or `all`.
    pub basis: String,
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
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select c.collection as id, c.instrument, c.revision, c.title, c.reference, c.opened_on, s.status,
                              c.basis
                         from views.collection c
                         join views.collection_status s on s.collection = c.collection
                              and log.holds(s.since, s.until, at.position)
                        where c.since <= at.position and ($2::uuid is null or c.collection > $2)
                        order by c.collection limit $3) r) as "rows!: Json<Vec<CollectionRow>>",
                  coalesce((select max(since) from views.collection_status where since <= at.position), 0) as "changed!"
             from at"#,
        number(as_of),
        after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}

/// Whether the database knows a time zone by this name: figures compare days there. It is the machine's list, which may be
/// shorter than ours.
///
/// # Errors
/// The database does not answer.
pub async fn knows_zone(pool: &PgPool, name: &str) -> sqlx::Result<bool> {
    let local = sqlx::query_scalar!(
        r#"select (timestamptz 'epoch' at time zone $1)::text as "local!""#,
        name
    );
    match local.fetch_one(pool).await {
        Ok(_) => Ok(true),
        // invalid_parameter_value
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("22023") => Ok(false),
        Err(error) => Err(error),
    }
}
