//! The writer: a group commit. What has gathered is recorded in one transaction, by one of two [`Lane`]s.
//!
//! A lane is to the log what a process is: the head row orders them, whichever comes first, and a command that is sent to
//! both finds its first under the lock. Two of them, so that neither side waits for the other: while PostgreSQL records
//! one lane's batch, the other's answers wake their callers, and what these bring next is encoded, sent, and parsed.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::append::{AppendError, Recorded, Sealed};
use super::lane::Lane;
use crate::views;

/// How many lanes there are.
const LANES: usize = 2;
/// At most so many appends in a transaction: more gain nothing, and a failed batch is bisected.
const BATCH: usize = 512;
/// At most about so many bytes of events and contents in a transaction.
const BATCH_BYTES: usize = 16 << 20;

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
    connect: PgConnectOptions,
    views_hash: String,
    head: watch::Sender<u64>,
    metrics: Arc<WriterMetrics>,
    idle: Vec<Lane>,
    busy: JoinSet<Lane>,
    /// How many appends the batch has that was started last.
    under_way: usize,
}

impl Writer {
    pub(super) fn new(
        connect: PgConnectOptions,
        views_hash: String,
        head: watch::Sender<u64>,
        metrics: Arc<WriterMetrics>,
    ) -> Self {
        let connect = connect
            .application_name("rapporteur writer")
            .options(views::session("views"))
            .disable_statement_logging();
        Self {
            connect,
            views_hash,
            head,
            metrics,
            idle: Vec::new(),
            busy: JoinSet::new(),
            under_way: 0,
        }
    }

    /// Records what comes until the last sender is gone.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut waiting = VecDeque::new();
        let mut open = true;
        while open || !waiting.is_empty() || !self.busy.is_empty() {
            while waiting.len() < BATCH
                && let Ok(job) = jobs.try_recv()
            {
                waiting.push_back(job);
            }
            if self.is_time_for(waiting.len()) {
                self.start(next_batch(&mut waiting));
            }
            tokio::select! {
                Some(done) = self.busy.join_next() => self.idle.extend(done),
                job = jobs.recv(), if open && waiting.len() < BATCH => match job {
                    Some(job) => waiting.push_back(job),
                    None => open = false,
                },
                else => {}
            }
        }
    }

    /// Whether so many are worth a transaction now. Beside a batch that is under way only as many again: with fewer, the
    /// batches would fall apart into ever smaller ones, each with a commit of its own to wait for.
    fn is_time_for(&self, waiting: usize) -> bool {
        match self.busy.len() {
            0 => waiting > 0,
            busy => busy < LANES && waiting >= self.under_way,
        }
    }

    fn start(&mut self, batch: Vec<Job>) {
        self.under_way = batch.len();
        let new = || {
            Lane::new(
                self.connect.clone(),
                self.views_hash.clone(),
                self.head.clone(),
                self.metrics.clone(),
            )
        };
        let mut lane = self.idle.pop().unwrap_or_else(new);
        self.busy.spawn(async move {
            lane.record(batch).await;
            lane
        });
    }
}

/// Takes from the front what fits into one transaction. A command that is sent twice at once waits for the next one,
/// where the first is on record.
fn next_batch(waiting: &mut VecDeque<Job>) -> Vec<Job> {
    let mut batch = Vec::with_capacity(waiting.len().min(BATCH));
    let mut commands = HashSet::new();
    let mut later = VecDeque::new();
    let mut bytes = 0;
    while batch.len() < BATCH
        && bytes < BATCH_BYTES
        && let Some(job) = waiting.pop_front()
    {
        if commands.insert(job.append.command.id) {
            bytes += job.append.size();
            batch.push(job);
        } else {
            later.push_back(job);
        }
    }
    later.append(waiting);
    *waiting = later;
    batch
}
