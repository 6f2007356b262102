//! Building views beside the old ones, and swapping them under the head lock.

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tracing::Instrument;

use super::Definitions;
use super::replay::Batch;
use crate::numbers::number;

/// The head lock is taken once no more events than this are left to project.
const CLOSE: i64 = 2_000;
/// The advisory lock that keeps two rebuilds apart ("Rapporte", in ASCII).
const LOCK: i64 = 0x5261_7070_6f72_7465;

/// What a rebuild did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RebuildSummary {
    /// How many events were projected.
    pub events: u64,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// A rebuild that failed; the old views stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// Another program rebuilds these views right now.
    #[error("another program is rebuilding the views")]
    Busy,
    /// An event cannot be projected by these definitions.
    #[error("the event at position {position} cannot be projected, so the old views stay: {why}")]
    Poisoned {
        /// The event's position.
        position: i64,
        /// The database's words.
        why: String,
    },
    /// The database does not answer, or refuses.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// How the database's views stand to a program's definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewsStanding {
    /// They are the same.
    Same,
    /// None are built yet.
    Absent,
    /// They are of a lower generation: this program may swap them.
    Older(i32),
    /// They differ, and are not older: this program must not write.
    Foreign(i32),
}

/// How the views of the database stand to `definitions`.
///
/// # Errors
/// The database does not answer.
pub async fn standing(
    connection: &mut PgConnection,
    definitions: &Definitions,
) -> sqlx::Result<ViewsStanding> {
    let head = sqlx::query!("select views_generation, views_hash from log.head")
        .fetch_one(connection)
        .await?;
    Ok(match (head.views_generation, head.views_hash) {
        (_, Some(hash)) if hash == definitions.hash() => ViewsStanding::Same,
        (Some(generation), Some(_)) if generation < definitions.generation => {
            ViewsStanding::Older(generation)
        }
        (Some(generation), Some(_)) => ViewsStanding::Foreign(generation),
        _ => ViewsStanding::Absent,
    })
}

/// Builds the views where there are none or older ones; leaves them where they are the same or foreign.
///
/// # Errors
/// [`RebuildError`]; [`RebuildError::Busy`] cannot occur: it waits for another program to finish, and looks again.
pub async fn ensure(
    owner: &PgConnectOptions,
    definitions: &Definitions,
) -> Result<ViewsStanding, RebuildError> {
    loop {
        let mut connection = connect(owner).await?;
        let found = standing(&mut connection, definitions).await?;
        let done = match found {
            ViewsStanding::Same | ViewsStanding::Foreign(_) => true,
            ViewsStanding::Absent | ViewsStanding::Older(_) if lock(&mut connection).await? => {
                // Before the lock was ours, another program may have been faster, and newer than this one.
                let still = standing(&mut connection, definitions).await? == found;
                let built = if still {
                    build(&mut connection, owner, definitions).await.map(drop)
                } else {
                    Ok(())
                };
                unlock(&mut connection).await;
                built?;
                still
            }
            ViewsStanding::Absent | ViewsStanding::Older(_) => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                false
            }
        };
        connection.close().await?;
        if done {
            return Ok(found);
        }
    }
}

/// Builds all views beside the present ones, catches up with the log while appends go on, and swaps.
///
/// # Errors
/// [`RebuildError`]; the old views stay.
pub async fn rebuild(
    owner: &PgConnectOptions,
    definitions: &Definitions,
) -> Result<RebuildSummary, RebuildError> {
    let started = clock::stopwatch();
    let mut connection = connect(owner).await?;
    if !lock(&mut connection).await? {
        return Err(RebuildError::Busy);
    }
    let built = build(&mut connection, owner, definitions).await;
    unlock(&mut connection).await;
    let closed = connection.close().await;
    let events = built?;
    closed?;
    Ok(RebuildSummary {
        events: number(events),
        milliseconds: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    })
}

async fn connect(owner: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    owner
        .clone()
        .application_name("rapporteur rebuild")
        .options(super::session("views_next"))
        // What a crash takes of views that are not swapped in yet is built again anyway.
        .options([("work_mem", "64MB"), ("synchronous_commit", "off")])
        .disable_statement_logging() // statements that take a second are what it is made of
        .connect()
        .await
}

