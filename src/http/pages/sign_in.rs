//! Pages on which one asks for a new link, and signs out.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::form::Form as PostedForm;
use super::frame::{Frame, page};
use super::sso::{self, Offer};
use super::visitor::go_to;
use crate::http::access::sign_in_links;
use crate::http::handling::languages;
use crate::http::middleware::cookies;
use crate::http::middleware::csrf;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::Lang;
use texts::words::Words;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInTemplate {
    frame: Frame,
    to: String,
    notice: Option<&'static str>,
    offers: Vec<Offer>,
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "said.html")]
pub struct SaidTemplate {
    /// The frame.
    pub frame: Frame,
    /// What it says, a paragraph each.
    pub said: Vec<String>,
    /// Whether it leads to where one asks for a link.
    pub leads_to_sign_in: bool,
}

/// The words of a page for whoever sends this request.
pub fn words(request: &HttpRequest) -> Words {
    let languages = languages::for_page(request);
    Words::new(languages.first().copied().unwrap_or(Lang::En))
}

/// A page that says one thing.
pub fn said(
    request: &HttpRequest,
    status: StatusCode,
    title: &str,
    said: Vec<String>,
    leads_to_sign_in: bool,
) -> Result<HttpResponse, Problem> {
    let w = words(request);
    let template = SaidTemplate {
        frame: Frame::new(w, title, request.query_string(), None),
        said,
        leads_to_sign_in,
    };
    page(status, w.lang, &template)
}

/// A request that is another site's.
pub fn refused(request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let w = words(request);
    let told = vec![w.refused_text().to_owned()];
    said(
        request,
        StatusCode::FORBIDDEN,
        w.refused_title(),
        told,
        true,
    )
}

/// Where one wanted to go: a path of this site, and nothing else.
pub fn local_path(to: &str) -> &str {
    let is_local = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\n', '\r']);
    if is_local { to } else { "/home" }
}

/// The form that asks for a new link.
pub async fn ask_page(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let w = words(&request);
    let query = PostedForm::read(request.query_string().as_bytes())?;
    let template = SignInTemplate {
        frame: Frame::new(w, w.sign_in_title(), request.query_string(), None),
        to: query.text("to").to_owned(),
        notice: query.given("to").map(|_| w.sign_in_needed()),
        offers: sso::offers(&services, w.lang),
    };
    page(StatusCode::OK, w.lang, &template)
}

/// Asks for a new link. The page that follows is the same for every address.
pub async fn ask(
    request: HttpRequest,
    form: PostedForm,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let w = words(&request);
    match sign_in_links::ask(&services, &request, form.text("email")) {
        Ok(()) => {
            let told = vec![w.asked_text().to_owned(), w.asked_note().to_owned()];
            said(&request, StatusCode::ACCEPTED, w.asked_title(), told, false)
        }
        Err(_) => {
            let told = vec![w.asked_too_often_text().to_owned()];
            let title = w.asked_too_often_title();
            said(&request, StatusCode::TOO_MANY_REQUESTS, title, told, false)
        }
    }
}

/// Where one was led after signing in before there was a page of what waits.
pub async fn signed_in() -> HttpResponse {
    go_to("/home")
}

/// Signs out.
pub async fn sign_out(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    if !csrf::is_own(&request, &services.origin) {
        return refused(&request);
    }
    if let Some(secret) = cookies::session_secret(&request)
        && let Some(session) = services.sessions.find(&secret).await?
    {
        services.sessions.end(session.id).await?;
    }
    let w = words(&request);
    let told = vec![w.signed_out_text().to_owned()];
    let mut response = said(&request, StatusCode::OK, w.signed_out_title(), told, true)?;
    if let Ok(cookie) = HeaderValue::from_str(&cookies::clear()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    // What the browser kept of what was typed is nobody's any more.
    let everything = HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        everything,
    );
    Ok(response)
}
