//! Checkpoints of replies that are saved often, behind the appends, so that what a submission reads does not grow with them.

use std::time::Duration;

use sqlx::PgPool;
use tracing::Instrument;

use event_log::views::Definitions;
use event_log::{Log, Progress};

use super::{REGARDLESS, RETRY, advance, number};

/// The follower's row, and its name in the figures.
const NAME: &str = "answer_checkpoints";
/// How many positions are looked through at a time.
const PAGE: i64 = 8_192;
/// After how many events of a reply its answers are put by again: a submission reads about as many, which takes less than a
/// millisecond.
const EVENTS: i32 = 256;
/// How long to pause between two pages, and once all are done.
const BREATH: Duration = Duration::from_millis(10);
const PAUSE: Duration = Duration::from_millis(500);

/// Puts answers by.
pub struct CheckpointFollower {
    log: Log,
    views_hash: String,
    progress: Progress,
}

/// How far a page came.
enum Page {
    More(u64),
    Done(u64),
    /// Another process is at it, or the views are another program's.
    Elsewhere,
}

impl CheckpointFollower {
    /// A follower that does not run yet. It pauses while the database has the views of other definitions than these.
    pub fn new(log: &Log, definitions: &Definitions) -> Self {
        Self {
            log: log.clone(),
            views_hash: definitions.hash(),
            progress: log.followers().enter(NAME, log.watch()),
        }
    }

    /// Follows. Ends when it is aborted, or the pool is closed.
    pub async fn run(self) {
        let mut head = self.log.watch();
        loop {
            let paged = self.page().instrument(tracing::debug_span!("checkpoints"));
            let pause = match paged.await {
                Ok(Page::More(position)) => {
                    self.progress.reach(position);
                    BREATH
                }
                Ok(Page::Done(position)) => {
                    self.progress.reach(position);
                    if head.changed().await.is_err() {
                        return;
                    }
                    PAUSE
                }
                Ok(Page::Elsewhere) => {
                    self.progress.yield_to_other();
                    REGARDLESS
                }
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => {
                    tracing::warn!(follower = NAME, %error, "checkpoints wait; they are tried again");
                    RETRY
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn page(&self) -> sqlx::Result<Page> {
        page(self.log.pool(), &self.views_hash).await
    }
}

async fn page(pool: &PgPool, views_hash: &str) -> sqlx::Result<Page> {
    let mut transaction = pool.begin().await?;
    let row = sqlx::query!(
        r#"select f.position, h.position as head
             from following.follower f cross join log.head h
            where f.name = $1 and h.views_hash = $2 for update of f skip locked"#,
        NAME,
        views_hash
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else {
        return Ok(Page::Elsewhere);
    };
    let until = row.head.min(row.position.saturating_add(PAGE));
    if until > row.position {
        sqlx::query_file!("src/following/checkpoints.sql", row.position, until, EVENTS)
            .execute(&mut *transaction)
            .await?;
        advance(&mut transaction, NAME, number(until), false).await?;
        transaction.commit().await?;
    }
    Ok(if until < row.head {
        Page::More(number(until))
    } else {
        Page::Done(number(until))
    })
}
