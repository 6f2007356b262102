//! What is answered from a look-up, and not from a commit of one's own, waits here first.
//!
//! With a synchronous standby, a transaction is visible before it is replicated where the wait for that was broken off: its
//! connection was ended, or the server crashed. A promotion then loses it. So whoever acknowledges what was found (a
//! command that was recorded before) commits one small write first: write-ahead log is replicated in order, so that its
//! acknowledgement covers all that was visible before it. Where there is no such standby, nothing is written.
//!
//! What cannot be seen from here: an operator who cancels the wait of a commit that is still connected (`pg_cancel_backend`) makes
//! PostgreSQL answer that the commit succeeded, and warn in a notice that it may not be replicated; the client library shows
//! notices to nobody but the process's own log.

use std::time::Duration;

use sqlx::{PgConnection, PgExecutor, PgPool};
use tokio::sync::{mpsc, oneshot};

/// How often it is tried, over new connections, before whoever waits is told that nothing is known.
const TRIES: u32 = 8;
/// At most so many callers share a write.
const SHARED: usize = 1_024;

/// Writes what makes the commit of the statement or transaction that it stands in wait for the standby. A message to nobody
/// (there are no logical followers of ours): it needs no table, leaves no dead rows, and is of the transaction, so that there is a
/// commit to wait for. Weaker settings of `synchronous_commit` are raised for it; `remote_apply` stays.
///
/// # Errors
/// The database does not answer.
pub async fn write(executor: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select concat(pg_logical_emit_message(true, 'rapporteur', ''::text),
                       case when current_setting('synchronous_commit') <> 'remote_apply'
                            then set_config('synchronous_commit', 'on', true) end)
          where current_setting('synchronous_standby_names') <> ''"
    )
    .fetch_optional(executor)
    .await?;
    Ok(())
}

/// Sees to it that the commits of a connection wait until they are on the disk, and on the standby's where there is one, whatever
/// the database's default is. What waits for more, or for the standby's memory alone, stays as it is set.
///
/// # Errors
/// The database does not answer.
pub async fn insist(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select set_config('synchronous_commit', 'on', false)
          where current_setting('synchronous_commit') in ('off', 'local')"
    )
    .fetch_optional(connection)
    .await?;
    Ok(())
}

type WaitingCaller = oneshot::Sender<Result<(), String>>;

/// Where requests wait: all that have come share the next write.
pub(super) struct Barrier(mpsc::UnboundedSender<WaitingCaller>);

impl Barrier {
    /// The barrier, and what goes on behind it.
    pub(super) fn new(pool: PgPool) -> (Self, impl Future<Output = ()>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), attend(pool, receiver))
    }

    /// Returns when all that was visible when this was called is as safe as what an append was answered for.
    ///
    /// # Errors
    /// The database's words: whether it is safe is not known.
    pub(super) async fn pass(&self) -> Result<(), String> {
        let stopped = || "the log is closed".to_owned();
        let (waiting, passed) = oneshot::channel();
        self.0.send(waiting).map_err(|_| stopped())?;
        passed.await.unwrap_or_else(|_| Err(stopped()))
    }
}

/// In a task of its own: a caller that goes away in the middle leaves no connection behind that still waits.
async fn attend(pool: PgPool, mut receiver: mpsc::UnboundedReceiver<WaitingCaller>) {
    let mut waiting = Vec::new();
    while receiver.recv_many(&mut waiting, SHARED).await > 0 {
        let passed = attempt(&pool).await;
        for caller in waiting.drain(..) {
            let _ = caller.send(passed.clone());
        }
    }
}

/// Whether another try would fail too, and only make callers wait as long once more.
fn is_hopeless(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed)
}

async fn attempt(pool: &PgPool) -> Result<(), String> {
    let mut tried = 0;
    loop {
        match write(pool).await {
            Ok(()) => return Ok(()),
            Err(error) if tried < TRIES && !is_hopeless(&error) => {
                tracing::warn!(%error, "what was looked up could not be confirmed yet; it is tried again");
                tokio::time::sleep(Duration::from_millis(5 << tried)).await;
                tried += 1;
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}
