//! Rounds: what a party answered to the same questions before.

use sqlx::PgPool;
use uuid::Uuid;

use super::position;
use domain::reply::PreviousVersion;
use domain::{CollectionId, InstrumentId, ReplyId};

/// Of each of these instruments the version of a party's that was accepted last, in another collection than this one, and whose
/// reply was not withdrawn since. The one accepted last comes first.
pub async fn accepted_versions(
    pool: &PgPool,
    collection: Uuid,
    party: Uuid,
    instruments: &[Uuid],
) -> sqlx::Result<Vec<PreviousVersion>> {
    let found = sqlx::query!(
        r#"select last.instrument as "instrument!", last.collection as "collection!", last.reply as "reply!",
                  last.version as "version!"
             from (select distinct on (c.instrument) c.instrument, r.collection, r.reply, s.version, a.since
                     from views.reply r
                     join views.collection c using (collection)
                     join views.acceptance a on a.reply = r.reply and a.until is distinct from a.since
                     join views.submission s on s.collection = r.collection and s.reply = r.reply and s.since < a.since
                      and (s.until is null or s.until > a.since)
                    where r.party = $2 and r.collection <> $1 and c.instrument = any ($3)
                      and exists (select from views.submission held
                                   where held.collection = r.collection and held.reply = r.reply and held.until is null)
                    order by c.instrument, a.since desc) as last
            order by last.since desc"#,
        collection,
        party,
        instruments
    )
    .fetch_all(pool)
    .await?;
    let versions = found.into_iter().map(|row| PreviousVersion {
        instrument: InstrumentId(row.instrument),
        collection: CollectionId(row.collection),
        reply: ReplyId(row.reply),
        version: u32::try_from(row.version).unwrap_or_default(),
    });
    Ok(versions.collect())
}

/// Where in the log a version was submitted.
pub async fn submission_position(
    pool: &PgPool,
    version: PreviousVersion,
) -> sqlx::Result<Option<u64>> {
    let found = sqlx::query_scalar!(
        r#"select min(since) as "since" from views.submission
            where collection = $1 and reply = $2 and version = $3"#,
        version.collection.0,
        version.reply.0,
        i32::try_from(version.version).unwrap_or(i32::MAX)
    )
    .fetch_one(pool)
    .await?;
    Ok(found.map(position))
}
