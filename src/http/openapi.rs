//! The API's document, OpenAPI 3.1, collected from the routes.

use actix_web::{FromRequest, Handler, Responder};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::OpenApiFactory;

use crate::http::problem::ProblemBody;
use crate::http::router::Routes;
use crate::http::routes;

mod closed;
mod discriminators;
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
fn base() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// A document that takes what its routes are described by.
struct Described(utoipa::openapi::OpenApi);

impl Routes for Described {
    fn operation<F, A>(&mut self, _: F, description: impl OpenApiFactory)
    where
        F: Handler<A> + Send + Sync,
        A: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.0.paths.merge(description.paths());
        let mut schemas = Vec::new();
        description.schemas(&mut schemas);
        let components = self.0.components.get_or_insert_default();
        components.schemas.extend(schemas);
    }
}

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut described = Described(base());
    routes::operations(&mut described);
    let mut document = described.0;
    operations::complete(&mut document);
    discriminators::complete(&mut document);
    closed::close(&mut document);
    document
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
    use domain::party::PartyKind;
    use std::collections::BTreeMap;
    use utoipa::openapi::{RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    use super::*;

    /// Every schema with its name, before those of one name become one.
    #[derive(Default)]
    struct Collected(Vec<(String, RefOr<Schema>)>);

    impl Routes for Collected {
        fn operation<F, A>(&mut self, _: F, description: impl OpenApiFactory)
        where
            F: Handler<A> + Send + Sync,
            A: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            description.schemas(&mut self.0);
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
        routes::operations(&mut collected);
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
