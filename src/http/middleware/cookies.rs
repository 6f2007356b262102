//! The cookie that shows a session, and the one of whoever is on the way to sign in at an issuer. Their prefix makes browsers refuse them unless they are Secure, for the whole site and of this
//! very host, so that no neighbouring host can plant one. Browsers take them over plain http from localhost alone, which is
//! enough for development.

use std::fmt::Display;

use actix_web::HttpRequest;
use actix_web::http::header;

use access::oidc;
use access::sessions::DAYS;

/// The name of the one that shows a session.
pub const NAME: &str = "__Host-rapporteur";

/// The name of the other.
const SIGN_ON: &str = "__Host-rapporteur-sso";

/// What they are kept with. `Lax`: a letter's link into the site finds one signed in; nothing is changed by following one.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The secret that the request's cookie shows; none where it has several.
pub fn session_secret(request: &HttpRequest) -> Option<String> {
    only(request, NAME)
}

/// The secret of whoever comes back from an issuer; none where the request has several.
pub fn sign_on_secret(request: &HttpRequest) -> Option<String> {
    only(request, SIGN_ON)
}

fn only(request: &HttpRequest, name: &str) -> Option<String> {
    let mut secrets = secrets(request, name);
    let first = secrets.next()?;
    secrets.next().is_none().then(|| first.to_owned())
}

/// Whether the request has several cookies of the name, of which no browser keeps more than one.
pub fn are_several(request: &HttpRequest) -> bool {
    secrets(request, NAME).nth(1).is_some()
}

fn secrets<'a>(request: &'a HttpRequest, name: &'a str) -> impl Iterator<Item = &'a str> {
    let headers = request.headers().get_all(header::COOKIE);
    headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(named, _)| *named == name)
        .map(|(_, secret)| secret)
}

/// `Set-Cookie` that makes the browser show this secret.
pub fn set(secret: &str) -> String {
    set_for(secret, i64::from(DAYS) * 24 * 60 * 60)
}

/// The same for so many seconds.
pub fn set_for(secret: &str, seconds: i64) -> String {
    cookie(NAME, secret, seconds)
}

/// `Set-Cookie` that makes the browser forget it.
pub fn clear() -> String {
    cookie(NAME, "", 0)
}

/// `Set-Cookie` of a browser that sets out for an issuer.
pub fn set_out(secret: &str) -> String {
    cookie(SIGN_ON, secret, oidc::LASTS.as_secs())
}

/// `Set-Cookie` of a browser that has come back.
pub fn come_back() -> String {
    cookie(SIGN_ON, "", 0)
}

fn cookie(name: &str, value: &str, seconds: impl Display) -> String {
    format!("{name}={value}; {ATTRIBUTES}; Max-Age={seconds}")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_the_cookie_of_this_name_counts_and_only_if_it_is_one() {
        for (cookies, expected) in [
            (vec![], None),
            (vec!["a=b"], None),
            (vec!["__host-rapporteur=x"], None),
            (vec!["a=b; __Host-rapporteur=x"], Some("x")),
            (vec!["a=b", "__Host-rapporteur=x"], Some("x")),
            (vec!["__Host-rapporteur=x; __Host-rapporteur=x"], None),
            (vec!["__Host-rapporteur=x", "__Host-rapporteur=y"], None),
        ] {
            let request = cookies
                .iter()
                .fold(TestRequest::default(), |request, value| {
                    request.append_header((header::COOKIE, *value))
                });
            let request = request.to_http_request();
            assert_eq!(session_secret(&request).as_deref(), expected, "{cookies:?}");
            let times = cookies.concat().matches(NAME).count();
            assert_eq!(are_several(&request), times > 1, "{cookies:?}");
        }
    }
}
