//! The API's document, OpenAPI 3.1, collected from the routes.

use actix_web::App;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;

use crate::http::problem::ProblemBody;

mod closed;
mod operations;
mod parameters;
mod responses;

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
    operations::complete(&mut document);
    closed::close(&mut document);
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

/// The document as it is committed: api-spec/openapi.json.
///
/// # Errors
/// Never in practice: the document has a JSON form.
pub fn json() -> serde_json::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}

#[cfg(test)]
mod tests {
    use actix_web::dev::HttpServiceFactory;
    use domain::party::PartyKind;
    use std::collections::BTreeMap;
    use utoipa::openapi::Schema;
    use utoipa::{PartialSchema, ToSchema};
    use utoipa_actix_web::OpenApiFactory;

    use super::*;
    use crate::http::routes::{self, Routes};

    /// Every schema with its name, before those of one name become one.
    #[derive(Default)]
    struct Collected(Vec<(String, RefOr<Schema>)>);

    impl Routes for Collected {
        fn service<F>(&mut self, route: F) -> &mut Self
        where
            F: HttpServiceFactory + OpenApiFactory + 'static,
        {
            route.schemas(&mut self.0);
            self
        }
    }

    /// The names under which there are different shapes, of which the document would keep the last.
    fn ambiguous(collected: Vec<(String, RefOr<Schema>)>) -> Vec<String> {
        let mut shapes = BTreeMap::new();
        let mut ambiguous = Vec::new();
        for (name, shape) in collected {
            let shape = serde_json::to_value(shape).unwrap();
            let known = shapes.entry(name.clone()).or_insert_with(|| shape.clone());
            if *known != shape {
                ambiguous.push(name);
            }
        }
        ambiguous
    }

    #[test]
    fn no_two_shapes_have_one_name() {
        let mut collected = Collected::default();
        routes::enter(&mut collected);
        assert!(collected.0.len() > 300, "{}", collected.0.len());
        let own = ProblemBody::name().into_owned();
        collected.0.push((own, ProblemBody::schema()));
        assert_eq!(ambiguous(collected.0), Vec::<String>::new());
    }

    #[test]
    fn two_shapes_of_one_name_are_found() {
        let same = || ("Kind".to_owned(), PartyKind::schema());
        assert_eq!(ambiguous(vec![same(), same()]), Vec::<String>::new());
        let other = ("Kind".to_owned(), domain::Lang::schema());
        assert_eq!(ambiguous(vec![same(), other]), ["Kind"]);
    }
}
