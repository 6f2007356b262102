//! HTTP Basic: for Excel and Power BI, which can send nothing else. A token is the password, the user name is anything, and
//! it is for reading only.

use actix_web::HttpRequest;
use actix_web::http::{Method, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The challenge to send Basic.
pub const CHALLENGE: &str = "Basic realm=\"Rapporteur\", charset=\"UTF-8\"";

/// The password in what follows `Basic`; none where that is not well formed.
pub fn password(credentials: &str) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    let (_, password) = decoded.split_once(':')?;
    Some(password.to_owned())
}

/// Whether to ask for Basic where credentials are missing or wrong. A browser answers that with a dialog of its own, whose
/// password it then sends along with every later request; so only what does not look like one is asked: a read, without
/// what browsers send with pages (`Accept: text/html`) and with the requests of scripts (`Sec-Fetch-Mode`, `Origin`,
/// `X-Requested-With`).
pub fn is_welcome(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let wants_page = headers.get_all(header::ACCEPT).any(|accept| {
        accept
            .to_str()
            .is_ok_and(|accept| accept.contains("text/html"))
    });
    let is_browser = ["sec-fetch-mode", "origin", "x-requested-with"]
        .iter()
        .any(|name| headers.contains_key(*name));
    request.method() == Method::GET && !wants_page && !is_browser
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_password_is_what_follows_the_first_colon() {
        let of = |text: &str| password(&STANDARD.encode(text));
        assert_eq!(of("user:rpt_1").as_deref(), Some("rpt_1"));
        assert_eq!(of(":rpt_1").as_deref(), Some("rpt_1"));
        assert_eq!(of("a:b:c").as_deref(), Some("b:c"));
        assert_eq!(of("rpt_1"), None);
        assert_eq!(password("%%%"), None);
        assert_eq!(password(&STANDARD.encode([0x75, 0x3a, 0xff])), None);
    }

    #[test]
    fn browsers_are_not_asked_for_it() {
        let asked = |name: &'static str, value: &'static str| {
            is_welcome(
                &TestRequest::get()
                    .insert_header((name, value))
                    .to_http_request(),
            )
        };
        assert!(asked("accept", "*/*") && asked("accept", "application/json"));
        assert!(!asked(
            "accept",
            "text/html,application/xhtml+xml,*/*;q=0.8"
        ));
        assert!(!asked("sec-fetch-mode", "cors") && !asked("origin", "https://a.example"));
        assert!(!is_welcome(&TestRequest::post().to_http_request()));
    }
}
