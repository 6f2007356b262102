//! Headers that keep browsers from doing with an answer what it is not for.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Data: nothing in it is run, shown in a frame, or loaded.
const OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";
/// The API's documentation: Swagger UI, with its own files and nothing from elsewhere. It sets styles of elements, and has
/// its icons as data.
const OF_DOCUMENTATION: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the headers to the answer for `path`. `is_https` says whether it goes out over TLS.
pub fn tell(path: &str, is_https: bool, headers: &mut HeaderMap) {
    let policy = if path.starts_with("/docs") {
        OF_DOCUMENTATION
    } else {
        OF_DATA
    };
    let mut add = |name: HeaderName, value: &'static str| {
        // A page that says more closely what it needs is left its word.
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    add(header::CONTENT_SECURITY_POLICY, policy);
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "no-referrer");
    add(header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
    if is_https {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}
