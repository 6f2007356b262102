//! Which addresses of an issuer are asked at all.

use reqwest::Url;

/// Whether it is https, or http on this very machine where that is allowed.
pub(super) fn is_allowed(url: &Url, loopback: bool) -> bool {
    let has_no_password = url.username().is_empty() && url.password().is_none();
    has_no_password
        && match url.scheme() {
            "https" => url.host_str().is_some(),
            "http" => loopback && is_loopback(url),
            _ => false,
        }
}

/// Whether it is on this very machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
