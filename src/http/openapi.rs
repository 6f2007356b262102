//! The API's document, OpenAPI 3.1, collected from the routes.

use actix_web::App;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{RefOr, Required};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;

use crate::http::policy;
use crate::http::problem::ProblemBody;

mod narrowed;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rapporteur",
        description = "Information on the use and application of United Nations standards and norms in crime prevention \
                       and criminal justice, as Economic and Social Council resolution 2004/28 asks.\n\n\
                       Writes take `Idempotency-Key` and `If-Match`; reads answer `ETag` and 304; figures take `as_of`, \
                       a position or a time. Errors are `application/problem+json` with a stable `code`, and list the \
                       first 100 faults. No list or object in a body has more than 1,000 elements or members. A \
                       `cursor` belongs to the list that gave it, with its filters. Every answer says in `X-Request-Id`, and \
                       every problem in `request_id`, what its request is called by: the trace of a `traceparent`, \
                       what an `X-Request-Id` says, or a new name. These instruments are not a scorecard: there is no ranking of States.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemBody)),
    modifiers(&WaysIn)
)]
struct Document;

struct WaysIn;

impl Modify for WaysIn {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
        let mut basic = Http::new(HttpAuthScheme::Basic);
        basic.description = Some("a token as the password, with any user name; for reading".into());
        components.add_security_scheme("token_as_password", SecurityScheme::Http(basic));
    }
}

/// The document without paths, to be completed by the routes.
pub fn base() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(base())
        .configure(super::documented)
        .split_for_parts();
    complete(&mut document);
    document
}

/// An operation's query parameters.
pub fn query_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter().flatten();
    parameters.filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter),
        _ => None,
    })
}

/// A parameter that many operations take.
fn parameter(place: ParameterIn, name: &str, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .description(Some(description))
        .schema(Some(Object::with_type(Type::String)))
        .build()
}

/// What stands in a path under a name, where it is one of a few codes.
fn in_path(name: &str) -> Option<&'static str> {
    match name {
        "language" => Some("ar, zh, en, fr, ru, es"),
        "heading" => Some(
            "introduction, application, difficulties, assistance, practices, progress, conclusions",
        ),
        "resolution" => Some("2004-28"),
        _ => None,
    }
}

/// Adds what a path names and no argument of the handler shows, before the other parameters, as the path has them.
fn name_path_parameters(path: &str, operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    let names = path.split('{').skip(1);
    let names = names.filter_map(|rest| rest.split('}').next());
    for (place, name) in names.enumerate() {
        let is_it = |parameter: &RefOr<Parameter>| match parameter {
            RefOr::T(parameter) => {
                parameter.parameter_in == ParameterIn::Path && parameter.name == name
            }
            RefOr::Ref(_) => false,
        };
        if !parameters.iter().any(is_it) {
            let new = ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(Object::with_type(Type::String)));
            parameters.insert(place, new.build().into());
        }
    }
}

/// Adds what is the same for every operation: who may call it, in which language, and how errors look.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    use utoipa::openapi::security::SecurityRequirement;
    use utoipa::openapi::{Content, Ref, ResponseBuilder};

    for (path, item) in &mut document.paths.paths {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            name_path_parameters(path, operation);
        }
        for operation in [
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ]
        .into_iter()
        .flatten()
        {
            let parameters = operation.parameters.get_or_insert_default();
            for (name, description) in [
                (
                    "Idempotency-Key",
                    "sent again with the same key, the request is done once",
                ),
                (
                    "If-Match",
                    "the ETag that the change is made to; refused with 412 where it is no longer that",
                ),
            ] {
                parameters.push(parameter(ParameterIn::Header, name, description).into());
            }
        }
        for (operation, ways) in [
            (&mut item.get, ["token", "token_as_password"].as_slice()),
            (&mut item.post, &["token"]),
            (&mut item.put, &["token"]),
            (&mut item.patch, &["token"]),
            (&mut item.delete, &["token"]),
        ]
        .into_iter()
        .filter_map(|(operation, ways)| Some((operation.as_mut()?, ways)))
        {
            for parameter in operation.parameters.iter_mut().flatten() {
                let RefOr::T(parameter) = parameter else {
                    continue;
                };
                if parameter.parameter_in == ParameterIn::Path && parameter.description.is_none() {
                    parameter.description = in_path(&parameter.name).map(str::to_owned);
                }
            }
            let row = operation.operation_id.as_deref().and_then(policy::row);
            if row.is_some_and(|row| !row.is_public()) {
                let ways = ways.iter();
                let ways = ways.map(|way| SecurityRequirement::new(*way, Vec::<String>::new()));
                operation.security = Some(ways.collect());
            }
            if query_parameters(operation).all(|parameter| parameter.name != "lang") {
                // Errors have a language too.
                let lang = "ar, zh, en, fr, ru, es; instead of Accept-Language";
                let lang = parameter(ParameterIn::Query, "lang", lang);
                operation
                    .parameters
                    .get_or_insert_default()
                    .push(lang.into());
            }
            let problem = ResponseBuilder::new()
                .description("A problem, with its code")
                .content(
                    "application/problem+json",
                    Content::new(Some(Ref::from_schema_name("ProblemBody"))),
                )
                .build();
            operation
                .responses
                .responses
                .insert("default".into(), problem.into());
        }
    }
    narrowed::narrow(document);
}

/// The document as it is committed: api-spec/openapi.json.
///
/// # Errors
/// Never in practice: the document has a JSON form.
pub fn json() -> serde_json::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}
