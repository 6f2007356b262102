//! Releases of figures, and what was counted for one.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{number, position};
use crate::domain::collection::Counted;

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRow {
    /// 1, 2, 3 within the collection.
    pub release: u32,
    /// The state of the log that is shown.
    pub position: u64,
    /// When that state was recorded.
    pub time: Option<String>,
    /// Where in the log the release stands.
    pub since: u64,
    /// When it was released.
    pub released_at: Option<String>,
    /// How many replies of Member States it counts.
    pub counted: u32,
    /// How many of them the release before did not count.
    pub newly_counted: u32,
}

/// The releases of a collection.
#[derive(Clone, Debug)]
pub struct Releases {
    /// Oldest first.
    pub rows: Vec<ReleaseRow>,
    /// The last position that could have changed what the public sees of them: of a release, or of a party's consent.
    pub changed: u64,
}

impl Releases {
    /// The release with this number, or the newest; of those recorded at or before a position, if one is given.
    pub fn find(&self, release: Option<u32>, by: Option<u64>) -> Option<&ReleaseRow> {
        let mut recorded = self
            .rows
            .iter()
            .rev()
            .filter(|row| by.is_none_or(|position| row.since <= position));
        recorded.find(|row| release.is_none_or(|release| row.release == release))
    }
}

/// The releases of a collection, oldest first.
///
/// # Errors
/// The database does not answer.
pub async fn list(pool: &PgPool, collection: Uuid) -> sqlx::Result<Releases> {
    let found = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(q) order by q.release), '[]') from (
                       select r.release, r.position, log.rfc3339(s.time) as time, r.since,
                              log.rfc3339(e.time) as released_at, r.counted, r.newly_counted
                         from views.release r
                         join log.event e on e.position = r.since
                         left join log.event s on s.position = r.position
                        where r.collection = $1) q) as "rows!: Json<Vec<ReleaseRow>>",
                  coalesce(greatest(
                           (select max(since) from views.release where collection = $1),
                           (select max(greatest(c.since, c.until)) from views.reply r
                              join views.consent c on c.reply = r.reply where r.collection = $1)), 0) as "changed!""#,
        collection
    )
    .fetch_one(pool)
    .await?;
    Ok(Releases {
        rows: found.rows.0,
        changed: position(found.changed),
    })
}

/// What is counted at a position, and how much of it was not counted at that of the last release.
///
/// # Errors
/// The database does not answer.
pub async fn counted(
    pool: &PgPool,
    collection: Uuid,
    at: u64,
    last: Option<u64>,
) -> sqlx::Result<Counted> {
    let found = sqlx::query!(
        r#"select count(*)::int as "counted!",
                  (count(*) filter (where not exists (
                       select from views.submission b
                        where b.collection = s.collection and b.reply = s.reply and b.since <= $3
                          and (b.until is null or b.until > $3))))::int as "newly_counted!"
             from views.submission s
             join views.invitation i on i.collection = s.collection and i.party = s.party
            where s.collection = $1 and i.kind = 'member_state'
              and s.since <= $2 and (s.until is null or s.until > $2)"#,
        collection,
        number(Some(at)),
        number(last)
    )
    .fetch_one(pool)
    .await?;
    Ok(Counted {
        counted: u32::try_from(found.counted).unwrap_or(0),
        newly_counted: u32::try_from(found.newly_counted).unwrap_or(0),
    })
}
