//! Whether what is sent and answered is what the API's document says.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use domain::times;
use jsonschema::Validator;
use rapporteur::http::openapi;
use reqwest::Method;
use serde_json::{Value, json};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&openapi::json().unwrap()).unwrap());

/// Of each schema that was looked at, by its place in the document.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// What went one way: by whom it was answered how, and what stood in it.
pub struct Exchange<'a> {
    pub method: &'a Method,
    pub path: String,
    pub status: u16,
}

impl Exchange<'_> {
    /// What of the body that was answered is not as the document says.
    pub fn answer_fault(&self, media_type: &str, text: &str) -> Option<String> {
        let media_type = media_type.split(';').next().unwrap();
        let operation = self.operation()?;
        let responses = format!("{operation}/responses");
        let status = format!("{responses}/{}", self.status);
        let response = match DOCUMENT.pointer(&status) {
            Some(_) => status,
            None if self.status == 304 => return None,
            None if self.status >= 400 => format!("{responses}/default"),
            None => return Some("the document has no answer of this status".to_owned()),
        };
        if text.is_empty() {
            return None;
        }
        let of_type = |media_type| format!("{response}/content/{}", escaped(media_type));
        let places = [media_type, "*/*"].map(of_type);
        let place = places
            .into_iter()
            .find(|place| DOCUMENT.pointer(place).is_some());
        let Some(place) = place else {
            return Some(format!("the document has no answer that is {media_type}"));
        };
        let is_json = media_type.ends_with("json");
        is_json.then(|| self.invalid(&place, &serde_json::from_str(text).unwrap()))?
    }

    /// What of a body that was taken is not as the document says.
    pub fn request_fault(&self, body: &Value) -> Option<String> {
        let operation = self.operation()?;
        let place = format!("{operation}/requestBody/content/application~1json");
        if DOCUMENT.pointer(&place).is_none() {
            return Some("the document has no body of JSON".to_owned());
        }
        self.invalid(&place, body)
    }

    fn invalid(&self, place: &str, body: &Value) -> Option<String> {
        let validator = validator(&format!("{place}/schema"));
        let faults = validator.iter_errors(body);
        let faults = faults.map(|fault| format!("{}: {fault}", fault.instance_path()));
        let faults: Vec<String> = faults.collect();
        if !faults.is_empty() {
            return Some(faults.join("; "));
        }
        let shown = DOCUMENT.pointer(&format!("{place}/schema")).unwrap();
        let undated = undated(&[shown], body, "");
        (!undated.is_empty()).then(|| format!("days or times by no format: {}", undated.join(", ")))
    }

    /// The place of the operation in the document; none for what is no operation of the API.
    fn operation(&self) -> Option<String> {
        let sent: Vec<&str> = self.path.split('/').collect();
        let paths = DOCUMENT["paths"].as_object().unwrap();
        let fits = |pattern: &&String| {
            let pattern: Vec<&str> = pattern.split('/').collect();
            let mut parts = pattern.iter().zip(&sent);
            pattern.len() == sent.len()
                && parts.all(|(part, sent)| part.starts_with('{') || part == sent)
        };
        // Of two, the one that names more of it.
        let pattern = paths
            .keys()
            .filter(fits)
            .min_by_key(|pattern| pattern.matches('{').count())?;
        let method = self.method.as_str().to_lowercase();
        let place = format!("/paths/{}/{method}", escaped(pattern));
        DOCUMENT.pointer(&place).map(|_| place)
    }
}

impl std::fmt::Display for Exchange<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{} {} answered {}",
            self.method, self.path, self.status
        )
    }
}

fn validator(place: &str) -> Arc<Validator> {
    let mut validators = VALIDATORS.lock().unwrap();
    let made = validators.entry(place.to_owned()).or_insert_with(|| {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": "#/here",
            "here": DOCUMENT.pointer(place).unwrap(),
            "components": DOCUMENT["components"],
        });
        let options = jsonschema::options().should_validate_formats(true);
        Arc::new(options.build(&schema).unwrap())
    });
    made.clone()
}

/// The places of days and times in a body which the document does not show as such. Of what it shows nothing of, such as the data of
/// events, and of answers, which are by their question's type, nothing is said.
pub fn undated(shown: &[&Value], value: &Value, at: &str) -> Vec<String> {
    let shown: Vec<&Value> = shown.iter().flat_map(|shown| spread(shown)).collect();
    match value {
        Value::String(text) if is_dated(text) && !shown.is_empty() => {
            let says = ["format", "pattern", "enum"];
            let is_said = |shown: &&Value| says.iter().any(|what| shown.get(what).is_some());
            let found = (!shown.iter().any(is_said)).then(|| format!("{at} ({text})"));
            found.into_iter().collect()
        }
        Value::Array(elements) => {
            let shown: Vec<_> = shown
                .iter()
                .filter_map(|shown| shown.get("items"))
                .collect();
            let elements = elements.iter().enumerate();
            let found = elements
                .flat_map(|(index, element)| undated(&shown, element, &format!("{at}/{index}")));
            found.collect()
        }
        Value::Object(members) => {
            let found = members.iter().flat_map(|(name, member)| {
                let shown = shown.iter().filter_map(|shown| {
                    let own = shown.get("properties").and_then(|all| all.get(name));
                    own.or(shown.get("additionalProperties"))
                });
                let shown: Vec<_> = shown.collect();
                undated(&shown, member, &format!("{at}/{name}"))
            });
            found.collect()
        }
        _ => Vec::new(),
    }
}

fn is_dated(text: &str) -> bool {
    let is_local = || text.contains('T') && text.parse::<jiff::civil::DateTime>().is_ok();
    times::day(text).is_some() || times::instant(text).is_some() || is_local()
}

/// A schema and those that it is made of.
fn spread(shown: &Value) -> Vec<&Value> {
    if let Some(reference) = shown.get("$ref").and_then(Value::as_str) {
        if reference == "#/components/schemas/Answer" {
            return Vec::new();
        }
        return spread(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap());
    }
    let parts = ["allOf", "oneOf", "anyOf"].iter();
    let parts = parts.filter_map(|name| shown.get(name)?.as_array());
    parts.flatten().flat_map(spread).chain([shown]).collect()
}

/// A part of a JSON pointer (RFC 6901).
fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}
