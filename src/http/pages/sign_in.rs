//! Pages on which one asks for a new link, sees as whom one is signed in, and signs out.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::join::{account_name, field, minute};
use super::{Html, Page, answer, language, sso};
use crate::http::access::sign_in_links;
use crate::http::middleware::cookies;
use crate::http::middleware::csrf;
use crate::http::problem::Problem;
use crate::http::services::Services;

/// The form that asks for a new link.
pub async fn ask_page(request: HttpRequest, services: web::Data<Services>) -> HttpResponse {
    let buttons = sso::buttons(&services, &request);
    answer(
        StatusCode::OK,
        Page::Ask,
        language(&request),
        &[("sign_on", buttons)],
    )
}

/// Asks for a new link. The page that follows is the same for every address.
pub async fn ask(
    request: HttpRequest,
    form: web::Bytes,
    services: web::Data<Services>,
) -> HttpResponse {
    let lang = language(&request);
    let email = field(&form, "email").unwrap_or_default();
    match sign_in_links::ask(&services, &request, &email) {
        Ok(()) => answer(StatusCode::ACCEPTED, Page::Asked, lang, &[]),
        Err(_) => answer(
            StatusCode::TOO_MANY_REQUESTS,
            Page::AskedTooOften,
            lang,
            &[],
        ),
    }
}

/// As whom one is signed in, and until when.
pub async fn signed_in_page(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let lang = language(&request);
    let session = match cookies::session_secret(&request) {
        Some(secret) => services.sessions.find(&secret).await?,
        None => None,
    };
    let Some(session) = session else {
        return Ok(ask_page(request, services).await);
    };
    let principal = session.principal;
    let account = account_name(&services, principal.role, principal.party, lang).await?;
    let args = [
        ("account", Html::text(&account)),
        ("until", Html::text(&minute(&session.until))),
    ];
    let page = match session.identity {
        None => Page::SignedIn,
        Some(_) => Page::SignedOn,
    };
    Ok(answer(StatusCode::OK, page, lang, &args))
}

/// Signs out.
pub async fn sign_out(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let lang = language(&request);
    if !csrf::is_own(&request, &services.origin) {
        return Ok(answer(StatusCode::FORBIDDEN, Page::Refused, lang, &[]));
    }
    if let Some(secret) = cookies::session_secret(&request)
        && let Some(session) = services.sessions.find(&secret).await?
    {
        services.sessions.end(session.id).await?;
    }
    let mut response = answer(StatusCode::OK, Page::SignedOut, lang, &[]);
    if let Ok(cookie) = cookies::clear().parse() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
