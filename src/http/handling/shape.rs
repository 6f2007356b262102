//! What of a body or of a parameter is not as the API's document shows it: every fault at once, each with its place.
//!
//! Serde decides what is taken, and stops at the first fault. So only what it refused is looked through here.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::Method;
use serde_json::{Map, Value};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayItems, KnownFormat, Object, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{OpenApi, RefOr, Schema};
use uuid::Uuid;

use crate::http::handling::{dates, languages};
use crate::written::format;
use domain::decimal::MAX_DIGITS;
use domain::fault::{self, Codes, Fault, pointer};
use domain::phrase::{Phrase, expected};
use domain::{Decimal, Lang, number, times};

#[cfg(test)]
mod tests;

/// So many faults are found at most: a body of two megabytes has room for a million.
pub const MOST: usize = 1_000;

/// What the core reads itself, by the type of the question, and finds every fault of.
pub const READ_BY_THE_CORE: [&str; 2] = ["Answer", "Questionnaire"];

/// The shapes of all bodies, by method and path pattern.
pub struct Shapes {
    bodies: HashMap<(Method, String), RefOr<Schema>>,
    schemas: BTreeMap<String, RefOr<Schema>>,
}

impl Shapes {
    /// The shapes that the document shows.
    pub fn from_document(document: &OpenApi) -> Self {
        let mut bodies = HashMap::new();
        for (path, item) in &document.paths.paths {
            for (method, operation) in [
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::PATCH, &item.patch),
            ] {
                if let Some(shape) = operation.as_ref().and_then(body) {
                    bodies.insert((method, path.clone()), shape.clone());
                }
            }
        }
        let components = document.components.as_ref();
        Self {
            bodies,
            schemas: components
                .map(|all| all.schemas.clone())
                .unwrap_or_default(),
        }
    }

    /// What is wrong with the body of this operation.
    pub fn faults(&self, method: &Method, pattern: &str, body: &Value) -> Vec<Fault> {
        let shape = self.bodies.get(&(method.clone(), pattern.to_owned()));
        shape.map_or_else(Vec::new, |shape| self.faults_of(shape, body))
    }

    fn faults_of(&self, shape: &RefOr<Schema>, value: &Value) -> Vec<Fault> {
        let mut search = Search {
            schemas: &self.schemas,
            found: Vec::new(),
        };
        search.any(shape, value, "");
        search.found
    }
}

fn body(operation: &Operation) -> Option<&RefOr<Schema>> {
    let Some(RefOr::T(body)) = &operation.request_body else {
        return None;
    };
    match body.content.get("application/json")? {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    }
}

/// The faults that have been found, and where to look names of schemas up.
struct Search<'a> {
    schemas: &'a BTreeMap<String, RefOr<Schema>>,
    found: Vec<Fault>,
}

impl<'a> Search<'a> {
    fn any(&mut self, shape: &'a RefOr<Schema>, value: &Value, at: &str) {
        if self.found.len() >= MOST {
            return;
        }
        match shape {
            RefOr::Ref(reference) => {
                let name = reference.ref_location.rsplit('/').next();
                let name = name.unwrap_or_default();
                if !READ_BY_THE_CORE.contains(&name)
                    && let Some(shape) = self.schemas.get(name)
                {
                    self.any(shape, value, at);
                }
            }
            RefOr::T(Schema::Object(shape)) => self.one(shape, value, at),
            RefOr::T(Schema::Array(shape)) => {
                if takes(&shape.schema_type, &Type::Null) && value.is_null() {
                    return;
                }
                let Value::Array(elements) = value else {
                    return self.wrong_kind(expected::LIST, at);
                };
                if let ArrayItems::RefOrSchema(shape) = &shape.items {
                    for (index, element) in elements.iter().enumerate() {
                        self.any(shape, element, &pointer(at, index));
                    }
                }
            }
            // What may be null: the others are of one shape.
            RefOr::T(Schema::OneOf(shapes)) => {
                let (null, others): (Vec<_>, Vec<_>) =
                    shapes.items.iter().partition(|shape| is_null(shape));
                if let ([shape], false) = (others.as_slice(), !null.is_empty() && value.is_null()) {
                    self.any(shape, value, at);
                }
            }
            _ => {}
        }
    }

