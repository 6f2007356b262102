//! Who asked how often, and how often one may.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::http::services::quota::{Quota, QuotaLeft, Usage};

/// How often may be asked.
#[derive(Clone, Copy, Debug)]
pub struct LimitSettings {
    /// By a principal.
    pub principal: Quota,
    /// From an address without credentials; an IPv6 address counts with all of its /64.
    pub address: Quota,
    /// From an address with credentials that do not hold.
    pub failures: Quota,
}

impl Default for LimitSettings {
    /// No limits.
    fn default() -> Self {
        Self {
            principal: Quota::OFF,
            address: Quota::OFF,
            failures: Quota::OFF,
        }
    }
}

/// Who is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One who is known.
    Principal(Uuid),
    /// Whoever comes from an address without credentials.
    Address(IpAddr),
    /// Whoever comes from an address with credentials that do not hold.
    Failures(IpAddr),
}

/// Who asked how often.
pub struct Limits {
    pub(in crate::http) settings: LimitSettings,
    usage: Usage<Key>,
    since: Instant,
    /// One is held, of its address, while credentials are looked up that come from where too many were wrong: one at a time.
    doubtful: Mutex<HashMap<IpAddr, Weak<Semaphore>>>,
    /// Whether nothing is counted for now.
    is_held: AtomicBool,
}

impl Limits {
    /// Nobody has asked yet.
    pub fn new(settings: LimitSettings) -> Self {
        Self {
            settings,
            usage: Usage::default(),
            since: clock::stopwatch(),
            doubtful: Mutex::default(),
            is_held: AtomicBool::new(false),
        }
    }

    /// Counts nothing until [`Self::begin`].
    pub fn hold(&self) {
        self.is_held.store(true, Ordering::Relaxed);
    }

    /// Counts from now on.
    pub fn begin(&self) {
        self.is_held.store(false, Ordering::Relaxed);
    }

    fn is_off(&self, quota: Quota) -> bool {
        quota.is_off() || self.is_held.load(Ordering::Relaxed)
    }

    /// Counts a request; what is left, where there is a limit.
    pub fn take(&self, key: Key, quota: Quota) -> Option<QuotaLeft> {
        (!self.is_off(quota)).then(|| self.usage.take(key, quota, self.since.elapsed()))
    }

    fn look(&self, key: Key, quota: Quota) -> Option<QuotaLeft> {
        (!self.is_off(quota)).then(|| self.usage.look(key, quota, self.since.elapsed()))
    }

    /// One's turn to have credentials looked up. Who shares an address with somebody who guesses waits for those guesses that
    /// came before, and is let in nevertheless; guesses cost the database no more than one look-up at a time, however many come
    /// from there, and nobody at another address waits for them.
    pub async fn turn(&self, address: IpAddr) -> Option<OwnedSemaphorePermit> {
        let left = self.look(Key::Failures(address), self.settings.failures);
        left.and_then(|left| left.retry)?;
        let turns = {
            let mut doubtful = self.doubtful.lock().unwrap_or_else(PoisonError::into_inner);
            doubtful.retain(|_, turns| turns.strong_count() > 0);
            let known = doubtful.get(&address).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let turns = Arc::new(Semaphore::new(1));
                doubtful.insert(address, Arc::downgrade(&turns));
                turns
            })
        };
        turns.acquire_owned().await.ok()
    }
}

/// The addresses that one customer of a network usually has: one of IPv4, a /64 of IPv6.
pub fn block(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(
            address.to_bits() & !u128::from(u64::MAX),
        )),
    }
}