/// Takes the right to rebuild for this connection, until it closes; answers false where another one has it.
async fn lock(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "locked!""#, LOCK)
        .fetch_one(connection)
        .await
}

/// Gives the right to rebuild back. A connection that is closed gives it back too, but only when the server has noticed; whoever
/// comes next must not find it taken still.
async fn unlock(connection: &mut PgConnection) {
    let unlocked = sqlx::query("select pg_advisory_unlock($1)").bind(LOCK);
    if let Err(error) = unlocked.execute(connection).await {
        tracing::warn!(%error, "the right to rebuild is given back only with the connection");
    }
}

/// Builds and swaps under the lock, and leaves nothing lying about; answers how many events were projected.
async fn build(
    connection: &mut PgConnection,
    owner: &PgConnectOptions,
    definitions: &Definitions,
) -> Result<i64, RebuildError> {
    let span = tracing::info_span!("rebuild", generation = definitions.generation);
    let built = build_beside(connection, owner, definitions).instrument(span);
    let built = built.await;
    // A reader may still hold a table of the old schema; then the next rebuild drops it.
    if let Err(error) = drop_leftovers(connection).await {
        tracing::warn!(%error, "what is left of other views could not be dropped yet");
    }
    built
}

async fn build_beside(
    connection: &mut PgConnection,
    owner: &PgConnectOptions,
    definitions: &Definitions,
) -> Result<i64, RebuildError> {
    drop_leftovers(connection).await?;
    sqlx::raw_sql("create schema views_next")
        .execute(&mut *connection)
        .await?;
    for statement in definitions.statements("views_next") {
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut *connection)
            .await?;
    }
    let mut reader = owner.connect().await?;
    let done = catch_up(connection, &mut reader, definitions).await?;
    reader.close().await?;
    swap(connection, definitions, done)
        .instrument(tracing::debug_span!("swap", from = done))
        .await
}

/// Drops what an earlier rebuild left over: its unfinished schema, and the one that it replaced.
async fn drop_leftovers(connection: &mut PgConnection) -> sqlx::Result<()> {
    let mut transaction = connection.begin().await?;
    sqlx::raw_sql("set local lock_timeout = '2s'; set local client_min_messages = warning;
                   drop schema if exists views_next cascade; drop schema if exists views_old cascade")
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Projects the log until little is left, and answers the position reached.
async fn catch_up(
    connection: &mut PgConnection,
    reader: &mut PgConnection,
    definitions: &Definitions,
) -> Result<i64, RebuildError> {
    let mut batch = Batch::read(reader, 0, 0).await?;
    loop {
        let head = sqlx::query_scalar!("select position from log.head")
            .fetch_one(&mut *reader)
            .await?;
        if head - batch.until() <= CLOSE {
            batch.project(connection, definitions).await?;
            break;
        }
        let next = Batch::read(reader, batch.until(), head);
        let span = tracing::debug_span!("projection", until = batch.until());
        let projected = batch.project(connection, definitions).instrument(span);
        let (next, ()) = tokio::try_join!(next, projected)?;
        batch = next;
    }
    // What was just projected has no statistics yet, and the swap should not wait for them.
    sqlx::raw_sql(
        "do $$ declare t text; begin
             for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'views_next'
             loop execute 'analyze ' || t; end loop;
         end $$",
    )
    .execute(connection)
    .await?;
    Ok(batch.until())
}

/// Projects the rest under the head lock, and renames. Appends wait for this, and find the new views.
async fn swap(
    connection: &mut PgConnection,
    definitions: &Definitions,
    mut done: i64,
) -> Result<i64, RebuildError> {
    let mut transaction = connection.begin().await?;
    let head = sqlx::query_scalar!("select position from log.head for update")
        .fetch_one(&mut *transaction)
        .await?;
    while done < head {
        let rest = Batch::read(&mut transaction, done, head).await?;
        rest.project(&mut transaction, definitions).await?;
        done = rest.until();
    }
    sqlx::raw_sql(
        "set local synchronous_commit = on;
         do $$ begin
             if to_regnamespace('views') is not null then alter schema views rename to views_old; end if;
         end $$;
         alter schema views_next rename to views",
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "update log.head set views_generation = $1, views_hash = $2",
        definitions.generation,
        definitions.hash()
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(head)
}
