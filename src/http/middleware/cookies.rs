//! The cookie that shows a session. Its prefix makes browsers refuse it unless it is Secure, for the whole site and of this
//! very host, so that no neighbouring host can plant one. Browsers take it over plain http from localhost alone, which is
//! enough for development.

use actix_web::HttpRequest;
use actix_web::http::header;

use access::sessions::DAYS;

/// Its name.
pub const NAME: &str = "__Host-rapporteur";

/// What it is kept with. `Lax`: a letter's link into the site finds one signed in; nothing is changed by following one.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The secret that the request's cookie shows; none where it has several.
pub fn session_secret(request: &HttpRequest) -> Option<String> {
    let mut secrets = secrets(request);
    let first = secrets.next()?;
    secrets.next().is_none().then(|| first.to_owned())
}

/// Whether the request has several cookies of the name, of which no browser keeps more than one.
pub fn are_several(request: &HttpRequest) -> bool {
    secrets(request).nth(1).is_some()
}

fn secrets(request: &HttpRequest) -> impl Iterator<Item = &str> {
    let headers = request.headers().get_all(header::COOKIE);
    headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == NAME)
        .map(|(_, secret)| secret)
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
