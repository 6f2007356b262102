//! Collections, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};

/// A collection in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CollectionItem)]
pub struct CollectionRow {
    /// Its id.
    pub id: Uuid,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The instrument that was sent out.
    pub instrument: Uuid,
    /// The revision of it.
    pub revision: i32,
    /// The note verbale or letter.
    pub reference: String,
    /// The date of the letter.
    pub opened_on: jiff::civil::Date,
    /// `open` or `closed`.
    pub status: domain::collection::Status,
    /// On whom its public figures stand: `consenting` or `all`.
    pub basis: domain::collection::Basis,
}

captioned!(CollectionRow.title);

/// Collections in the order of their ids, which is that of their opening.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
) -> sqlx::Result<PositionedRows<Vec<CollectionRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select c.collection as id, c.instrument, v.revision, c.title, c.reference, c.opened_on, s.status,
                              c.basis
                         from views.collection c
                         join views.collection_revision v on v.collection = c.collection
                              and log.holds(v.since, v.until, at.position)
                         join views.collection_status s on s.collection = c.collection
                              and log.holds(s.since, s.until, at.position)
                        where c.since <= at.position and ($2::uuid is null or c.collection > $2)
                        order by c.collection limit $3) r) as "rows!: Json<Vec<CollectionRow>>",
                  coalesce(greatest(
                      (select max(since) from views.collection_status where since <= at.position),
                      (select max(since) from views.collection_revision where since <= at.position)), 0) as "changed!"
             from at"#,
        number(part.as_of),
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// A collection, and how much was replied to it.
#[derive(Clone, Debug, Deserialize)]
pub struct RepliedCollection {
    /// Its id.
    pub collection: Uuid,
    /// How many replies there are: submitted and not withdrawn.
    pub replied: u64,
    /// The last position at which one came, was replaced or withdrawn; or that at which the collection was opened.
    pub changed: u64,
}

/// All collections in the order of their opening, and how much was replied to each.
pub async fn replied(
    pool: &PgPool,
    as_of: Option<u64>,
) -> sqlx::Result<PositionedRows<Vec<RepliedCollection>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h), counted as (
               select c.collection, count(s.reply) filter (where log.holds(s.since, s.until, at.position)) as replied,
                      greatest(c.since, max(s.since), max(s.until) filter (where s.until <= at.position)) as changed
                 from at
                 join views.collection c on c.since <= at.position
                 left join views.submission s on s.collection = c.collection and s.since <= at.position
                group by c.collection, c.since)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(c) order by c.collection), '[]') from counted c)
                      as "rows!: Json<Vec<RepliedCollection>>",
                  coalesce((select max(c.changed) from counted c), 0) as "changed!"
             from at"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// Whether the database knows a time zone by this name: figures compare days there. It is the machine's list, which may be
/// shorter than ours.
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
