//! Where one is led who asks for the address of a form that was sent: a page is not there, what the form stood on is.

use actix_web::{HttpRequest, HttpResponse};

use crate::http::pages::visitor::go_to;

/// The page on which a form stands.
pub async fn way_back(request: HttpRequest) -> HttpResponse {
    let path = request.path();
    let mut parts: Vec<&str> = path.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    let steps = match last {
        // `/clarifications/2/answer`, `/files/{file}/remove`: the list of them.
        "answer" | "remove" => 1,
        _ => 0,
    };
    parts.truncate(parts.len() - steps);
    go_to(match last {
        "explanations" => format!("{}/check", parts.join("/")),
        _ => parts.join("/"),
    })
}
