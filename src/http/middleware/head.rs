//! How large the head of a request may be. The server below stops reading at 96 headers and at 128 KiB; what it lets through
//! is still more than any honest client sends.

use actix_web::dev::RequestHead;

use crate::http::problem::Problem;

/// The most bytes that a request's target may have.
pub const TARGET: usize = 8 << 10;
/// The most bytes that the names and values of all its headers may have.
pub const HEADERS: usize = 32 << 10;

/// Lets heads of a sensible size pass.
///
/// # Errors
/// `target_too_long`, `headers_too_large`.
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
    Ok(())
}
