//! What a request is called by, so that its answer, its line in the log and its trace can be found from one another.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// The header by which a caller may name its request, and in which the name is answered.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The header of W3C Trace Context.
pub const TRACEPARENT: &str = "traceparent";

/// The most characters that a name of the caller's may have.
const LONGEST: usize = 64;

/// The name of a request: a part of the header that it came in, or a new one.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The trace of `traceparent`, or what `X-Request-Id` says; made where neither is there, or where it could harm those who
    /// read it: the name goes into lines, pages and commands.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let trace = only(headers, TRACEPARENT).and_then(|value| trace_id(value.to_str().ok()?));
        let trace = trace.and_then(|trace| HeaderValue::from_str(trace).ok());
        let named = || only(headers, X_REQUEST_ID.as_str()).filter(|value| is_safe(value));
        Self(trace.or_else(|| named().cloned()).unwrap_or_else(new_value))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    /// As it is answered.
    pub fn value(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// A header that is there once: of two, a proxy before us may mean the one and we the other.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name);
    values.next().filter(|_| values.next().is_none())
}

fn is_safe(value: &HeaderValue) -> bool {
    let is_safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=LONGEST).contains(&value.len()) && value.as_bytes().iter().all(is_safe)
}

/// The id of the trace in `version-trace-parent-flags`. Later versions may add parts at the end.
fn trace_id(value: &str) -> Option<&str> {
    let mut parts = value.split('-');
    let mut part = |length: usize| {
        let part = parts.next()?;
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (part.len() == length && part.bytes().all(is_hex)).then_some(part)
    };
    let (version, trace, parent) = (part(2)?, part(32)?, part(16)?);
    part(2)?;
    let has_more = parts.next().is_some();
    let is_none = |id: &str| id.bytes().all(|byte| byte == b'0');
    let is_valid = version != "ff" && !(version == "00" && has_more);
    (is_valid && !is_none(trace) && !is_none(parent)).then_some(trace)
}

/// A new one, in the form of a trace's id.
fn new_value() -> HeaderValue {
    let mut buffer = uuid::Uuid::encode_buffer();
    let text = clock::new_id().simple().encode_lower(&mut buffer);
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("unnamed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(sent: &[(&str, &[u8])]) -> String {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.append(name, HeaderValue::from_bytes(value).unwrap());
        }
        RequestId::from_headers(&headers).as_str().to_owned()
    }

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const PARENT: &[u8] = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn what_the_caller_calls_its_request_is_kept() {
        assert_eq!(id(&[("traceparent", PARENT)]), TRACE);
        assert_eq!(id(&[("x-request-id", b"a-B_c.9")]), "a-B_c.9");
        let both: [(&str, &[u8]); 2] = [("x-request-id", b"mine"), ("traceparent", PARENT)];
        assert_eq!(id(&both), TRACE);
        let later = [PARENT, b"-more"].concat();
        let later = [b"01", &later[2..]].concat();
        assert_eq!(id(&[("traceparent", &later)]), TRACE);
        let broken: [(&str, &[u8]); 2] = [("x-request-id", b"mine"), ("traceparent", b"00-1-2-3")];
        assert_eq!(id(&broken), "mine");
    }

    #[test]
    fn what_could_harm_its_readers_is_not_taken() {
        let long = [b'a'; LONGEST + 1];
        let sent: [&[u8]; 8] = [
            b"",
            b" ",
            b"a b",
            b"a\"b",
            b"a\tb",
            b"\xc3\xa9",
            b"<b>",
            &long,
        ];
        for value in sent {
            let made = id(&[("x-request-id", value)]);
            assert_eq!(made.len(), 32, "{made}");
        }
        let twice: [(&str, &[u8]); 2] = [("x-request-id", b"one"), ("x-request-id", b"two")];
        assert!(!["one", "two"].contains(&id(&twice).as_str()));
        for value in [
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert_ne!(id(&[("traceparent", value.as_bytes())]), TRACE, "{value}");
        }
        assert_ne!(id(&[]), id(&[]));
    }
}
