//! Releases of figures, and what was counted for one.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{number, position};
use domain::collection::{Basis, ReleaseCount};

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
    /// How many replies of Member States there were.
    pub replied: u32,
    /// How many of them it counts, in some section at least; none where it was made before there was a basis.
    pub counted: Option<u32>,
    /// How many of these the release before did not count.
    pub newly_counted: Option<u32>,
    /// The state of the log by which consent is judged.
    pub consent_as_of: u64,
}

impl ReleaseRow {
    /// By what its figures count whose answers: the position by which consent is judged, or none, where they stand on all.
    pub fn consent(&self, basis: Basis) -> Option<u64> {
        match basis {
            Basis::Consenting => Some(self.consent_as_of),
            Basis::All => None,
        }
    }
}

/// The releases of a collection, oldest first.
#[derive(Clone, Debug)]
pub struct Releases(pub Vec<ReleaseRow>);

impl Releases {
    /// The release with this number, or the newest; of those recorded at or before a position, if one is given.
    pub fn find(&self, release: Option<u32>, by: Option<u64>) -> Option<&ReleaseRow> {
        let mut recorded = self
            .0
            .iter()
            .rev()
            .filter(|row| by.is_none_or(|position| row.since <= position));
        recorded.find(|row| release.is_none_or(|release| row.release == release))
    }
}

/// The releases of a collection, oldest first.
pub async fn list(pool: &PgPool, collection: Uuid) -> sqlx::Result<Releases> {
    let found = sqlx::query!(
        r#"select (select coalesce(jsonb_agg(to_jsonb(q) order by q.release), '[]') from (
                       select r.release, r.position, log.rfc3339(s.time) as time, r.since,
                              log.rfc3339(e.time) as released_at, r.replied, r.counted, r.newly_counted,
                              r.consent_as_of
                         from views.release r
                         join log.event e on e.position = r.since
                         left join log.event s on s.position = r.position
                        where r.collection = $1) q) as "rows!: Json<Vec<ReleaseRow>>""#,
        collection
    )
    .fetch_one(pool)
    .await?;
    Ok(Releases(found.rows.0))
}

/// What would be counted in a release of this position now, and how much of it the last release did not count: of versions
/// of which some section is consented to, or of all.
pub async fn count_release(
    pool: &PgPool,
    collection: Uuid,
    at: u64,
    basis: Basis,
    sections: &[String],
) -> sqlx::Result<ReleaseCount> {
    let found = sqlx::query_file!(
        "src/reading/counted.sql",
        collection,
        number(Some(at)),
        basis == Basis::All,
        sections
    )
    .fetch_one(pool)
    .await?;
    let count = |found| u32::try_from(found).unwrap_or(0);
    Ok(ReleaseCount {
        replied: count(found.replied),
        counted: count(found.counted),
        newly_counted: count(found.newly_counted),
        consent_as_of: position(found.consent_as_of),
        is_unchanged: found.is_unchanged,
    })
}
