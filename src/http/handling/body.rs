//! JSON bodies: what is wrong with one is said with its place.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::http::handling::bounds;
use crate::http::handling::json::{Reading, TWICE, UnambiguousJson};
use crate::http::handling::numbers;
use crate::http::handling::pace;
use crate::http::handling::shape::Shapes;
use crate::http::problem::Problem;
use crate::http::route::Route;
use domain::Fault;
use domain::fault::pointer;
use domain::phrase::Phrase;

/// The most bytes that a body may have.
pub const LIMIT: usize = 2 << 20;
/// The most bytes of a questionnaire: two thousand questions in six languages.
const QUESTIONNAIRE_LIMIT: usize = 16 << 20;

/// The most elements of a list of a questionnaire: the entries of a code list.
const QUESTIONNAIRE_ITEMS: usize = 5_000;

/// The most bytes that the body of this request may have, and the most elements of each of its lists.
fn limits_of(request: &HttpRequest) -> (usize, usize) {
    match Route::from_request(request).map(|route| route.pattern) {
        Some(
            "/v1/instruments/{instrument}/draft"
            | "/v1/instruments/{instrument}/translations/{language}",
        ) => (QUESTIONNAIRE_LIMIT, QUESTIONNAIRE_ITEMS),
        _ => (LIMIT, bounds::MOST_ITEMS),
    }
}

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
        let media_type = media_type(request);
        let stream = web::Payload::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (_, items) = limits_of(&request);
            let stream = stream.await.map_err(|_| Problem::new("body_cut_off"))?;
            let bytes = bytes(&request, stream).await?;
            let is_json = media_type.as_deref().is_some_and(|media_type| {
                media_type == "application/json" || media_type.ends_with("+json")
            });
            if !is_json && !bytes.is_empty() {
                return Err(Problem::new("unsupported_media_type"));
            }
            match read(&bytes, items)? {
                Ok(value) => Ok(Self { value, bytes }),
                Err(first) => Err(Problem::wrong_body(all_faults(&request, &bytes, first))),
            }
        })
    }
}

/// What the body of a request is said to be, without what is said of that.
pub(in crate::http) fn media_type(request: &HttpRequest) -> Option<String> {
    let said = request.headers().get(header::CONTENT_TYPE);
    let said = said.and_then(|said| said.to_str().ok())?;
    let media_type = said.split(';').next().unwrap_or_default();
    Some(media_type.trim().to_ascii_lowercase())
}

/// The bytes of a body, as many as it may have.
///
/// # Errors
/// `body_too_large`, `body_cut_off`, `body_too_slow`.
pub(in crate::http) async fn bytes(
    request: &HttpRequest,
    stream: web::Payload,
) -> Result<web::Bytes, Problem> {
    let (limit, _) = limits_of(request);
    let bytes = stream.to_bytes_limited(limit).await;
    let bytes = bytes.map_err(|_| Problem::new("body_too_large").arg("limit", limit))?;
    bytes.map_err(|error| unreadable(&error))
}

fn unreadable(error: &actix_web::Error) -> Problem {
    let refused = error.as_error::<PayloadError>().and_then(pace::refused);
    if let Some(problem) = refused {
        return problem;
    }
    Problem::new("body_cut_off")
}

/// Reads a body: JSON first, then what it says. A body left away is an empty object.
///
/// # Errors
/// `bad_json`, `forbidden_character`, `inexact_number`, `too_many_items`. The inner error is the first fault of its shape.
fn read<T: DeserializeOwned>(bytes: &[u8], items: usize) -> Result<Result<T, Fault>, Problem> {
    let value = json(bytes)?;
    bounds::check(&value, items)?;
    if let Some((at, number)) = numbers::changed(bytes, &value) {
        return Err(numbers::problem(number, place_of(bytes, at)));
    }
    if let Some(place) = find_nul(&value, "") {
        return Err(Problem::new("forbidden_character")
            .arg("pointer", &place)
            .at(place));
    }
    let read = serde_path_to_error::deserialize(Reading(value));
    Ok(read.map_err(|error| error.inner().fault(&pointer_at(error.path()))))
}

fn json(bytes: &[u8]) -> Result<Value, Problem> {
    if bytes.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let read = serde_json::from_slice::<UnambiguousJson>(bytes);
    read.map(|read| read.0).map_err(|_| bad_json(bytes))
}

/// Every fault of a body that serde refused for the first of them. Read a second time for that: few bodies have one.
fn all_faults(request: &HttpRequest, bytes: &[u8], first: Fault) -> Vec<Fault> {
    let shapes = request.app_data::<web::Data<Shapes>>();
    let mut faults = match (shapes, Route::from_request(request), json(bytes)) {
        (Some(shapes), Some(route), Ok(value)) => {
            shapes.faults(request.method(), route.pattern, &value)
        }
        _ => Vec::new(),
    };
    // What the document does not show is told as serde found it.
    let below = format!("{}/", first.pointer);
    let is_told =
        |fault: &Fault| fault.pointer == first.pointer || fault.pointer.starts_with(&below);
    if !faults.iter().any(is_told) {
        faults.push(first);
    }
    faults
}

/// What is wrong with the JSON, and where. Read a second time for that, since to keep track of places costs time.
fn bad_json(bytes: &[u8]) -> Problem {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize::<_, UnambiguousJson>(&mut deserializer);
    let Err(error) = read.map(|_| ()) else {
        // What was read is good; then something follows it.
        return Problem::new("bad_json").words("detail", Phrase::new("json", "followed"));
    };
    let place = pointer_at(error.path());
    let (error, said) = (error.inner(), error.inner().to_string());
    // serde_json has no code for them: "lone leading surrogate in hex escape", or the escape's end is missing.
    if said.contains("surrogate") || said.contains("unexpected end of hex escape") {
        return Problem::new("forbidden_character")
            .arg("pointer", &place)
            .at(place);
    }
    let detail = match error.classify() {
        _ if said.starts_with(TWICE) => Phrase::new("json", "twice"),
        _ if said.starts_with("recursion limit") => Phrase::new("json", "deep"),
        Category::Eof => Phrase::new("json", "cut_off"),
        _ => Phrase::new("json", "malformed"),
    };
    let detail = detail.with("line", error.line());
    let detail = detail.with("column", error.column());
    Problem::new("bad_json").words("detail", detail).at(place)
}

/// The place in a document of the value that begins at one of its bytes: the place at which it could not be read, if that byte
/// were no JSON.
fn place_of(bytes: &[u8], at: usize) -> String {
    let mut broken = bytes.to_vec();
    if let Some(byte) = broken.get_mut(at) {
        *byte = b'!';
    }
    let mut deserializer = serde_json::Deserializer::from_slice(&broken);
    let read = serde_path_to_error::deserialize::<_, UnambiguousJson>(&mut deserializer);
    read.err()
        .map_or_else(String::new, |error| pointer_at(error.path()))
}

/// The pointer to a place.
pub(in crate::http) fn pointer_at(path: &Path) -> String {
    path.iter()
        .fold(String::new(), |place, segment| match segment {
            Segment::Seq { index } => pointer(&place, index),
            Segment::Map { key } => pointer(&place, key),
            Segment::Enum { variant } => pointer(&place, variant),
            Segment::Unknown => place,
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

/// A member that is there, be it null where its type has that; serde makes null of a left-out one otherwise.
pub(in crate::http) fn present_member<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
