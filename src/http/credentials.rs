//! What a request shows of who sends it, and who that is.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::problem::Problem;
use super::services::Services;
use super::sessions;
use crate::access::Principal;
use crate::access::sessions::PREFIX;

/// Who sends the request: the anonymous where it shows nothing.
///
/// # Errors
/// `unknown_token`, `session_over` where it shows something that nobody here gave out, or that holds no longer;
/// `cross_site_request`.
pub async fn principal(services: &Services, request: &HttpRequest) -> Result<Principal, Problem> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else {
        let principal = sessions::by_cookie(services, request).await?;
        return Ok(principal.unwrap_or(Principal::ANONYMOUS));
    };
    let shown = value.to_str().ok().and_then(|value| value.split_once(' '));
    match shown.map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest.trim())) {
        Some((scheme, secret)) if scheme == "bearer" && secret.starts_with(PREFIX) => {
            let principal = sessions::by_token(services, request, secret).await?;
            principal.ok_or_else(unknown)
        }
        Some((scheme, token)) if scheme == "bearer" && !token.is_empty() => {
            services.tokens.principal(token).await?.ok_or_else(unknown)
        }
        _ => Err(Problem::new("unknown_token").header(header::WWW_AUTHENTICATE, "Bearer")),
    }
}

fn unknown() -> Problem {
    Problem::new("unknown_token").header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
}
