//! The writer: a group commit. What has gathered is recorded in one transaction, by one of two [`Lane`]s.
//!
//! Two, so that neither side waits for the other: while PostgreSQL records one lane's batch, the other's answers wake their
//! callers, and what these bring next is encoded, sent, and parsed. The head row orders the lanes, whichever comes first,
//! as it orders processes; so an append whose outcome hangs on a batch under way waits for it ([`BatchNames`]), and appends to
//! a stream are taken in the order in which they came.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Instrument;

use super::append::{AppendError, AppendReceipt, SealedAppend};
use super::inbox::Receiver;
use super::lane::{Lane, LaneResources};
use super::queue::{BATCH, BatchNames, Queue};

/// How many batches are under way at a time.
const LANES: usize = 2;
/// How long an append waits at most for others that are announced: about as long as it takes to record it. A batch costs much the
/// same whether it holds one or ten, and where many write, the machine has better to do.
const PATIENCE: Duration = Duration::from_millis(2);

/// An append on its way, and where its answer goes.
pub(super) struct Job {
    pub append: SealedAppend,
    pub reply: oneshot::Sender<Result<AppendReceipt, AppendError>>,
    /// When it was sent.
    pub sent: Instant,
}

pub(super) struct Writer {
    idle: Vec<Lane>,
    /// Polled by the writer's own task: to hand each batch to another thread and back would cost more than is won.
    busy: FuturesUnordered<BoxFuture<'static, Lane>>,
    /// What the batches of the busy lanes name, by the lane's number.
    under_way: HashMap<usize, BatchNames>,
    /// Whether what is first in the queue has to wait for one of these batches.
    blocked: bool,
}

impl Writer {
    pub(super) fn new(shared: LaneResources) -> Self {
        let shared = Arc::new(shared);
        Self {
            idle: (0..LANES)
                .map(|number| Lane::new(number, shared.clone()))
                .collect(),
            busy: FuturesUnordered::new(),
            under_way: HashMap::new(),
            blocked: false,
        }
    }

    /// Records what comes until nobody sends any more.
    pub(super) async fn run(mut self, inbox: Receiver) {
        let mut queue = Queue::default();
        let mut open = true;
        loop {
            queue.extend(inbox.take(BATCH - queue.len()));
            let patience = self.patience(&queue, &inbox);
            if patience.is_none() {
                self.start(&mut queue);
            }
            if !open && queue.len() == 0 && self.busy.is_empty() {
                return;
            }
            let wanted = self.wanted();
            tokio::select! {
                Some(lane) = self.busy.next() => {
                    self.under_way.remove(&lane.number);
                    self.idle.push(lane);
                    self.blocked = false;
                }
                still = inbox.ready(wanted.unwrap_or_default().saturating_sub(queue.len())),
                    if open && wanted.is_some() && patience.is_none() => open = still,
                _ = timeout(patience.unwrap_or_default(), inbox.gathered()), if patience.is_some() => {}
            }
        }
    }

    /// How much longer a batch that could start waits for what is announced; none where it does not.
    fn patience(&self, queue: &Queue, inbox: &Receiver) -> Option<Duration> {
        let is_partial = (1..BATCH).contains(&queue.len());
        let could_start = is_partial && self.wanted().is_some_and(|least| queue.len() >= least);
        let left = PATIENCE.checked_sub(queue.waited());
        left.filter(|left| could_start && !left.is_zero() && inbox.has_forthcoming())
    }

    /// With how many appends a batch starts; none does before another one ends. Beside a batch that is under way it takes as
    /// many appends again: with fewer, the batches would fall apart into ever smaller ones, each with a commit of its own to
    /// wait for.
    fn wanted(&self) -> Option<usize> {
        let least = self.under_way.values().map(BatchNames::appends).max();
        (!self.blocked && !self.idle.is_empty()).then_some(least.unwrap_or(1))
    }

    /// Starts a batch if it is time for one.
    fn start(&mut self, queue: &mut Queue) {
        let Some(least) = self.wanted().filter(|least| queue.len() >= *least) else {
            return;
        };
        let Some(mut lane) = self.idle.pop() else {
            return;
        };
        let Some((batch, names)) = queue.batch(least, self.under_way.values()) else {
            self.blocked = true;
            self.idle.push(lane);
            return;
        };
        self.under_way.insert(lane.number, names);
        let span = tracing::debug_span!("batch", lane = lane.number, appends = batch.len());
        let record = async move {
            lane.record(batch).await;
            lane
        };
        self.busy.push(Box::pin(record.instrument(span)));
    }
}
