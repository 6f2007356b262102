//! How operations answer: each with what the answer is, and every refusal in one shape.

use std::collections::BTreeMap;

use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder, Schema};

/// Adds what is the same for every operation.
pub(super) fn complete(
    is_read: bool,
    operation: &mut Operation,
    schemas: &BTreeMap<String, RefOr<Schema>>,
) {
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = described(status, response, schemas);
        }
    }
    if is_read {
        let known = ResponseBuilder::new();
        let known = known.description("What the caller has, as `If-None-Match` says, still holds");
        responses.insert("304".to_owned(), known.build().into());
    }
    let problem = ResponseBuilder::new()
        .description("A problem, with its code")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("ProblemBody"))),
        );
    responses.insert("default".to_owned(), problem.build().into());
}

/// The first sentence of what the body's schema says of itself.
fn described(
    status: &str,
    response: &Response,
    schemas: &BTreeMap<String, RefOr<Schema>>,
) -> String {
    let mut bodies = response.content.values();
    let schema = bodies.next().and_then(|body| match body {
        RefOr::T(body) => body.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    let name = schema.and_then(|schema| match schema {
        RefOr::Ref(reference) => reference.ref_location.rsplit('/').next(),
        RefOr::T(_) => None,
    });
    let said = name.and_then(|name| match schemas.get(name)? {
        RefOr::T(Schema::Object(object)) => object.description.as_deref(),
        _ => None,
    });
    let said = said.and_then(|said| said.split(['.', '\n']).next());
    let otherwise = match status {
        "204" => "Done",
        "201" => "What was made",
        _ => "What was asked for",
    };
    said.filter(|said| !said.is_empty())
        .unwrap_or(otherwise)
        .to_owned()
}
