//! Noting the log's tree as it grows: complete subtrees (`log.tree`), and now and then the root of all (`log.root`).
//!
//! Appends know nothing of it: it comes behind them, a page at a time, by one process at a time.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use tokio::sync::watch;
use tracing::Instrument;

use super::metrics::Progress;
use super::numbers::{number, stored};
use super::reading::ReadError;
use super::roots::{grow, leaves, noted, small};
use super::tree::{Node, TreeHash};

/// Leaves that are read at a time: whole subtrees, so that each page is noted.
const PAGE: u64 = 4_096;
/// How long others may work between two pages.
const BREATH: Duration = Duration::from_millis(10);
/// How long to pause once all is noted: a root for each append would make as many rows as the log has.
const PAUSE: Duration = Duration::from_secs(1);
/// The advisory lock by which one process notes at a time ("RappTree", in ASCII).
const LOCK: i64 = 0x5261_7070_5472_6565;

/// How far a page came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotingProgress {
    /// All is noted up to here, and there is more.
    More(u64),
    /// All is noted, up to here.
    Done(u64),
    /// Another process is at it.
    Elsewhere,
    /// The log has no event where the tree goes on, or ends before a root that was noted.
    Broken(u64),
}

/// Notes the next page of the tree, and the root where that is all. It keeps nothing between two pages: a database that lost its
/// last transactions when a standby took over must not be held against what was there before.
async fn page(pool: &PgPool) -> sqlx::Result<NotingProgress> {
    let mut transaction = pool.begin().await?;
    // What a crash takes of it is noted again, and it never is on disk before the events.
    let locked = sqlx::query!(
        r#"select set_config('synchronous_commit', 'off', true), pg_try_advisory_xact_lock($1) as "locked!""#,
        LOCK
    )
    .fetch_one(&mut *transaction)
    .await?;
    if !locked.locked {
        return Ok(NotingProgress::Elsewhere);
    }
    let row = sqlx::query!(
        r#"select position, (select coalesce(max(r.position), 0) from log.root r) as "root!" from log.head"#
    )
    .fetch_one(&mut *transaction)
    .await?;
    if row.root >= row.position {
        let broken = row.root > row.position;
        return Ok(if broken {
            NotingProgress::Broken(number(row.position))
        } else {
            NotingProgress::Done(number(row.position))
        });
    }
    let head = number(row.position);
    let mut frontier = noted(&mut transaction, head).await?;
    let until = head.min(frontier.size() + PAGE);
    let mut completed = Vec::new();
    for leaf in leaves(&mut *transaction, frontier.size(), until).await? {
        match grow(&mut frontier, &leaf) {
            Some(nodes) => completed.extend(nodes),
            None => break,
        }
    }
    if frontier.size() < until {
        return Ok(NotingProgress::Broken(frontier.size()));
    }
    let root = (until == head).then(|| frontier.root());
    note(&mut transaction, &completed, root.map(|root| (head, root))).await?;
    transaction.commit().await?;
    Ok(if root.is_some() {
        NotingProgress::Done(head)
    } else {
        NotingProgress::More(until)
    })
}

async fn note(
    connection: &mut PgConnection,
    nodes: &[Node],
    root: Option<(u64, TreeHash)>,
) -> sqlx::Result<()> {
    let levels: Vec<i16> = nodes.iter().map(|node| small(node.level)).collect();
    let indexes: Vec<i64> = nodes.iter().map(|node| stored(node.index)).collect();
    let hashes: Vec<Vec<u8>> = nodes
        .iter()
        .map(|node| node.hash.bytes().to_vec())
        .collect();
    sqlx::query!(
        "insert into log.tree (level, index, hash)
         select * from unnest($1::smallint[], $2::bigint[], $3::bytea[]) on conflict do nothing",
        &levels,
        &indexes,
        &hashes,
    )
    .execute(&mut *connection)
    .await?;
    if let Some((position, root)) = root {
        sqlx::query!(
            "insert into log.root (position, hash) values ($1, $2)",
            stored(position),
            root.bytes().as_slice()
        )
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// Notes all that is not noted yet.
///
/// # Errors
/// The database does not answer; [`ReadError::Stored`] where the log is damaged.
pub async fn catch_up(pool: &PgPool) -> Result<(), ReadError> {
    loop {
        match page(pool).await? {
            NotingProgress::Done(_) => return Ok(()),
            NotingProgress::More(_) => {}
            NotingProgress::Elsewhere => tokio::time::sleep(BREATH).await,
            NotingProgress::Broken(position) => return Err(damaged(position)),
        }
    }
}

fn damaged(position: u64) -> ReadError {
    ReadError::Stored {
        position,
        why: "the log's tree cannot go on from here: the next event is missing, or later ones were cut off".into(),
    }
}

/// Notes the tree as the log grows, behind everything else. Ends when it is aborted, or when the log turns out to be damaged.
pub(super) async fn keep_noting(pool: PgPool, mut head: watch::Receiver<u64>, progress: Progress) {
    loop {
        let paged = page(&pool).instrument(tracing::debug_span!("tree"));
        match paged.await {
            Ok(NotingProgress::More(position)) => {
                progress.reach(position);
                tokio::time::sleep(BREATH).await;
            }
            Ok(NotingProgress::Done(position)) => {
                progress.reach(position);
                if head.changed().await.is_err() {
                    return;
                }
                tokio::time::sleep(PAUSE).await;
            }
            Ok(NotingProgress::Elsewhere) => {
                progress.yield_to_other();
                tokio::time::sleep(PAUSE).await;
            }
            Ok(NotingProgress::Broken(position)) => {
                let error = damaged(position);
                tracing::error!(%error, "run `rapporteur verify`; roots are noted no more");
                return;
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => {
                tracing::warn!(%error, "the log's tree could not be noted yet; it is tried again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
