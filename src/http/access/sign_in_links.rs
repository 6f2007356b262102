//! Asking for a new link.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::middleware::client_address::Client;
use crate::http::middleware::limits::block;
use crate::http::middleware::quota::{Quota, Usage};
use crate::http::problem::Problem;
use crate::http::services::Services;

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

/// Where to send a link.
#[derive(Deserialize, ToSchema)]
pub struct AskForLink {
    /// One's address.
    email: String,
}

/// What becomes of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkAsked {
    /// The same for every address, in the reader's language.
    detail: String,
}

/// Asks for a new link, which is sent to the address if somebody with an account has it. The answer is the same, and takes
/// the same time, whether or not; no address is sent more than one link in five minutes.
#[utoipa::path(tag = "sessions", request_body = AskForLink, responses((status = 202, body = LinkAsked)))]
#[post("/v1/sign-in-links")]
pub async fn ask_for_link(
    request: HttpRequest,
    caller: Caller,
    body: Body<AskForLink>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    ask(&services, &request, &body.value.email)?;
    let detail = texts::text::<&str>("sign_in.asked", &caller.languages, &[]);
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(LinkAsked { detail }))
}

/// Has a link sent, and tells nothing of the address.
///
/// # Errors
/// `asked_too_often`.
pub fn ask(services: &Services, request: &HttpRequest, email: &str) -> Result<(), Problem> {
    services
        .asked
        .count(block(Client::from_request(request).address))?;
    services.asking.ask(email);
    Ok(())
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
