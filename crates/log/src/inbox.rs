//! Where appends wait for the writer: a bounded channel that wakes it once as many wait as it wants.
//!
//! The writer seldom wants to hear of each: while a batch is under way, the next one starts with as many appends again, and to
//! be woken for every one of them cost it more than all else that it does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::append::AppendError;
use super::writer::Job;

/// For how long an announcement counts: a request that takes longer waits for something else, and nobody waits for it.
const ANNOUNCED: Duration = Duration::from_millis(20);

struct Inbox {
    state: Mutex<State>,
    wake: Notify,
    capacity: usize,
}

struct State {
    jobs: VecDeque<Job>,
    /// With how many jobs to wake the writer.
    wanted: usize,
    /// When those were announced that are not here yet, by their number.
    forthcoming: BTreeMap<u64, Instant>,
    /// The number of the next one.
    next: u64,
    /// Whether to wake the writer once all of these have come, or come no more.
    awaits_forthcoming: bool,
    open: bool,
}

impl State {
    /// Whether one is announced that may still be waited for. The numbers are in the order of time, so the last is the youngest.
    fn has_forthcoming(&self) -> bool {
        let last = self.forthcoming.last_key_value();
        last.is_some_and(|(_, announced)| announced.elapsed() < ANNOUNCED)
    }
}

impl Inbox {
    /// It is whole whenever the lock is free, even if somebody panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes it from one end, and tells the other.
    fn close(&self) -> MutexGuard<'_, State> {
        let mut state = self.state();
        state.open = false;
        self.wake.notify_one();
        state
    }
}

/// An append that somebody is about to send, until this is dropped: the writer may wait for it for a moment, so that
/// what comes at the same time is recorded together.
pub struct ForthcomingAppend {
    inbox: Arc<Inbox>,
    number: u64,
}

impl Drop for ForthcomingAppend {
    fn drop(&mut self) {
        let mut state = self.inbox.state();
        state.forthcoming.remove(&self.number);
        if !state.has_forthcoming() && std::mem::take(&mut state.awaits_forthcoming) {
            drop(state);
            self.inbox.wake.notify_one();
        }
    }
}

/// The callers' end.
pub(super) struct Sender(Arc<Inbox>);

/// The writer's end. When it is dropped, what still waits is dropped with it.
pub(super) struct Receiver(Arc<Inbox>);

/// A channel in which so many jobs can wait.
pub(super) fn channel(capacity: usize) -> (Sender, Receiver) {
    let inbox = Arc::new(Inbox {
        state: Mutex::new(State {
            jobs: VecDeque::new(),
            wanted: 1,
            forthcoming: BTreeMap::new(),
            next: 0,
            awaits_forthcoming: false,
            open: true,
        }),
        wake: Notify::new(),
        capacity,
    });
    (Sender(inbox.clone()), Receiver(inbox))
}

impl Sender {
    /// How many jobs wait.
    pub(super) fn waiting(&self) -> usize {
        self.0.state().jobs.len()
    }

    /// Announces a job.
    pub(super) fn announce(&self) -> ForthcomingAppend {
        let mut state = self.0.state();
        let number = state.next;
        state.next += 1;
        state.forthcoming.insert(number, clock::stopwatch());
        ForthcomingAppend {
            inbox: self.0.clone(),
            number,
        }
    }

    /// Puts a job into the inbox, unless it is full or nobody reads it any more.
    pub(super) fn send(&self, job: Job) -> Result<(), AppendError> {
        let mut state = self.0.state();
        if !state.open {
            return Err(AppendError::Stopped);
        }
        if state.jobs.len() >= self.0.capacity {
            return Err(AppendError::Busy);
        }
        state.jobs.push_back(job);
        if state.jobs.len() >= state.wanted {
            state.wanted = usize::MAX; // woken once
            drop(state);
            self.0.wake.notify_one();
        }
        Ok(())
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        drop(self.0.close());
    }
}

impl Receiver {
    /// Waits until at least so many jobs wait; or until nobody sends any more, and then says so.
    pub(super) async fn ready(&self, jobs: usize) -> bool {
        loop {
            {
                let mut state = self.0.state();
                if state.jobs.len() >= jobs || !state.open {
                    return state.open;
                }
                state.wanted = jobs;
            }
            self.0.wake.notified().await;
        }
    }

    /// Whether jobs are announced that are not here yet.
    pub(super) fn has_forthcoming(&self) -> bool {
        let state = self.0.state();
        state.open && state.has_forthcoming()
    }

    /// Waits until all that are announced are here, or come no more.
    pub(super) async fn gathered(&self) {
        loop {
            {
                let mut state = self.0.state();
                if !state.has_forthcoming() || !state.open {
                    return;
                }
                state.awaits_forthcoming = true;
            }
            self.0.wake.notified().await;
        }
    }

    /// Takes what waits, at most so many, in the order in which they came.
    pub(super) fn take(&self, at_most: usize) -> Vec<Job> {
        let mut state = self.0.state();
        let number = at_most.min(state.jobs.len());
        state.jobs.drain(..number).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.0.close().jobs.clear();
    }
}
