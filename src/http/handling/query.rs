//! Query parameters: an unknown one is an error, never ignored.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use crate::http::problem::Problem;

/// Query parameters, read as `T`, whose fields are all optional strings or numbers.
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
                .map_err(|error| problem(&error.to_string())),
        )
    }
}

/// Serde says "unknown field `x`, expected one of `a`, `b`"; the caller is told the same by code.
fn problem(said: &str) -> Problem {
    let mut quoted = said.split('`').skip(1).step_by(2);
    if said.contains("unknown field") {
        let parameter = quoted.next().unwrap_or_default().to_owned();
        return Problem::new("unknown_parameter")
            .arg("parameter", parameter)
            .arg("known", quoted.collect::<Vec<_>>().join(", "));
    }
    Problem::new("bad_parameter")
        .arg("parameter", "query")
        .arg("expected", "name=value pairs")
        .arg("got", said)
}

/// Refuses what the operation's own document does not name, and what is said twice.
///
/// # Errors
/// `unknown_parameter`, `bad_parameter`.
pub fn check(query: &str, known: &[String]) -> Result<(), Problem> {
    let mut seen = Vec::new();
    for (name, value) in pairs(query)? {
        if !known.contains(&name) {
            return Err(Problem::new("unknown_parameter")
                .arg("parameter", name)
                .arg("known", known.join(", ")));
        }
        if seen.contains(&name) || value.contains('\0') {
            return Err(Problem::new("bad_parameter")
                .arg("parameter", name)
                .arg("expected", "one value, without U+0000")
                .arg("got", query));
        }
        seen.push(name);
    }
    Ok(())
}

/// The parameters as name and value, decoded.
///
/// # Errors
/// `bad_parameter`.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, Problem> {
    web::Query::<Vec<(String, String)>>::from_query(query)
        .map(web::Query::into_inner)
        .map_err(|error| problem(&error.to_string()))
}

/// Reads a parameter's value.
///
/// # Errors
/// `bad_parameter`, which says what was expected.
pub fn parse<V: FromStr>(
    name: &'static str,
    value: Option<&str>,
    expected: &str,
) -> Result<Option<V>, Problem> {
    value
        .map(|value| {
            value.parse().map_err(|_| {
                Problem::new("bad_parameter")
                    .arg("parameter", name)
                    .arg("expected", expected)
                    .arg("got", value)
            })
        })
        .transpose()
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
        Some(code) if !known.contains(&code) => Err(Problem::new("bad_parameter")
            .arg("parameter", name)
            .arg("expected", known.join(", "))
            .arg("got", code)),
        value => Ok(value),
    }
}
