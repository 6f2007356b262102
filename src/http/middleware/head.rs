//! What the head of a request may be: how large, with which headers once, and of what body. The server below stops reading at
//! 96 headers and at 128 KiB; what it lets through is still more than any honest client sends.

use actix_web::dev::RequestHead;
use actix_web::http::header;

use crate::http::problem::Problem;

/// The most bytes that a request's target may have.
pub const TARGET: usize = 8 << 10;
/// The most bytes that the names and values of all its headers may have.
pub const HEADERS: usize = 32 << 10;

/// Headers that say one thing, of which one is read. Of two, one would be passed over without a word, and a proxy may have
/// gone by the other. Two of `Authorization` are several credentials; what is a list by its nature may come in several lines.
const SINGLE: &[&str] = &[
    "content-disposition",
    "content-type",
    "host",
    "idempotency-key",
    "origin",
    "sec-fetch-site",
];

/// Lets heads of a sensible size pass, that say nothing twice, of bodies that come as they are. A body's size is bounded as it
/// arrives: of a packed one that would say nothing.
///
/// # Errors
/// `target_too_long`, `headers_too_large`, `repeated_header`, `packed_body`.
pub fn check(head: &RequestHead) -> Result<(), Problem> {
    let target = head.uri.path_and_query().map_or(0, |it| it.as_str().len());
    if target > TARGET {
        return Err(Problem::new("target_too_long").arg("limit", TARGET));
    }
    let headers = head.headers().iter();
    let size: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if size > HEADERS {
        return Err(Problem::new("headers_too_large").arg("limit", HEADERS));
    }
    let is_repeated = |name: &&&str| head.headers().get_all(**name).count() > 1;
    if let Some(name) = SINGLE.iter().find(is_repeated) {
        return Err(Problem::new("repeated_header").arg("header", name));
    }
    let mut encodings = head.headers().get_all(header::CONTENT_ENCODING);
    if encodings.any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let problem = Problem::new("packed_body");
        return Err(problem.header(header::ACCEPT_ENCODING, "identity"));
    }
    Ok(())
}
