//! Reviews: the Secretariat accepts what was submitted.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::caller::Caller;
use crate::http::handling::notices;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::history::ReplyHistory;
use crate::http::replies::{ReplyView, written_with};
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::services::Services;
use domain::ReplyId;
use domain::notice::{self, CommandNotice};
use domain::reply::Command;

/// What is accepted.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct AcceptReply {
    /// The version that was reviewed: refused where another was submitted since. The last, if left out.
    version: Option<u32>,
}

/// Accepts the submitted version of a reply: nothing more is asked of it. Its party can still amend it.
#[utoipa::path(post, path = "/v1/replies/{reply}/acceptance", tag = "replies", request_body(content = AcceptReply, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
pub async fn accept_reply(
    write: Write<AcceptReply>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&write.services, &write.caller, id).await?;
    let version = write.body.version;
    let accept = Command::Accept { version };
    let decided = acting.decide(write.request(), &[], accept).await?;
    let (services, caller) = (&write.services, &write.caller);
    let told = own_entry(services, caller, id, decided.as_of).await?;
    let notices = notices::notices_for_reader(told, &caller.languages);
    written_with(services, caller, id, &decided.now, true, notices).await
}

/// That whoever accepts a version entered it: nobody else has looked at it then.
async fn own_entry(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    as_of: Option<u64>,
) -> Result<Option<CommandNotice>, Problem> {
    let history = ReplyHistory::read(services, id, as_of).await?;
    let entered = history.versions.last().filter(|version| {
        version.reply.source.is_some() && version.submitted_by == caller.principal.id
    });
    Ok(entered.map(|_| CommandNotice::new(notice::OWN_ENTRY)))
}
