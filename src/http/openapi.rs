//! The API's document, OpenAPI 3.1, collected from the routes.

use actix_web::App;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::AppExt;

use super::policy::{self, Rule};
use super::problem::ProblemBody;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Rapporteur",
        description = "Information on the use and application of United Nations standards and norms in crime prevention \
                       and criminal justice, as Economic and Social Council resolution 2004/28 asks.\n\n\
                       Writes take `Idempotency-Key` and `If-Match`; reads answer `ETag` and 304; figures take `as_of`, \
                       a position or a time. Errors are `application/problem+json` with a stable `code`. These \
                       instruments are not a scorecard: there is no ranking of States.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemBody)),
    modifiers(&BearerToken)
)]
struct Document;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
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

/// Adds what is the same for every operation: who may call it, and how errors look.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    use utoipa::openapi::security::SecurityRequirement;
    use utoipa::openapi::{Content, Ref, ResponseBuilder};

    for item in document.paths.paths.values_mut() {
        for operation in [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ]
        .into_iter()
        .flatten()
        {
            let row = operation.operation_id.as_deref().and_then(policy::row);
            if row.is_some_and(|row| row.anonymous != Rule::Yes) {
                operation.security = Some(vec![SecurityRequirement::new(
                    "token",
                    Vec::<String>::new(),
                )]);
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
}

/// The document as it is committed: api-spec/openapi.json.
///
/// # Errors
/// Never in practice: the document has a JSON form.
pub fn json() -> serde_json::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}
