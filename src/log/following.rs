//! Followers: woken by LISTEN and, regardless, every few seconds; the position in the database is the truth.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

/// A notification may be lost with its connection; this bounds how long that can go unnoticed.
const REGARDLESS: Duration = Duration::from_secs(2);

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
        raise(head, u64::try_from(position).unwrap_or(0));
        // Each notification says how far the log is; only where none comes is it looked up.
        while let Ok(heard) = tokio::time::timeout(REGARDLESS, listener.recv()).await {
            match heard?.payload().parse() {
                Ok(position) => raise(head, position),
                Err(_) => break,
            }
        }
    }
}

/// Moves the head forward, never back: the writer and the follower both report here.
pub(super) fn raise(head: &watch::Sender<u64>, position: u64) {
    head.send_if_modified(|known| {
        let news = position > *known;
        *known = position.max(*known);
        news
    });
}
