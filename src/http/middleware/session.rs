//! Sessions, as a request shows one.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};

use crate::http::middleware::{cookies, csrf};
use crate::http::problem::Problem;
use crate::http::route::Route;
use crate::http::services::Services;
use access::{Credential, Session};

/// What a cookie is to be set to, since its session's end has moved on.
struct RenewedCookie(String);

/// Whom the request's cookie shows; `None` where it has none. A cookie that shows nobody is answered with its end, so that
/// the next request comes as anybody's.
///
/// # Errors
/// `session_over`; `cross_site_request` for a change that may be another site's wish.
pub async fn by_cookie(
    services: &Services,
    request: &HttpRequest,
) -> Result<Option<Credential>, Problem> {
    let Some(secret) = cookies::session_secret(request) else {
        return Ok(None);
    };
    if request.method() != Method::GET {
        let is_page = Route::from_request(request).is_some_and(|route| route.is_page);
        csrf::prove(request, &services.origin, is_page)?;
    }
    let session = services.sessions.find(&secret).await?;
    let session = session
        .ok_or_else(|| Problem::new("session_over").header(header::SET_COOKIE, cookies::clear()))?;
    if session.is_renewed {
        let cookie = cookies::set(&secret);
        request.extensions_mut().insert(RenewedCookie(cookie));
    }
    Ok(Some(remember(request, session)))
}

/// Whom a session's secret shows, sent as a bearer token; `None` where it shows nobody.
///
/// # Errors
/// The database does not answer.
pub async fn by_token(
    services: &Services,
    request: &HttpRequest,
    secret: &str,
) -> Result<Option<Credential>, Problem> {
    let session = services.sessions.find(secret).await?;
    Ok(session.map(|session| remember(request, session)))
}

fn remember(request: &HttpRequest, session: Session) -> Credential {
    let credential = Credential {
        identity: session.identity,
        ..session.principal.into()
    };
    request.extensions_mut().insert(session);
    credential
}

/// Sets the cookie of a session anew whose end this request has moved on.
pub fn renew<B: MessageBody>(response: &mut ServiceResponse<B>) {
    let renewed = response
        .request()
        .extensions_mut()
        .remove::<RenewedCookie>();
    let value = renewed.and_then(|RenewedCookie(cookie)| HeaderValue::from_str(&cookie).ok());
    let headers = response.headers_mut();
    if let Some(value) = value
        && !headers.contains_key(header::SET_COOKIE)
    {
        headers.insert(header::SET_COOKIE, value);
    }
}
