//! Proxies that nobody named: they say from where a request comes, and are not believed. All of their callers then count as
//! one address, which whoever runs the server should hear of once, and not only when that address is at its limit.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use actix_web::http::header::HeaderMap;

/// How many are told of: anybody can send such a header.
const MOST: usize = 16;

/// The peers that were told of.
#[derive(Debug, Default)]
pub struct UnknownProxies(Mutex<HashSet<IpAddr>>);

impl UnknownProxies {
    /// Says once of each peer that it speaks for others and is not believed. `is_trusted`: it is one of the proxies that are.
    pub fn note(&self, peer: IpAddr, is_trusted: bool, headers: &HeaderMap) {
        let has = |name| headers.contains_key(name);
        let header = match (has("x-forwarded-for"), has("forwarded")) {
            (true, _) if !is_trusted => "X-Forwarded-For",
            (false, true) => "Forwarded",
            _ => return,
        };
        if !self.is_news(peer) {
            return;
        }
        if is_trusted {
            tracing::warn!(
                %peer,
                "a trusted proxy says by Forwarded for whom it speaks, which is not read: have it send X-Forwarded-For. All of \
                 its callers count as one address"
            );
        } else {
            tracing::warn!(
                %peer, header,
                "requests say for whom they are sent on, from an address that is no trusted proxy's, so they are not believed: \
                 all that come from there count as one address. If a proxy of yours is there, name it in --trusted-proxies \
                 (RAPPORTEUR_TRUSTED_PROXIES)"
            );
        }
    }

    fn is_news(&self, peer: IpAddr) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < MOST && told.insert(peer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_told_of_once_and_no_more_than_some() {
        let known = UnknownProxies::default();
        let mut told = 0;
        for number in 0..=u8::MAX {
            let peer = IpAddr::from([192, 0, 2, number]);
            told += usize::from(known.is_news(peer));
            assert!(!known.is_news(peer));
        }
        assert_eq!(told, MOST);
    }
}
