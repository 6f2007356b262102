//! Asking for a new link.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::middleware::client_address::Client;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::http::services::limits::block;

/// Where to send a link.
#[derive(Deserialize, ToSchema)]
pub struct AskForLink {
    /// One's address.
    email: String,
}

/// What becomes of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkAsked {
    /// The same for every address, in the reader's language.
    detail: String,
}

/// Asks for a new link, which is sent to the address if somebody with an account has it. The answer is the same, and takes
/// the same time, whether or not; no address is sent more than one link in five minutes.
#[utoipa::path(post, path = "/v1/sign-in-links", tag = "sessions", request_body = AskForLink, responses((status = 202, body = LinkAsked)))]
pub async fn ask_for_link(
    request: HttpRequest,
    caller: Caller,
    body: Body<AskForLink>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    ask(&services, &request, &body.value.email)?;
    let detail = texts::text::<&str>("sign_in.asked", &caller.languages, &[]);
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(LinkAsked { detail }))
}

/// Has a link sent, and tells nothing of the address.
///
/// # Errors
/// `asked_too_often`.
pub fn ask(services: &Services, request: &HttpRequest, email: &str) -> Result<(), Problem> {
    services
        .asked
        .count(block(Client::from_request(request).address))?;
    services.asking.ask(email);
    Ok(())
}
