//! Reviews: the Secretariat accepts what was submitted.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::reply::Command;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::replies::acting::Acting;
use crate::http::replies::{ReplyView, written};
use crate::http::services::Services;

/// What is accepted.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptReply {
    /// The version that was reviewed: refused where another was submitted since. The last, if left out.
    version: Option<u32>,
}

/// Accepts the submitted version of a reply: nothing more is asked of it. Its party can still amend it.
#[utoipa::path(tag = "replies", request_body(content = AcceptReply, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
#[post("/v1/replies/{reply}/acceptance")]
pub async fn accept_reply(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<AcceptReply>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    let version = body.value.version;
    let accept = || Command::Accept { version };
    let request = caller.request(&body.bytes);
    let decided = acting.decide(&request, &[], accept).await?;
    written(&services, &caller, acting.id, &decided.now, true).await
}
