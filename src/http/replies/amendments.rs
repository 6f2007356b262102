//! Amendments of what was submitted, and its withdrawal.

use actix_web::{HttpResponse, delete, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use crate::http::replies::acting::Acting;
use crate::http::replies::source::SourceInput;
use crate::http::replies::{ReplyView, written};
use crate::http::services::Services;
use domain::reply::{Command, Source};

/// How a reply is amended.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginAmendment {
    /// From what the Secretariat enters it; left out where the party amends its reply itself.
    source: Option<SourceInput>,
}

/// Opens a submitted reply for changes. What was submitted last counts until the changes are submitted; they can be discarded.
/// The Secretariat begins one for what a party sent on paper, and names it: whatever the party has open, after the close too.
/// It begins with what was submitted last, or blank; what the party had changed or drafted is set aside, and comes back where
/// the amendment is discarded. While it enters it can name another source.
#[utoipa::path(tag = "replies", request_body(content = BeginAmendment, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
#[post("/v1/replies/{reply}/amendment")]
pub async fn begin_amendment(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<BeginAmendment>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    let now = clock::now();
    let begin = || Command::BeginAmendment {
        source: body.value.source.clone().map(Source::from),
        now,
    };
    let request = acting.request(&caller, &body.bytes);
    let decided = acting.decide(&request, &[], begin).await?;
    written(&services, &caller, acting.id, &decided.now, true).await
}

/// Discards the changes, and the needs drafted beside them: the reply is again as it was submitted. Also discards what the
/// Secretariat entered and never submitted. The reply is then its party's to write, with what it had changed before.
#[utoipa::path(tag = "replies", responses((status = 200, body = ReplyView)))]
#[delete("/v1/replies/{reply}/amendment")]
pub async fn discard_amendment(
    caller: Caller,
    reply: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    let discard = || Command::DiscardAmendment;
    let request = acting.request(&caller, &[]);
    let decided = acting.decide(&request, &[], discard).await?;
    written(&services, &caller, acting.id, &decided.now, false).await
}

/// Why a reply is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReply {
    /// At most 10,000 characters.
    reason: NewWords,
}

/// Takes a reply back, after the close of the collection too: figures no longer count it from here on, and nothing of it is
/// published. It can be submitted anew while the collection is open. The needs that it indicated stay, shared ones too, and are told
/// with `reply_withdrawn`: the party lets lapse what is there no longer.
#[utoipa::path(tag = "replies", request_body = WithdrawReply, responses((status = 201, body = ReplyView)))]
#[post("/v1/replies/{reply}/withdrawal")]
pub async fn withdraw_reply(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<WithdrawReply>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let withdraw = || Command::Withdraw {
        reason: reason.clone(),
    };
    let request = acting.request(&caller, &body.bytes);
    let decided = acting.decide(&request, &contents, withdraw).await?;
    written(&services, &caller, acting.id, &decided.now, true).await
}
