//! Answers with an entity tag: 304 where the caller has them already.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::domain::Lang;

/// An entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The position of the last event that changed a resource; with the language where the representation has one.
    Resource(u64, Option<Lang>),
    /// The last position that could change a figure. Weak: the answer also names the position that it was read at.
    Figure(u64, Option<Lang>),
}

impl Tag {
    fn text(&self) -> String {
        let (weak, position, lang) = match self {
            Self::Resource(position, lang) => ("", position, lang),
            Self::Figure(position, lang) => ("W/", position, lang),
        };
        match lang {
            Some(lang) => format!("{weak}\"{position}-{lang}\""),
            None => format!("{weak}\"{position}\""),
        }
    }
}

/// Answers 200 with the body, or 304 where `If-None-Match` names the tag.
pub fn answer(request: &HttpRequest, tag: &Tag, body: &impl Serialize) -> HttpResponse {
    answer_text(request, tag, || {
        serde_json::to_string(body).unwrap_or_default()
    })
}

/// As [`answer`], for a body that is text already.
pub fn answer_text(
    request: &HttpRequest,
    tag: &Tag,
    body: impl FnOnce() -> String,
) -> HttpResponse {
    let text = tag.text();
    let mut response = if has(request.headers(), &text) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response.insert_header((header::ETAG, text.as_str()));
    // A cache may keep the answer, for this caller, and asks each time whether it still holds.
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    response.insert_header((header::VARY, "Accept-Language, Authorization"));
    if let Tag::Resource(_, Some(lang)) | Tag::Figure(_, Some(lang)) = tag {
        response.insert_header((header::CONTENT_LANGUAGE, lang.as_str()));
    }
    if has(request.headers(), &text) {
        return response.finish();
    }
    response.content_type("application/json").body(body())
}

/// Weak comparison, as RFC 9110 has it for If-None-Match.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let bare = tag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == bare)
}

/// Answers a write: the resource as it now is, with its tag.
pub fn written(created: Option<String>, position: u64, body: &impl Serialize) -> HttpResponse {
    let mut response = match created {
        Some(location) => {
            let mut response = HttpResponse::Created();
            response.insert_header((header::LOCATION, location));
            response
        }
        None => HttpResponse::Ok(),
    };
    if position > 0 {
        response.insert_header((header::ETAG, format!("\"{position}\"")));
    }
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(serde_json::to_string(body).unwrap_or_default())
}