    fn one(&mut self, shape: &'a Object, value: &Value, at: &str) {
        let kind = match value {
            Value::Null => Type::Null,
            Value::Bool(_) => Type::Boolean,
            Value::Number(number) if number.is_f64() => Type::Number,
            Value::Number(_) => Type::Integer,
            Value::String(_) => Type::String,
            Value::Array(_) => Type::Array,
            Value::Object(_) => Type::Object,
        };
        let is_number = kind == Type::Integer && takes(&shape.schema_type, &Type::Number);
        if !is_number && !takes(&shape.schema_type, &kind) {
            return self.wrong_kind(words_for(shape), at);
        }
        match value {
            Value::Object(members) => self.members(shape, members, at),
            Value::String(text) if !is_written(shape, text) => {
                self.found.push(miswritten(shape, text, at));
            }
            Value::Number(number) => {
                let number = number
                    .as_i64()
                    .map(i128::from)
                    .or_else(|| number.as_u64().map(i128::from));
                let (least, most) = bounds(shape);
                if number.is_some_and(|number| !(least..=most).contains(&number)) {
                    let fault = fault::NOT_AS_EXPECTED.at(at);
                    self.found.push(fault.words("expected", words_for(shape)));
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, shape: &'a Object, members: &Map<String, Value>, at: &str) {
        for field in &shape.required {
            if !members.contains_key(field) {
                let missing = fault::MISSING_FIELD.at(pointer(at, field));
                self.found.push(missing.arg("field", field));
            }
        }
        if (shape.min_properties, shape.max_properties) == (Some(1), Some(1)) {
            let known = |field: &&String| shape.properties.contains_key(*field);
            let said = members
                .iter()
                .filter(|(field, member)| known(field) && !member.is_null());
            if said.count() != 1 {
                let names = shape.properties.keys().map(String::as_str);
                let fault = fault::NOT_AS_EXPECTED.at(at);
                self.found
                    .push(fault.words("expected", expected::ONE_NAMED.codes(names)));
            }
        }
        let others = shape.additional_properties.as_deref();
        let names = shape.property_names.as_deref().and_then(codes);
        for (field, member) in members {
            if self.found.len() >= MOST {
                return;
            }
            let at = pointer(at, field);
            match (shape.properties.get(field), others) {
                (Some(shape), _) => self.any(shape, member, &at),
                (None, Some(AdditionalProperties::RefOr(shape))) => match &names {
                    Some(names) if !names.contains(&field.as_str()) => {
                        self.unknown(field, names, &at);
                    }
                    _ => self.any(shape, member, &at),
                },
                (None, Some(AdditionalProperties::FreeForm(false))) => {
                    let known: Vec<&str> = shape.properties.keys().map(String::as_str).collect();
                    self.unknown(field, &known, &at);
                }
                _ => {}
            }
        }
    }

    fn unknown(&mut self, field: &str, known: &[&str], at: &str) {
        let unknown = fault::UNKNOWN_FIELD.at(at).arg("field", field);
        self.found.push(unknown.arg("known", known.join(", ")));
    }

    fn wrong_kind(&mut self, expected: Phrase, at: &str) {
        let fault = fault::WRONG_JSON_TYPE.at(at);
        self.found.push(fault.words("expected", expected));
    }
}

fn takes(types: &SchemaType, kind: &Type) -> bool {
    match types {
        SchemaType::Type(one) => one == kind,
        SchemaType::Array(some) => some.contains(kind),
        SchemaType::AnyValue => true,
    }
}

fn is_null(shape: &RefOr<Schema>) -> bool {
    matches!(shape, RefOr::T(Schema::Object(shape)) if shape.schema_type == SchemaType::Type(Type::Null))
}

/// The codes that the document lists.
fn codes(shape: &Schema) -> Option<Vec<&str>> {
    match shape {
        Schema::Object(shape) => codes_of(shape),
        _ => None,
    }
}

fn codes_of(shape: &Object) -> Option<Vec<&str>> {
    let values = shape.enum_values.as_ref()?;
    Some(values.iter().filter_map(Value::as_str).collect())
}

/// The least and the most that a whole number may be.
fn bounds(shape: &Object) -> (i128, i128) {
    use utoipa::Number;

    let read = |number: &Option<Number>| match number {
        Some(Number::Int(number)) => i128::try_from(*number).ok(),
        Some(Number::UInt(number)) => i128::try_from(*number).ok(),
        Some(Number::Float(number)) => Some(*number as i128),
        None => None,
    };
    let (least, most) = match &shape.format {
        Some(SchemaFormat::KnownFormat(KnownFormat::Int32)) => (i32::MIN.into(), i32::MAX.into()),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let least = read(&shape.minimum).unwrap_or(least);
    // The document has no format for a number without a sign.
    let most = if least >= 0 { most * 2 + 1 } else { most };
    (least, read(&shape.maximum).unwrap_or(most))
}

/// What is expected where this is shown.
fn words_for(shape: &Object) -> Phrase {
    if let Some(codes) = codes_of(shape) {
        return expected::ONE_OF.codes(codes);
    }
    let types: Vec<&Type> = match &shape.schema_type {
        SchemaType::Type(one) => vec![one],
        SchemaType::Array(some) => some.iter().filter(|one| **one != Type::Null).collect(),
        SchemaType::AnyValue => Vec::new(),
    };
    match types.as_slice() {
        [Type::String, Type::Integer] => expected::POSITION_OR_TIME,
        [Type::String, Type::Number] => expected::DECIMAL,
        [Type::Object] => expected::OBJECT,
        [Type::Array] => expected::LIST,
        [Type::Boolean] => expected::BOOLEAN,
        [Type::Number] => expected::NUMBER,
        [Type::Integer] => {
            let (least, most) = bounds(shape);
            let between = expected::WHOLE_NUMBER_BETWEEN.with("least", least);
            between.with("most", most)
        }
        [Type::String] => match &shape.format {
            Some(SchemaFormat::KnownFormat(KnownFormat::Date)) => expected::DAY,
            Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => expected::TIME,
            Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)) => expected::ID,
            Some(SchemaFormat::Custom(own)) => match own.as_str() {
                format::AS_OF => expected::POSITION_OR_TIME,
                format::DAY_OR_TIME => expected::DAY_OR_TIME,
                format::LANGUAGE => expected::ONE_OF.codes(Lang::CODES.iter().copied()),
                _ => expected::TEXT,
            },
            _ => expected::TEXT,
        },
        _ => expected::AS_DOCUMENTED,
    }
}

/// Whether a text is written as its format and its list of codes want it.
fn is_written(shape: &Object, text: &str) -> bool {
    if let Some(codes) = codes_of(shape) {
        return codes.contains(&text);
    }
    let is_day = || dates::day(text).is_some();
    let is_time = || dates::instant(text).is_some();
    match &shape.format {
        Some(SchemaFormat::KnownFormat(KnownFormat::Date)) => is_day(),
        Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => is_time(),
        Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)) => Uuid::parse_str(text).is_ok(),
        Some(SchemaFormat::Custom(own)) => match own.as_str() {
            format::DECIMAL => text.parse::<Decimal>().is_ok(),
            format::AS_OF => text.parse::<u64>().is_ok() || is_day() || is_time(),
            format::DAY_OR_TIME => is_day() || is_time(),
            format::LANGUAGE => languages::base(text).parse::<Lang>().is_ok(),
            _ => true,
        },
        _ => true,
    }
}

