//! Where appends wait for the writer: a bounded channel that wakes it once as many wait as it wants.
//!
//! The writer seldom wants to hear of each: while a batch is under way, the next one starts with as many appends again, and to
//! be woken for every one of them cost it more than all else that it does.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::append::AppendError;
use super::writer::Job;

struct Inbox {
    state: Mutex<State>,
    wake: Notify,
    capacity: usize,
}

struct State {
    jobs: VecDeque<Job>,
    /// With how many jobs to wake the writer.
    wanted: usize,
    open: bool,
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
