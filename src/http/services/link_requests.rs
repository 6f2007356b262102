//! How often a caller may ask for a new link.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::http::header;

use crate::http::problem::Problem;
use crate::http::services::quota::{Quota, Usage};

/// How often one caller may ask: a ministry's colleagues may share an address.
const QUOTA: Quota = Quota::per_minute(30);

/// How often each caller has asked.
pub struct LinkRequestUsage {
    usage: Usage<IpAddr>,
    since: Instant,
}

impl Default for LinkRequestUsage {
    fn default() -> Self {
        Self {
            usage: Usage::default(),
            since: clock::stopwatch(),
        }
    }
}

impl LinkRequestUsage {
    /// Counts a request.
    ///
    /// # Errors
    /// `asked_too_often`.
    pub fn count(&self, caller: IpAddr) -> Result<(), Problem> {
        let left = self.usage.take(caller, QUOTA, self.since.elapsed());
        match left.retry {
            None => Ok(()),
            Some(seconds) => {
                Err(Problem::new("asked_too_often").header(header::RETRY_AFTER, seconds))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_who_asks_too_often_waits_and_others_do_not() {
        let asked = LinkRequestUsage::default();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..QUOTA.requests {
            asked.count(one).unwrap();
        }
        assert_eq!(asked.count(one).unwrap_err().code(), "asked_too_often");
        asked.count(other).unwrap();
    }
}
