//! Amendments of what was submitted, and its withdrawal.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::caller::Caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::{ReplyView, reply_answer};
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::services::Services;
use domain::ReplyId;
use domain::reply::{Command, Source};

/// How a reply is amended.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct BeginAmendment {
    /// From what the Secretariat enters it; left out where the party amends its reply itself.
    source: Option<Source>,
}

/// Opens a submitted reply for changes. What was submitted last counts until the changes are submitted; they can be discarded.
/// The Secretariat begins one for what a party sent on paper, and names it: whatever the party has open, after the close too.
/// It begins with what was submitted last, or blank; what the party had changed or drafted is set aside, and comes back where
/// the amendment is discarded. While it enters it can name another source.
#[utoipa::path(post, path = "/v1/replies/{reply}/amendment", tag = "replies", request_body(content = BeginAmendment, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
pub async fn begin_amendment(
    write: Write<BeginAmendment>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&write.services, &write.caller, id).await?;
    let begin = Command::BeginAmendment {
        source: write.body.source.clone(),
        now: clock::now(),
    };
    let decided = acting.decide(write.request(), &[], begin).await?;
    reply_answer(&write.services, &write.caller, id, &decided.now, true).await
}

/// Discards the changes, and the needs drafted beside them: the reply is again as it was submitted. Also discards what the
/// Secretariat entered and never submitted. The reply is then its party's to write, with what it had changed before.
#[utoipa::path(delete, path = "/v1/replies/{reply}/amendment", tag = "replies", responses((status = 200, body = ReplyView)))]
pub async fn discard_amendment(
    caller: Caller,
    PathId(id): PathId<ReplyId>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&services, &caller, id).await?;
    let discard = Command::DiscardAmendment;
    let decided = acting.decide(caller.request(&[]), &[], discard).await?;
    reply_answer(&services, &caller, id, &decided.now, false).await
}

/// Why a reply is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawReply {
    /// At most 10,000 characters.
    reason: NewWords,
}

/// Takes a reply back, after the close of the collection too: figures no longer count it from here on, and nothing of it is
/// published. It can be submitted anew while the collection is open. The needs that it indicated stay, shared ones too, and are told
/// with `reply_withdrawn`: the party lets lapse what is there no longer.
#[utoipa::path(post, path = "/v1/replies/{reply}/withdrawal", tag = "replies", request_body = WithdrawReply, responses((status = 201, body = ReplyView)))]
pub async fn withdraw_reply(
    mut write: Write<WithdrawReply>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&write.services, &write.caller, id).await?;
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    let withdraw = Command::Withdraw { reason };
    let decided = acting
        .decide(write.request(), &write.contents, withdraw)
        .await?;
    reply_answer(&write.services, &write.caller, id, &decided.now, true).await
}
