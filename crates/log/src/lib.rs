//! The event log: append-only, one order, gapless positions in commit order.
//!
//! [`Log::append`] hands an append to the [`writer`], which gathers what all requests bring and records it in one
//! transaction. [`reading`] reads streams and ranges, [`following`] wakes whoever waits for new events, [`noting`] notes the
//! tree that proves it, whose [`roots`] are read.

mod append;
pub mod barrier;
mod batch;
pub mod canonical;
pub mod content;
pub mod envelope;
pub mod following;
mod inbox;
mod lane;
mod metrics;
pub mod noting;
mod numbers;
mod queue;
mod reading;
pub mod roots;
mod stream_versions;
pub mod tree;
pub mod upload;
pub mod verify;
pub mod views;
mod writer;

use std::sync::Arc;

use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{oneshot, watch};

pub use append::{
    Actor, Append, AppendError, AppendReceipt, AppendRefusal, CommandId, NewEvent, SealedAppend,
};
pub use content::NewContent;
pub use envelope::StoredEvent;
pub use inbox::ForthcomingAppend;
pub use metrics::{Followers, Progress, WriterMetrics};
pub use reading::{CommandRecord, Head, ReadError};
pub use roots::Evidence;
pub use tree::TreeHash;

use crate::views::Definitions;

/// A handle on the log, cheap to clone.
#[derive(Clone)]
pub struct Log {
    pool: PgPool,
    inbox: Arc<inbox::Sender>,
    head: watch::Receiver<u64>,
    metrics: Arc<WriterMetrics>,
    followers: Followers,
    barrier: Arc<barrier::Barrier>,
    roots: roots::Roots,
}

/// Stops the tasks behind a [`Log`] when it is dropped.
pub struct LogTasks(Vec<tokio::task::AbortHandle>);

impl Drop for LogTasks {
    fn drop(&mut self) {
        self.0.iter().for_each(tokio::task::AbortHandle::abort);
    }
}

/// How a [`Log`] is opened.
pub struct LogSettings {
    /// Where the writer and the follower connect; each keeps a connection of its own.
    pub connect: PgConnectOptions,
    /// The views that this program writes along with the log.
    pub definitions: Definitions,
    /// How many appends may wait for the writer; one more is refused as busy.
    pub queue: usize,
}

impl Log {
    /// Opens the log: starts the writer and the follower. Reads go through `pool`.
    pub fn open(pool: PgPool, settings: LogSettings) -> (Self, LogTasks) {
        let (sender, receiver) = inbox::channel(settings.queue);
        let (head_sender, head) = watch::channel(0);
        let (appended_sender, appended) = watch::channel(0);
        let metrics = Arc::new(WriterMetrics::default());
        let writer = writer::Writer::new(lane::LaneResources::new(
            settings.connect.clone(),
            settings.definitions,
            following::LogHeads {
                head: head_sender.clone(),
                appended: appended_sender,
            },
            metrics.clone(),
        ));
        let followers = Followers::default();
        let tree = followers.enter("tree", head.clone());
        let announcement = followers.enter("announcement", appended.clone());
        let (barrier, attending) = barrier::Barrier::new(pool.clone());
        let tasks = LogTasks(vec![
            tokio::spawn(writer.run(receiver)).abort_handle(),
            tokio::spawn(following::follow(settings.connect, head_sender)).abort_handle(),
            tokio::spawn(following::announce(pool.clone(), appended, announcement)).abort_handle(),
            tokio::spawn(attending).abort_handle(),
            tokio::spawn(noting::keep_noting(pool.clone(), head.clone(), tree)).abort_handle(),
        ]);
        let log = Self {
            pool,
            inbox: Arc::new(sender),
            head,
            metrics,
            followers,
            barrier: Arc::new(barrier),
            roots: roots::Roots::default(),
        };
        (log, tasks)
    }

    /// Records an append, or says why not. Answers only after the commit.
    ///
    /// # Errors
    /// [`AppendError`]; nothing was recorded, unless it is [`AppendError::Unknown`].
    pub async fn append(&self, append: Append) -> Result<AppendReceipt, AppendError> {
        self.append_sealed(append.seal()?, None).await
    }

    /// The same of an append that is sealed already, and was `announced`.
    ///
    /// # Errors
    /// As of [`Self::append`].
    pub async fn append_sealed(
        &self,
        append: SealedAppend,
        announced: Option<ForthcomingAppend>,
    ) -> Result<AppendReceipt, AppendError> {
        let (reply, answer) = oneshot::channel();
        let sent = clock::stopwatch();
        self.inbox.send(writer::Job {
            append,
            reply,
            sent,
        })?;
        // Only now: the writer must not start without it.
        drop(announced);
        // A writer that is stopped while it records takes the answer with it.
        let unanswered = |_| Err(AppendError::Unknown("the writer has stopped".into()));
        answer.await.unwrap_or_else(unanswered)
    }

    /// Says that an append is about to be sent, until the answer is dropped: a batch that could start waits for it for a
    /// moment, at most two milliseconds.
    pub fn announce(&self) -> ForthcomingAppend {
        self.inbox.announce()
    }

    /// Returns when all that was visible before is as safe as what an append was answered for: whoever answers from what was
    /// looked up, and not from a commit of its own, waits for this first.
    ///
    /// # Errors
    /// [`AppendError::Unknown`]: it may be lost yet. It may be asked for again.
    pub async fn confirm(&self) -> Result<(), AppendError> {
        self.barrier.pass().await.map_err(AppendError::Unknown)
    }

    /// What shows that an event stands in the log; none where there is no such position.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn evidence(&self, position: u64) -> Result<Option<Evidence>, ReadError> {
        self.roots.at(&self.pool, position).await
    }

    /// The pool for reads.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Follows the head position: a hint that there is something new, never the truth itself.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.head.clone()
    }

    /// What comes behind the appends.
    pub fn followers(&self) -> &Followers {
        &self.followers
    }

    /// How many appends wait for the writer.
    pub fn waiting(&self) -> usize {
        self.inbox.waiting()
    }

    /// What the writer has done since the start.
    pub fn metrics(&self) -> &WriterMetrics {
        &self.metrics
    }
}
