//! The page that says what went wrong, and what would be right.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;
use url::form_urlencoded;

use super::frame::{Frame, page};
use super::visitor::go_to;
use crate::http::problem::Problem;
use crate::http::router::PageRequest;
use domain::Lang;
use texts::words::Words;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemTemplate {
    frame: Frame,
    detail: String,
    faults: Vec<String>,
    is_ours: bool,
}

/// What is answered where a page was asked for. Whoever is not signed in and must be is led to where one signs in, and back.
pub fn problem_page(asked: &PageRequest, problem: &Problem) -> HttpResponse {
    let mut response = match problem.code() {
        _ if asked.is_by_script => told_to_script(asked, problem),
        // Asked for again, it comes without the cookie, which is taken away below.
        "session_over" if asked.is_public => go_to(&asked.target),
        // A letter's link finds nothing before one is signed in.
        "not_found" if asked.is_anonymous && asked.is_read && !asked.is_public => {
            go_to(sign_in_address(asked))
        }
        "missing_token" | "session_over" | "unknown_token" => go_to(sign_in_address(asked)),
        _ => told(asked, problem),
    };
    for (name, value) in problem.headers() {
        let is_passed_on = *name == header::SET_COOKIE || *name == header::RETRY_AFTER;
        if is_passed_on && let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().append(name.clone(), value);
        }
    }
    response
}

/// Where one signs in, to go on where one wanted to.
fn sign_in_address(asked: &PageRequest) -> String {
    if !asked.is_read {
        return "/sign-in".to_owned();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("to", &asked.target);
    format!("/sign-in?{}", query.finish())
}

/// The same for the script of a page, which tells it beside what could not be done.
fn told_to_script(asked: &PageRequest, problem: &Problem) -> HttpResponse {
    let (detail, _) = problem.words_for(&asked.languages);
    HttpResponse::build(problem.status_code())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(serde_json::json!({ "problem": detail }))
}

fn told(asked: &PageRequest, problem: &Problem) -> HttpResponse {
    let lang = asked.languages.first().copied().unwrap_or(Lang::En);
    let w = Words::new(lang);
    let status = problem.status_code();
    let title = match status {
        StatusCode::NOT_FOUND => w.problem_not_found_title(),
        StatusCode::FORBIDDEN => w.problem_not_allowed_title(),
        StatusCode::CONFLICT
        | StatusCode::PRECONDITION_FAILED
        | StatusCode::UNPROCESSABLE_ENTITY => w.problem_refused_title(),
        status if status.is_server_error() => w.problem_ours_title(),
        _ => w.problem_title(),
    };
    let (detail, faults) = problem.words_for(&asked.languages);
    let query = asked.target.split_once('?').map_or("", |(_, query)| query);
    let template = ProblemTemplate {
        frame: Frame::new(w, title, query, None).of_anybody(),
        detail,
        faults,
        is_ours: status.is_server_error(),
    };
    page(status, lang, &template).unwrap_or_else(|_| HttpResponse::InternalServerError().finish())
}
