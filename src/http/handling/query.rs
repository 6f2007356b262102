//! Query parameters: an unknown one is an error, never ignored.

use std::collections::HashSet;
use std::future::{Ready, ready};
use std::ops::RangeInclusive;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use utoipa::openapi::path::{self, ParameterIn};
use utoipa::openapi::{RefOr, Schema};

use crate::http::handling::shape;
use crate::http::problem::Problem;
use domain::phrase::{ExpectedText, expected};

/// Query parameters, read as `T`, whose fields are all optional.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = web::Query::<T>::from_query(request.query_string());
        ready(
            parsed
                .map(|query| Self(query.into_inner()))
                .map_err(|_| problem(request.query_string())),
        )
    }
}

/// What serde says of parameters is what it says of pairs: the gate has looked through each already.
fn problem(query: &str) -> Problem {
    Problem::bad_parameter("query", expected::PAIRS, query)
}

/// A parameter of an operation.
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is, as the API's document shows it.
    pub shape: Option<RefOr<Schema>>,
}

/// The query's parameters of an operation, as its description has them.
pub fn parameters(operation: &path::Operation) -> impl Iterator<Item = &path::Parameter> {
    let parameters = operation.parameters.iter().flatten();
    parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter),
        _ => None,
    })
}

/// Refuses what the operation's own document does not name, what is said twice, and what is not as the document shows it: the
/// first is the problem, and each is listed.
///
/// # Errors
/// `unknown_parameter`, `bad_parameter`.
pub fn check(query: &str, known: &[Parameter]) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    let mut wrong = Vec::new();
    for (name, value) in pairs(query)? {
        let parameter = known.iter().find(|known| known.name == name);
        let expected = match parameter {
            None => {
                let names: Vec<_> = known.iter().map(|known| known.name.as_str()).collect();
                let unknown = Problem::new("unknown_parameter").arg("parameter", &name);
                wrong.push((name, unknown.arg("known", names.join(", "))));
                continue;
            }
            Some(_) if seen.contains(&name) || value.contains('\0') => Some(expected::ONE_VALUE),
            Some(known) => {
                let shape = known.shape.as_ref();
                shape.and_then(|shape| shape::of_parameter(shape, &value))
            }
        };
        if let Some(expected) = expected {
            let got = value.replace('\0', "␀");
            wrong.push((name.clone(), Problem::bad_parameter(&name, expected, got)));
        }
        seen.insert(name);
    }
    Problem::of_parameters(wrong)
}

/// The parameters as name and value, decoded.
///
/// # Errors
/// `bad_parameter`.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, Problem> {
    web::Query::<Vec<(String, String)>>::from_query(query)
        .map(web::Query::into_inner)
        .map_err(|_| problem(query))
}

/// Reads a parameter's value.
///
/// # Errors
/// `bad_parameter`, which says what was expected.
pub fn parse<V: ExpectedText>(
    name: &'static str,
    value: Option<&str>,
) -> Result<Option<V>, Problem> {
    let wrong = |value: &str| Problem::bad_parameter(name, V::expected(), value);
    let read = value.map(|value| value.parse().map_err(|_| wrong(value)));
    read.transpose()
}

/// Reads a parameter whose value is a whole number of this range.
///
/// # Errors
/// `bad_parameter`, which says from where to where.
pub fn within(
    name: &'static str,
    value: Option<&str>,
    range: RangeInclusive<u64>,
) -> Result<Option<u64>, Problem> {
    let Some(value) = value else {
        return Ok(None);
    };
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| {
        let expected = expected::WHOLE_NUMBER_BETWEEN.with("least", range.start());
        Problem::bad_parameter(name, expected.with("most", range.end()), value)
    })
}

/// Reads a parameter whose value is one of these codes.
///
/// # Errors
/// `bad_parameter`, which lists them.
pub fn one_of<'a>(
    name: &'static str,
    value: Option<&'a str>,
    known: &[&str],
) -> Result<Option<&'a str>, Problem> {
    match value {
        Some(code) if !known.contains(&code) => {
            let expected = expected::ONE_OF.codes(known.iter().copied());
            Err(Problem::bad_parameter(name, expected, code))
        }
        value => Ok(value),
    }
}
