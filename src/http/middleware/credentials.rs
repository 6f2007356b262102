//! What a request shows of who sends it, and who that is.

use actix_web::HttpRequest;
use actix_web::http::{Method, header};

use crate::http::middleware::basic;
use crate::http::middleware::cookies;
use crate::http::middleware::session;
use crate::http::middleware::sign_on;
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::oidc::Oidc;
use access::sessions::PREFIX;
use access::{Credential, Principal};

/// Who sends the request, and how much of their rights it may use: the anonymous where it shows nothing.
///
/// # Errors
/// `several_credentials`; `unknown_token`, `session_over` where it shows something that nobody here gave out, or that holds
/// no longer; `cross_site_request`; `basic_only_reads`; of single sign-on those of [`sign_on`].
pub async fn credential(services: &Services, request: &HttpRequest) -> Result<Credential, Problem> {
    // Of two, a proxy before us may have judged the one and we the other. A header goes before a cookie, which browsers add
    // by themselves.
    let mut shown = request.headers().get_all(header::AUTHORIZATION);
    let first = shown.next();
    if shown.next().is_some() || cookies::are_several(request) {
        return Err(Problem::new("several_credentials"));
    }
    let Some(value) = first else {
        let credential = session::by_cookie(services, request).await?;
        return Ok(credential.unwrap_or(Principal::ANONYMOUS.into()));
    };
    let shown = value.to_str().ok().and_then(|value| value.split_once(' '));
    let shown = shown.map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest.trim()));
    match shown
        .as_ref()
        .map(|(scheme, rest)| (scheme.as_str(), *rest))
    {
        Some(("bearer", token)) if Oidc::is_token(token) => {
            sign_on::credential(services, token).await
        }
        Some(("bearer", secret)) if secret.starts_with(PREFIX) => {
            let found = session::by_token(services, request, secret).await?;
            found.ok_or_else(|| unknown(request, "Bearer error=\"invalid_token\""))
        }
        Some(("bearer", token)) if !token.is_empty() => {
            let found = services.tokens.credential(token).await?;
            found.ok_or_else(|| unknown(request, "Bearer error=\"invalid_token\""))
        }
        Some(("basic", rest)) => {
            let password = basic::password(rest).ok_or_else(|| unknown(request, "Bearer"))?;
            let found = services.tokens.credential(&password).await?;
            let found = found.ok_or_else(|| unknown(request, "Bearer"))?;
            if request.method() == Method::GET {
                Ok(found)
            } else {
                Err(Problem::new("basic_only_reads"))
            }
        }
        _ => Err(unknown(request, "Bearer")),
    }
}

fn unknown(request: &HttpRequest, bearer: &'static str) -> Problem {
    challenge(Problem::new("unknown_token"), request, bearer)
}

/// The problem with what would be accepted, each challenge in a line of its own: not every client reads two from one.
fn challenge(problem: Problem, request: &HttpRequest, bearer: &'static str) -> Problem {
    let problem = problem.header(header::WWW_AUTHENTICATE, bearer);
    if basic::is_welcome(request) {
        problem.header(header::WWW_AUTHENTICATE, basic::CHALLENGE)
    } else {
        problem
    }
}

/// The problem that the token which the request shows was revoked since.
pub fn revoked() -> Problem {
    Problem::new("unknown_token").header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
}

/// The problem that the request shows nothing, and must.
pub fn missing(request: &HttpRequest) -> Problem {
    challenge(Problem::new("missing_token"), request, "Bearer")
}
