//! Rate limits: per principal, and per address for whoever shows no credentials or wrong ones.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpMessage, ResponseError};

use crate::http::middleware::client_address::Client;
use crate::http::middleware::credentials;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::http::services::limits::{Key, block};
use crate::http::services::quota::QuotaLeft;
use access::{Credential, Role};

/// `RateLimit`, of the IETF's draft "RateLimit header fields for HTTP".
pub const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// `RateLimit-Policy`, of the same draft.
pub const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

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
