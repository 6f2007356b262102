//! What a request shows of who sends it, and who that is.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::problem::Problem;
use super::services::Services;
use super::sign_on;
use crate::access::Principal;
use crate::access::oidc::Oidc;

/// Who sends the request: the anonymous where it shows nothing.
///
/// # Errors
/// `unknown_token` where it shows something that nobody here gave out, or that holds no longer; of single sign-on those of
/// [`sign_on`].
pub async fn principal(services: &Services, request: &HttpRequest) -> Result<Principal, Problem> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else {
        return Ok(Principal::ANONYMOUS);
    };
    let shown = value.to_str().ok().and_then(|value| value.split_once(' '));
    match shown.map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest.trim())) {
        Some((scheme, token)) if scheme == "bearer" && Oidc::is_token(token) => {
            sign_on::principal(services, token).await
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
