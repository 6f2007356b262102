//! Files as they arrive: what they are, what they are called, and their bytes.

use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderMap,
};
use actix_web::web::{BytesMut, Payload};
use futures_util::StreamExt;

use crate::http::handling::pace;
use crate::http::problem::Problem;
use domain::fault::{FILE_IS_NOT_OF_ITS_TYPE, FILE_IS_OF_ANOTHER_TYPE};
use domain::reply::{FileType, MAX_FILE_BYTES, file_name};

/// The file's type, one of those that are taken.
///
/// # Errors
/// `file_type_not_allowed`.
pub(in crate::http) fn file_type(headers: &HeaderMap) -> Result<FileType, Problem> {
    let given = headers.get(header::CONTENT_TYPE);
    let given = given
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let bare = given.split(';').next().unwrap_or_default().trim();
    bare.parse()
        .map_err(|_| Problem::new("file_type_not_allowed"))
}

/// The file's name, one that files of its type have.
///
/// # Errors
/// `bad_file_name`: with what is wrong with it.
pub(in crate::http) fn name(headers: &HeaderMap, of: FileType) -> Result<String, Problem> {
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
    let named = named.ok_or_else(|| Problem::new("bad_file_name"))?;
    file_name(&named, of).map_err(|fault| Problem::new("bad_file_name").faults(vec![fault]))
}

/// Refuses bytes that are not those of a file of the type that was said. Of no bytes there is nothing to say.
///
/// # Errors
/// `file_type_differs`: with the type that they have, where it is known.
pub(in crate::http) fn check(bytes: &[u8], of: FileType) -> Result<(), Problem> {
    if bytes.is_empty() || of.is_of(bytes) {
        return Ok(());
    }
    let fault = match FileType::from_bytes(bytes) {
        Some(found) => FILE_IS_OF_ANOTHER_TYPE.at("").arg("found", found),
        None => FILE_IS_NOT_OF_ITS_TYPE.at(""),
    };
    let fault = fault.arg("media_type", of);
    Err(Problem::new("file_type_differs").faults(vec![fault]))
}

/// How a browser is told to keep a file: by its name, and for those that read only ASCII by one like it.
pub(in crate::http) fn disposition(name: &str) -> ContentDisposition {
    let plain = |character: char| match character {
        // What would end the quoted text, or be taken for an escape.
        '"' | '\\' | '%' => '_',
        ' '..='~' => character,
        _ => '_',
    };
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(name.chars().map(plain).collect()),
            DispositionParam::FilenameExt(extended),
        ],
    }
}

/// The file's bytes.
///
/// # Errors
/// `file_too_large`, `body_cut_off`, and why no more of it is read.
pub(in crate::http) async fn bytes(mut payload: Payload) -> Result<Vec<u8>, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            let refused = pace::refused(&error);
            refused.unwrap_or_else(|| Problem::new("body_cut_off"))
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
        let of = "application/pdf".parse().unwrap();
        name(&headers, of).map_err(|problem| problem.code())
    }

    #[test]
    fn a_name_is_read_as_rfc_6266_has_it() {
        for (disposition, read) in [
            ("attachment; filename=\"law.pdf\"", "law.pdf"),
            ("attachment; filename=law.pdf", "law.pdf"),
            ("attachment; filename=\"a \\(b\\).pdf\"", "a (b).pdf"),
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
            "attachment; filename*=UTF-8''annex%E2%80%AEfdp.exe",
            &long,
        ] {
            assert_eq!(named(disposition), Err("bad_file_name"), "{disposition}");
        }
    }

    #[test]
    fn a_name_is_told_in_ascii_beside_its_own_letters() {
        for (name, told) in [
            (
                "law.pdf",
                "attachment; filename=\"law.pdf\"; filename*=UTF-8''law.pdf",
            ),
            (
                "Loi pénale.pdf",
                "attachment; filename=\"Loi p_nale.pdf\"; filename*=UTF-8''Loi%20p%C3%A9nale.pdf",
            ),
            (
                "a \"b\".pdf",
                "attachment; filename=\"a _b_.pdf\"; filename*=UTF-8''a%20%22b%22.pdf",
            ),
        ] {
            assert_eq!(disposition(name).to_string(), told);
        }
    }
}
