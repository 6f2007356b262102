//! Rate limits: per principal, and per address for whoever shows no credentials or wrong ones.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpMessage, ResponseError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::http::middleware::client_address::Client;
use crate::http::middleware::credentials;
use crate::http::middleware::quota::{Quota, QuotaLeft, Usage};
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::{Credential, Role};

/// `RateLimit`, of the IETF's draft "RateLimit header fields for HTTP".
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// `RateLimit-Policy`, of the same draft.
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Principal(Uuid),
    Address(IpAddr),
    Failures(IpAddr),
}

/// Who asked how often.
pub struct Limits {
    settings: LimitSettings,
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

    fn take(&self, key: Key, quota: Quota) -> Option<QuotaLeft> {
        (!self.is_off(quota)).then(|| self.usage.take(key, quota, self.since.elapsed()))
    }

    fn look(&self, key: Key, quota: Quota) -> Option<QuotaLeft> {
        (!self.is_off(quota)).then(|| self.usage.look(key, quota, self.since.elapsed()))
    }

    /// One's turn to have credentials looked up. Who shares an address with somebody who guesses waits for those guesses that
    /// came before, and is let in nevertheless; guesses cost the database no more than one look-up at a time, however many come
    /// from there, and nobody at another address waits for them.
    async fn turn(&self, address: IpAddr) -> Option<OwnedSemaphorePermit> {
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

/// Who sends the request, if it is not one too many. What is left is noted at the request, for [`tell`].
///
/// # Errors
/// `too_many_requests`, and those of [`credentials::credential`].
pub async fn credential(
    services: &Services,
    request: &ServiceRequest,
) -> Result<Credential, Problem> {
    let limits = &services.limits;
    let address = block(Client::from_request(request.request()).address);
    let shows_something = [header::AUTHORIZATION, header::COOKIE]
        .iter()
        .any(|name| request.headers().contains_key(name));
    let turn = if shows_something {
        limits.turn(address).await
    } else {
        None
    };
    let found = credentials::credential(services, request.request()).await;
    drop(turn);
    match found {
        Ok(credential) => {
            let principal = credential.principal;
            let left = if principal.role == Role::Anonymous {
                limits.take(Key::Address(address), limits.settings.address)
            } else {
                limits.take(Key::Principal(principal.id), limits.settings.principal)
            };
            note(request, left).map(|()| credential)
        }
        Err(problem) => {
            // Whatever is wrong with it: only what is ours to mend is not held against who asks. What holds is never refused
            // for what others guess: a secret is of 256 bits, and found by nobody who is told at once that a guess was wrong.
            if problem.status_code().is_client_error() {
                let failures = limits.settings.failures;
                note(request, limits.take(Key::Failures(address), failures))?;
            }
            Err(problem)
        }
    }
}

/// Counts a request for what is not of the API (its pages and documents, and what is not there) against its address.
///
/// # Errors
/// `too_many_requests`.
pub fn page(services: &Services, request: &ServiceRequest) -> Result<(), Problem> {
    let limits = &services.limits;
    let address = block(Client::from_request(request.request()).address);
    note(
        request,
        limits.take(Key::Address(address), limits.settings.address),
    )
}

fn note(request: &ServiceRequest, left: Option<QuotaLeft>) -> Result<(), Problem> {
    let Some(left) = left else {
        return Ok(());
    };
    request.request().extensions_mut().insert(left);
    match left.retry {
        None => Ok(()),
        Some(seconds) => Err(Problem::new("too_many_requests")
            .arg("seconds", seconds)
            .header(header::RETRY_AFTER, seconds)),
    }
}

/// Tells in the answer what is left.
pub fn tell(left: &QuotaLeft, headers: &mut HeaderMap) {
    let window = left.quota.window.as_secs();
    let policy = format!("\"default\";q={};w={window}", left.quota.requests);
    let state = format!("\"default\";r={};t={}", left.requests, left.reset);
    for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_a_64_of_ipv6_count_as_one() {
        let block = |text: &str| block(text.parse().unwrap()).to_string();
        assert_eq!(block("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(block("192.0.2.7"), "192.0.2.7");
    }
}
