//! The writer: a group commit. What has gathered is recorded in one transaction, by one of two [`Lane`]s.
//!
//! Two, so that neither side waits for the other: while PostgreSQL records one lane's batch, the other's answers wake their
//! callers, and what these bring next is encoded, sent, and parsed. The head row orders the lanes, whichever comes first,
//! as it orders processes; so an append whose outcome hangs on a batch under way waits for it ([`Names`]), and appends to
//! a stream are taken in the order in which they came.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tokio::sync::{mpsc, oneshot};
use tokio::task::{self, JoinSet};

use super::append::{AppendError, Recorded, Sealed};
use super::lane::{Lane, Shared};
use super::queue::{BATCH, Names, Queue};

/// An append on its way, and where its answer goes.
pub(super) struct Job {
    pub append: Sealed,
    pub reply: oneshot::Sender<Result<Recorded, AppendError>>,
}

/// Counts since the start.
#[derive(Debug, Default)]
pub struct WriterMetrics {
    /// Transactions committed.
    pub batches: AtomicU64,
    /// Appends recorded.
    pub appends: AtomicU64,
    /// Events recorded.
    pub events: AtomicU64,
    /// Appends refused for a conflict.
    pub conflicts: AtomicU64,
    /// Appends that failed.
    pub failures: AtomicU64,
    /// Connections lost.
    pub reconnects: AtomicU64,
}

pub(super) struct Writer {
    idle: Vec<Lane>,
    busy: JoinSet<Lane>,
    /// What the batches of the busy lanes name.
    under_way: HashMap<task::Id, Names>,
    /// Whether the queue has to wait for one of these.
    blocked: bool,
}

impl Writer {
    pub(super) fn new(shared: Shared) -> Self {
        let shared = Arc::new(shared);
        Self {
            idle: vec![Lane::new(shared.clone()), Lane::new(shared)],
            busy: JoinSet::new(),
            under_way: HashMap::new(),
            blocked: false,
        }
    }

    /// Records what comes until the last sender is gone.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut queue = Queue::default();
        let mut open = true;
        while open || queue.len() > 0 || !self.busy.is_empty() {
            while queue.len() < BATCH
                && let Ok(job) = jobs.try_recv()
            {
                queue.push(job);
            }
            self.start(&mut queue);
            tokio::select! {
                Some(done) = self.busy.join_next_with_id() => match done {
                    Ok((id, lane)) => {
                        self.under_way.remove(&id);
                        self.idle.push(lane);
                        self.blocked = false;
                    }
                    Err(_) => return, // it panicked
                },
                job = jobs.recv(), if open && queue.len() < BATCH => match job {
                    Some(job) => queue.push(job),
                    None => open = false,
                },
            }
        }
    }

    /// Starts a batch if it is time for one. Beside a batch that is under way it is so only for as many appends again: with
    /// fewer, the batches would fall apart into ever smaller ones, each with a commit of its own to wait for.
    fn start(&mut self, queue: &mut Queue) {
        let least = self.under_way.values().map(Names::appends).max();
        let least = least.unwrap_or(1);
        if self.blocked || queue.len() < least {
            return;
        }
        let Some(mut lane) = self.idle.pop() else {
            return;
        };
        let Some((batch, names)) = queue.batch(least, self.under_way.values()) else {
            self.blocked = true;
            self.idle.push(lane);
            return;
        };
        let started = self.busy.spawn(async move {
            lane.record(batch).await;
            lane
        });
        self.under_way.insert(started.id(), names);
    }
}
