//! What the log tells of itself: counts and distributions of the writer, and how far each follower is behind.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use tokio::sync::watch;

/// What the writer has done since the start.
#[derive(Debug)]
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
    /// How many appends a transaction held.
    pub batch_appends: Histogram,
    /// How many seconds a batch took from its start to its last answer.
    pub batch_seconds: Histogram,
    /// How many seconds an append waited before its batch was started.
    pub wait_seconds: Histogram,
}

impl Default for WriterMetrics {
    fn default() -> Self {
        let seconds = || Histogram::new(exponential_buckets(0.000_25, 2.0, 16));
        Self {
            batches: AtomicU64::default(),
            appends: AtomicU64::default(),
            events: AtomicU64::default(),
            conflicts: AtomicU64::default(),
            failures: AtomicU64::default(),
            reconnects: AtomicU64::default(),
            // Up to the most that a batch holds.
            batch_appends: Histogram::new(exponential_buckets(1.0, 2.0, 10)),
            batch_seconds: seconds(),
            wait_seconds: seconds(),
        }
    }
}

/// A position that no follower has: another process follows in its stead.
const ELSEWHERE: u64 = u64::MAX;

/// What comes behind the appends, and how far each has come.
#[derive(Clone, Default)]
pub struct Followers(Arc<Mutex<Vec<Follower>>>);

struct Follower {
    name: &'static str,
    goal: watch::Receiver<u64>,
    reached: Arc<AtomicU64>,
}

/// A follower's own note of how far it has come.
#[derive(Clone, Debug)]
pub struct Progress(Arc<AtomicU64>);

impl Followers {
    /// Enters a follower, which is to come as far as `goal` says.
    pub fn enter(&self, name: &'static str, goal: watch::Receiver<u64>) -> Progress {
        let reached = Arc::new(AtomicU64::new(ELSEWHERE));
        let follower = Follower {
            name,
            goal,
            reached: reached.clone(),
        };
        let mut followers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        followers.push(follower);
        Progress(reached)
    }

    /// How many positions each is behind; without those in whose stead another process follows.
    pub fn lags(&self) -> Vec<(&'static str, u64)> {
        let followers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lag = |follower: &Follower| {
            let reached = follower.reached.load(Ordering::Relaxed);
            let lag = follower.goal.borrow().saturating_sub(reached);
            (reached != ELSEWHERE).then_some((follower.name, lag))
        };
        followers.iter().filter_map(lag).collect()
    }
}

impl fmt::Debug for Followers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.lags()).finish()
    }
}

impl Progress {
    /// The follower has come as far as this.
    pub fn reach(&self, position: u64) {
        self.0.store(position, Ordering::Relaxed);
    }

    /// Notes that another process follows in this one's stead; that process tells of its progress itself.
    pub fn yield_to_other(&self) {
        self.0.store(ELSEWHERE, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follower_is_behind_its_goal_and_tells_nothing_while_another_process_follows() {
        let (head, goal) = watch::channel(7);
        let followers = Followers::default();
        let progress = followers.enter("tree", goal);
        assert_eq!(followers.lags(), []);
        progress.reach(5);
        assert_eq!(followers.lags(), [("tree", 2)]);
        head.send_replace(12);
        assert_eq!(followers.lags(), [("tree", 7)]);
        progress.reach(13);
        assert_eq!(followers.lags(), [("tree", 0)]);
        progress.yield_to_other();
        assert_eq!(followers.lags(), []);
    }
}
