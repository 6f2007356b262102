//! Files as they arrive: what they are, what they are called, and their bytes.

use actix_web::http::header::{self, ContentDisposition, HeaderMap};
use actix_web::web::{BytesMut, Payload};
use futures_util::StreamExt;

use crate::domain::reply::{MAX_FILE_BYTES, MAX_FILE_NAME_CHARS, MEDIA_TYPES};
use crate::http::middleware::pace;
use crate::http::problem::Problem;

/// The file's media type, one of those that are taken.
///
/// # Errors
/// `file_type_not_allowed`; `body_too_slow`, `bad_encoding` where the bytes are not the file's own.
pub(in crate::http) fn media_type(headers: &HeaderMap) -> Result<&'static str, Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(encoding) = text(header::CONTENT_ENCODING)
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(Problem::new("bad_encoding").arg("detail", "a file is sent as it is"));
    }
    let given = text(header::CONTENT_TYPE).unwrap_or_default();
    let bare = given.split(';').next().unwrap_or_default().trim();
    let known = MEDIA_TYPES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(bare));
    known
        .copied()
        .ok_or_else(|| Problem::new("file_type_not_allowed"))
}

/// The file's name: a name and no path.
///
/// # Errors
/// `bad_file_name`.
pub(in crate::http) fn name(headers: &HeaderMap) -> Result<String, Problem> {
    let named = headers
        .get(header::CONTENT_DISPOSITION)
        .and_then(|value| ContentDisposition::from_raw(value).ok())
        .and_then(|disposition| {
            let extended = disposition
                .get_filename_ext()
                .map(|name| name.value.clone());
            let extended = extended.map(|value| String::from_utf8(value).unwrap_or_default());
            extended.or_else(|| disposition.get_filename().map(str::to_owned))
        });
    let is_name = |name: &String| {
        !name.trim().is_empty()
            && name.chars().count() <= MAX_FILE_NAME_CHARS
            && !name
                .chars()
                .any(|character| character.is_control() || matches!(character, '/' | '\\'))
    };
    named
        .filter(is_name)
        .ok_or_else(|| Problem::new("bad_file_name"))
}

/// The file's bytes.
///
/// # Errors
/// `file_too_large`, `bad_encoding` where they do not arrive whole.
pub(in crate::http) async fn bytes(mut payload: Payload) -> Result<Vec<u8>, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            let refused = pace::refused(&error);
            refused.unwrap_or_else(|| Problem::new("bad_encoding").arg("detail", error))
        })?;
        if bytes.len() + chunk.len() > MAX_FILE_BYTES {
            return Err(Problem::new("file_too_large"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn named(disposition: &str) -> Result<String, &'static str> {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_bytes(disposition.as_bytes()).unwrap();
        headers.insert(header::CONTENT_DISPOSITION, value);
        name(&headers).map_err(|problem| problem.code())
    }

    #[test]
    fn a_name_is_read_as_rfc_6266_has_it() {
        for (disposition, read) in [
            ("attachment; filename=\"law.pdf\"", "law.pdf"),
            ("attachment; filename=law.pdf", "law.pdf"),
            ("attachment; filename=\"a \\\"b\\\".pdf\"", "a \"b\".pdf"),
            (
                "attachment; filename=\"x\"; filename*=UTF-8''%d0%b6.pdf",
                "ж.pdf",
            ),
        ] {
            assert_eq!(named(disposition), Ok(read.to_owned()), "{disposition}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = format!("attachment; filename=\"{}\"", "a".repeat(256));
        for disposition in [
            "attachment",
            "nonsense=",
            "attachment; filename=\"\"",
            "attachment; filename=\" \"",
            "attachment; filename=\"../law.pdf\"",
            "attachment; filename*=UTF-8''a%5cb.pdf",
            "attachment; filename*=UTF-8''a%00b.pdf",
            "attachment; filename*=UTF-8''%ff.pdf",
            &long,
        ] {
            assert_eq!(named(disposition), Err("bad_file_name"), "{disposition}");
        }
    }
}
