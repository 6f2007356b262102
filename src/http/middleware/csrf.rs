//! Requests that another site makes somebody's browser send. A browser adds a session's cookie by itself, so a request that
//! shows its session by cookie changes something only with two proofs, neither of which another site can give:
//!
//! - the browser says that the request comes from this site: `Sec-Fetch-Site: same-origin`, or, from a browser that does not
//!   send that, an `Origin` that is ours, scheme and all: what was sent from a page over plain http could be anybody's;
//! - the header `X-Requested-With`, which no form can send, and a script of another site only after a preflight that we
//!   refuse.
//!
//! That the cookie is `SameSite=Lax` is a third. Forms of our own pages, which cannot send headers, need the first.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::http::middleware::edge;
use crate::http::problem::Problem;

/// The header, with any value.
pub const HEADER: &str = "X-Requested-With";

/// What the addresses under a public address begin with, as browsers write it: `https://rapporteur.example.org`.
pub fn origin(public_url: &str) -> String {
    url::Url::parse(public_url).map_or_else(
        |_| public_url.trim_end_matches('/').to_owned(),
        |url| url.origin().ascii_serialization(),
    )
}

/// Whether the browser says that the request comes from a page of ours; `origin` is what our pages' addresses begin with.
pub fn is_own(request: &HttpRequest, origin: &str) -> bool {
    let header = |name: &str| -> Option<&str> {
        let value = request.headers().get(name)?;
        Some(value.to_str().unwrap_or("?"))
    };
    let host = header("host");
    let from = header(header::ORIGIN.as_str());
    match header("sec-fetch-site") {
        // The browser has compared schemes too. A page that lets no referrer through is `null` to its own site.
        Some("same-origin") => from.is_none_or(|from| {
            let authority = from.split_once("://").map(|(_, authority)| authority);
            from == "null" || from == origin || (authority.is_some() && authority == host)
        }),
        Some(_) => false,
        None => from.is_some_and(|from| {
            let scheme = edge::scheme(request);
            from == origin || host.is_some_and(|host| from == format!("{scheme}://{host}"))
        }),
    }
}

/// Lets a request go on that shows its session by cookie and changes something; `is_form`, where it may be a form of a page of ours.
///
/// # Errors
/// `cross_site_request`.
pub fn prove(request: &HttpRequest, origin: &str, is_form: bool) -> Result<(), Problem> {
    if is_own(request, origin) && (is_form || request.headers().contains_key(HEADER)) {
        Ok(())
    } else {
        Err(Problem::new("cross_site_request").arg("header", HEADER))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_our_own_pages_are_ours() {
        let ours = "https://rapporteur.example.org";
        for (site, origin, expected) in [
            (None, None, false),
            (None, Some(ours), true),
            (None, Some("http://127.0.0.1:8004"), true),
            (None, Some("https://127.0.0.1:8004"), false),
            (None, Some("ftp://127.0.0.1:8004"), false),
            (None, Some("http://rapporteur.example.org"), false),
            (None, Some("null"), false),
            (None, Some(""), false),
            (None, Some("127.0.0.1:8004"), false),
            (
                None,
                Some("https://rapporteur.example.org.evil.example"),
                false,
            ),
            (None, Some("http://127.0.0.1:8005"), false),
            (Some("same-origin"), None, true),
            (Some("same-origin"), Some(ours), true),
            (Some("same-origin"), Some("null"), true),
            (Some("same-origin"), Some("https://evil.example"), false),
            (Some("same-site"), Some(ours), false),
            (Some("cross-site"), Some(ours), false),
            (Some("none"), None, false),
            (Some(""), Some(ours), false),
        ] {
            let mut request = TestRequest::default().insert_header(("host", "127.0.0.1:8004"));
            if let Some(site) = site {
                request = request.insert_header(("sec-fetch-site", site));
            }
            if let Some(origin) = origin {
                request = request.insert_header(("origin", origin));
            }
            let request = request.to_http_request();
            assert_eq!(is_own(&request, ours), expected, "{site:?} {origin:?}");
            assert!(prove(&request, ours, false).is_err(), "without the header");
            assert_eq!(prove(&request, ours, true).is_ok(), expected);
        }
    }
}
