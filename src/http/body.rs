//! JSON bodies: what is wrong with one is said with its place.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Problem;
use crate::domain::fault::pointer;

/// The most bytes that a body may have.
pub const LIMIT: usize = 2 << 20;

/// A JSON body, read as `T`, and its bytes.
#[derive(Debug)]
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// The bytes as they came, by which a repeated request is known.
    pub bytes: web::Bytes,
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|value| {
                value
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase()
            });
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes
                .await
                .map_err(|_| Problem::new("body_too_large").arg("limit", LIMIT))?;
            let is_json = media_type.as_deref().is_some_and(|media_type| {
                media_type == "application/json" || media_type.ends_with("+json")
            });
            if !is_json && !bytes.is_empty() {
                return Err(Problem::new("unsupported_media_type"));
            }
            let value = read(&bytes)?;
            Ok(Self { value, bytes })
        })
    }
}

/// Reads a body: JSON first, then what it says. A body left away is an empty object.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = if bytes.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(bytes).map_err(|error| {
            if error.to_string().contains("surrogate")
                || error.to_string().contains("unexpected end of hex escape")
            {
                Problem::new("forbidden_character")
                    .arg("pointer", format!("{}:{}", error.line(), error.column()))
            } else {
                Problem::new("bad_json").arg("detail", error)
            }
        })?
    };
    if let Some(place) = find_nul(&value, "") {
        return Err(Problem::new("forbidden_character")
            .arg("pointer", &place)
            .at(place));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let place = error
            .path()
            .iter()
            .fold(String::new(), |place, segment| match segment {
                serde_path_to_error::Segment::Seq { index } => pointer(&place, index),
                serde_path_to_error::Segment::Map { key } => pointer(&place, key),
                serde_path_to_error::Segment::Enum { variant } => pointer(&place, variant),
                serde_path_to_error::Segment::Unknown => place,
            });
        Problem::new("wrong_body")
            .arg("detail", error.inner())
            .at(place)
    })
}

/// Where a string holds U+0000, which PostgreSQL cannot store.
fn find_nul(value: &Value, place: &str) -> Option<String> {
    match value {
        Value::String(string) => string.contains('\0').then(|| place.to_owned()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find_nul(item, &pointer(place, index))),
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            if key.contains('\0') {
                return Some(place.to_owned());
            }
            find_nul(member, &pointer(place, key))
        }),
        _ => None,
    }
}