fn miswritten(shape: &Object, text: &str, at: &str) -> Fault {
    let words = words_for(shape);
    let timed = [
        expected::DAY,
        expected::TIME,
        expected::DAY_OR_TIME,
        expected::POSITION_OR_TIME,
    ];
    // A space stands between a day and its hour, and is seen in a day that is written in words.
    let is_spaced = timed.contains(&words) && text.contains(' ');
    if !is_spaced && let Some(stray) = number::stray_fault(text, at) {
        return stray;
    }
    match words {
        words if words == expected::DAY => times::day_fault(text, at),
        words if words == expected::DECIMAL => {
            let fault = fault::BAD_DECIMAL.at(at).arg("value", text);
            fault.arg("max", MAX_DIGITS)
        }
        words => fault::NOT_AS_EXPECTED.at(at).words("expected", words),
    }
}

/// What is expected of a parameter that is not written as the document shows it.
pub fn of_parameter(shape: &RefOr<Schema>, text: &str) -> Option<Phrase> {
    let RefOr::T(Schema::Object(shape)) = shape else {
        return None;
    };
    let is_right = if takes(&shape.schema_type, &Type::Integer) {
        let (least, most) = bounds(shape);
        let number = text.parse::<i128>();
        number.is_ok_and(|number| (least..=most).contains(&number))
    } else if takes(&shape.schema_type, &Type::Boolean) {
        text.parse::<bool>().is_ok()
    } else {
        is_written(shape, text)
    };
    (!is_right).then(|| {
        if takes(&shape.schema_type, &Type::Boolean) {
            expected::ONE_OF.codes(["true", "false"])
        } else {
            words_for(shape)
        }
    })
}
