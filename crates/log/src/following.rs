//! Followers: woken by LISTEN and, regardless, every few seconds; the position in the database is the truth.
//!
//! A process knows of its own appends, and tells the others from time to time: to notify with each append would make its
//! transaction longer, and wake a listener in every process thousands of times a second.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::watch;
use tracing::Instrument;

use super::metrics::Progress;

use super::numbers::number;

/// A notification may be lost with its connection; this bounds how long that can go unnoticed.
const REGARDLESS: Duration = Duration::from_secs(2);

/// How long to wait after one announcement before the next.
const PAUSE: Duration = Duration::from_millis(20);

/// Raises `head` to the log's head position whenever it hears or finds that there is more. Ends only when aborted.
pub(super) async fn follow(connect: PgConnectOptions, head: watch::Sender<u64>) {
    loop {
        if let Err(error) = listen(&connect, &head).await {
            tracing::warn!(%error, "the log's follower lost its connection; it tries again");
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

async fn listen(connect: &PgConnectOptions, head: &watch::Sender<u64>) -> sqlx::Result<()> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(connect.clone())
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen("log").await?;
    let mut reader = PgConnection::connect_with(connect).await?;
    loop {
        let position = sqlx::query_scalar!("select position from log.head")
            .fetch_one(&mut reader)
            .await?;
        raise(head, number(position));
        // Each notification says how far the log is; only where none comes is it looked up.
        while let Ok(heard) = tokio::time::timeout(REGARDLESS, listener.recv()).await {
            match heard?.payload().parse() {
                Ok(position) => raise(head, position),
                Err(_) => break,
            }
        }
    }
}

/// Tells other processes how far this one has `appended`. Ends when nothing appends any more.
pub(super) async fn announce(pool: PgPool, mut appended: watch::Receiver<u64>, progress: Progress) {
    progress.reach(0);
    while appended.changed().await.is_ok() {
        let position = *appended.borrow_and_update();
        // Nothing is lost if the notification is: so nobody has to wait for a disk.
        let told = sqlx::query!(
            "select set_config('synchronous_commit', 'off', true), pg_notify('log', $1)",
            position.to_string()
        );
        let told = told
            .fetch_one(&pool)
            .instrument(tracing::debug_span!("announcement", position));
        match told.await {
            Ok(_) => progress.reach(position),
            Err(error) => {
                tracing::warn!(%error, "other processes hear of new events only when they look for themselves");
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// What the writer reports to.
pub(super) struct LogHeads {
    /// How far the log is, as far as this process knows.
    pub head: watch::Sender<u64>,
    /// How far it was when this process appended last.
    pub appended: watch::Sender<u64>,
}

impl LogHeads {
    /// This process has appended up to a position.
    pub(super) fn reached(&self, position: u64) {
        raise(&self.head, position);
        raise(&self.appended, position);
    }
}

/// Moves a head forward, never back.
fn raise(head: &watch::Sender<u64>, position: u64) {
    head.send_if_modified(|known| {
        let news = position > *known;
        *known = position.max(*known);
        news
    });
}
