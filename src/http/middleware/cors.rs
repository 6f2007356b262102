//! Browsers on other origins (CORS): those that are listed may read the answers, all others may not.
//!
//! Credentials that a browser sends by itself (cookies) are not allowed across origins; a page there sends its token.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use url::Url;

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
const ALLOWED: &str = "Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Traceparent, X-Request-Id";
const EXPOSED: &str = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/// The origins whose pages may read the answers; none by default.
#[derive(Clone, Debug, Default)]
pub struct AllowedOrigins(Vec<HeaderValue>);

impl AllowedOrigins {
    /// Reads origins as browsers send them: `https://rapporteur.example.org`.
    ///
    /// # Errors
    /// The first that is none, and what was expected.
    pub fn read(texts: &[String]) -> Result<Self, String> {
        let origins = texts.iter().map(|text| {
            let text = text.trim();
            let is_origin = text.parse::<Url>().is_ok_and(|url| {
                ["http", "https"].contains(&url.scheme())
                    && url.origin().ascii_serialization() == text
            });
            HeaderValue::from_str(text)
                .ok()
                .filter(|_| is_origin)
                .ok_or_else(|| {
                    format!(
                        "{text:?}; expected an origin such as https://rapporteur.example.org: no path, no slash at the \
                         end, no port that is the scheme's own, and none stands for all"
                    )
                })
        });
        origins.collect::<Result<_, _>>().map(Self)
    }

    /// The origin of the page that asks, if it may read the answer.
    fn allowed_origin<'a>(&self, request: &'a HttpRequest) -> Option<&'a HeaderValue> {
        let origin = request.headers().get(header::ORIGIN)?;
        self.0.contains(origin).then_some(origin)
    }

    /// The answer to a browser that asks before it sends a request (preflight); nothing where this is none, or of an
    /// origin that is not listed.
    pub fn preflight(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let asks = request.method() == Method::OPTIONS
            && request
                .headers()
                .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if !asks || self.allowed_origin(request).is_none() {
            return None;
        }
        let mut answer = HttpResponse::build(StatusCode::NO_CONTENT);
        answer.insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS));
        answer.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED));
        answer.insert_header((header::ACCESS_CONTROL_MAX_AGE, "3600"));
        Some(answer.finish())
    }

    /// Tells the browser whether the page may read the answer.
    pub fn tell(&self, request: &HttpRequest, headers: &mut HeaderMap) {
        if self.0.is_empty() {
            return;
        }
        // A cache must not give one origin what was answered to another.
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = self.allowed_origin(request) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(EXPOSED),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_origin_is_named() {
        for text in [
            "*",
            "null",
            "example.org",
            "https://example.org/",
            "https://example.org/path",
            "https://example.org:443",
            "https://Example.org",
            "ftp://example.org",
        ] {
            let error = AllowedOrigins::read(&[text.to_owned()]).unwrap_err();
            assert!(
                error.contains(text) && error.contains("expected"),
                "{error}"
            );
        }
        let good = ["https://example.org", "http://localhost:5173"].map(str::to_owned);
        assert_eq!(AllowedOrigins::read(&good).unwrap().0.len(), 2);
    }
}
