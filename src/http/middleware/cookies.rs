//! The cookie that shows a session. Its prefix makes browsers refuse it unless it is Secure, for the whole site and of this
//! very host, so that no neighbouring host can plant one. Browsers take it over plain http from localhost alone, which is
//! enough for development.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::access::sessions::DAYS;

/// Its name.
pub const NAME: &str = "__Host-rapporteur";

/// What it is kept with. `Lax`: a letter's link into the site finds one signed in; nothing is changed by following one.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The secret that the request's cookie shows; an empty one, which shows nobody, where it has several.
pub fn shown(request: &HttpRequest) -> Option<String> {
    let headers = request.headers().get_all(header::COOKIE);
    let mut found = headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == NAME)
        .map(|(_, secret)| secret.to_owned());
    let first = found.next()?;
    Some(if found.next().is_none() {
        first
    } else {
        String::new()
    })
}

/// `Set-Cookie` that makes the browser show this secret.
pub fn set(secret: &str) -> String {
    let seconds = i64::from(DAYS) * 24 * 60 * 60;
    format!("{NAME}={secret}; {ATTRIBUTES}; Max-Age={seconds}")
}

/// `Set-Cookie` that makes the browser forget it.
pub fn clear() -> String {
    format!("{NAME}=; {ATTRIBUTES}; Max-Age=0")
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
            (vec!["__Host-rapporteur=x; __Host-rapporteur=x"], Some("")),
            (vec!["__Host-rapporteur=x", "__Host-rapporteur=y"], Some("")),
        ] {
            let request = cookies
                .iter()
                .fold(TestRequest::default(), |request, value| {
                    request.append_header((header::COOKIE, *value))
                });
            let shown = shown(&request.to_http_request());
            assert_eq!(shown.as_deref(), expected, "{cookies:?}");
        }
    }
}
