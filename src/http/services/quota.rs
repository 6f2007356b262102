//! How often somebody may ask: the generic cell rate algorithm, over a table of bounded size.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Parts of the table, each with its own lock.
const SHARDS: usize = 16;
/// The most that each part keeps; with 16 parts and about 32 bytes each, the table stays under a few megabytes.
const PER_SHARD: usize = 4096;

/// So many requests in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Requests; 0 sets no limit.
    pub requests: u32,
    /// The time in which they may be sent; all at once too.
    pub window: Duration,
}

impl Quota {
    /// No limit.
    pub const OFF: Self = Self::per_minute(0);

    /// So many requests a minute; 0 sets no limit.
    pub const fn per_minute(requests: u32) -> Self {
        Self {
            requests,
            window: Duration::from_secs(60),
        }
    }

    /// Whether there is no limit.
    pub const fn is_off(self) -> bool {
        self.requests == 0
    }

    fn window_nanos(self) -> u64 {
        u64::try_from(self.window.as_nanos()).unwrap_or(u64::MAX)
    }

    /// The time after which one more request is free.
    fn step_nanos(self) -> u64 {
        (self.window_nanos() / u64::from(self.requests.max(1))).max(1)
    }
}

/// How much of a quota is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaLeft {
    /// The quota.
    pub quota: Quota,
    /// Requests that may follow at once.
    pub requests: u64,
    /// Seconds until all of it is free again, rounded up.
    pub reset: u64,
    /// Seconds until the next may be sent, where this one was refused.
    pub retry: Option<u64>,
}

/// Who used how much. For each, only the time is kept at which all of its quota is free again; once that has passed,
/// there is nothing to keep.
pub struct Usage<K> {
    hasher: RandomState,
    shards: [Mutex<HashMap<K, u64>>; SHARDS],
}

impl<K> Default for Usage<K> {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

impl<K: Hash + Eq> Usage<K> {
    /// Takes one request of the quota, if one is left. `now` is the time since some fixed moment.
    pub fn take(&self, key: K, quota: Quota, now: Duration) -> QuotaLeft {
        self.with(key, quota, now, true)
    }

    /// What is left, taking nothing: `retry` says whether a request would be refused.
    pub fn look(&self, key: K, quota: Quota, now: Duration) -> QuotaLeft {
        self.with(key, quota, now, false)
    }

    fn with(&self, key: K, quota: Quota, now: Duration, takes: bool) -> QuotaLeft {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let (window, step) = (quota.window_nanos(), quota.step_nanos());
        let shard = &self.shards[self.hasher.hash_one(&key) as usize % SHARDS];
        // Each change is one insertion, so a thread that panicked left nothing half done.
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = shard.get(&key).copied().unwrap_or(0).max(now);
        let then = full_at.saturating_add(step);
        let limit = now.saturating_add(window);
        let retry = (then > limit).then(|| seconds(then - limit));
        let used = if takes && retry.is_none() {
            make_room(&mut shard, now);
            shard.insert(key, then);
            then - now
        } else {
            full_at - now
        };
        QuotaLeft {
            quota,
            requests: window.saturating_sub(used) / step,
            reset: seconds(used),
            retry,
        }
    }
}

fn seconds(nanos: u64) -> u64 {
    nanos.div_ceil(1_000_000_000)
}

/// Forgets those who have all of their quota again, and if that is not enough, the half that used least: whoever sends
/// from many addresses to fill the table does not get free thereby an address that is at its limit.
fn make_room<K: Hash + Eq>(shard: &mut HashMap<K, u64>, now: u64) {
    if shard.len() < PER_SHARD {
        return;
    }
    shard.retain(|_, full_at| *full_at > now);
    if shard.len() < PER_SHARD / 2 {
        return;
    }
    let mut times: Vec<u64> = shard.values().copied().collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let (median, mut equals) = (*median, middle / 2);
    shard.retain(|_, full_at| match (*full_at).cmp(&median) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        // Where all used the same, some of them must go nevertheless.
        std::cmp::Ordering::Equal => {
            let stays = equals > 0;
            equals = equals.saturating_sub(1);
            stays
        }
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUOTA: Quota = Quota::per_minute(6);

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn all_may_come_at_once_and_then_one_for_each_part_of_the_window() {
        let usage = Usage::default();
        for left in (0..6).rev() {
            let taken = usage.take("a", QUOTA, at(100));
            assert_eq!((taken.requests, taken.retry), (left, None));
            assert_eq!(taken.reset, (6 - left) * 10);
        }
        assert_eq!(usage.take("a", QUOTA, at(100)).retry, Some(10));
        assert_eq!(usage.take("a", QUOTA, at(103)).retry, Some(7));
        assert_eq!(usage.look("a", QUOTA, at(110)).retry, None);
        assert_eq!(usage.take("a", QUOTA, at(110)).retry, None);
        assert_eq!(usage.take("a", QUOTA, at(110)).retry, Some(10));
        assert_eq!(
            usage.take("b", QUOTA, at(110)).requests,
            5,
            "another's is its own"
        );
        assert_eq!(
            usage.take("a", QUOTA, at(500)).requests,
            5,
            "all is free again"
        );
    }

    #[test]
    fn the_table_stays_small_and_keeps_those_at_their_limit() {
        let usage = Usage::default();
        for _ in 0..6 {
            usage.take(0, QUOTA, at(1));
        }
        for key in 1..200_000_u32 {
            usage.take(key, QUOTA, at(1));
        }
        let kept: usize = usage
            .shards
            .iter()
            .map(|shard| shard.lock().unwrap().len())
            .sum();
        assert!(kept <= SHARDS * PER_SHARD, "{kept}");
        assert!(usage.look(0, QUOTA, at(1)).retry.is_some());
    }

    proptest! {
        /// In no window are there more than twice the quota (what was saved up, and what came free), and never more
        /// than the quota at one moment.
        #[test]
        fn nobody_gets_more(gaps in prop::collection::vec(0_u64..15, 1..200)) {
            let usage = Usage::default();
            let mut now = 0;
            let mut taken = Vec::new();
            for gap in gaps {
                now += gap;
                if usage.take((), QUOTA, at(now)).retry.is_none() {
                    taken.push(now);
                }
            }
            for start in &taken {
                let within = |length| taken.iter().filter(|time| (*start..start + length).contains(time)).count();
                prop_assert!(within(1) <= 6);
                prop_assert!(within(60) <= 12);
            }
        }
    }
}
