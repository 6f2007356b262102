//! A check: what a submission would say, without submitting.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional;
use crate::http::handling::caller::Caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::{FaultBody, Problem};
use crate::http::rights::reply::visible;
use crate::http::schemas::{AnswerShape, Nothing};
use crate::reading::words;
use access::Role;
use domain::ReplyId;
use domain::collection::{self, Collection};
use domain::questionnaire::{Answer, check_with_words};
use domain::reply::Reply;

/// What a submission of a reply would come to as it stands; to a contributor, as far as it reads its sections.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplyCheck {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed it.
    position: u64,
    /// Whether nothing stands in the way of a submission.
    ready: bool,
    /// What stands in the way beside its answers, as a submission would be refused: `reply_submitted` (it must be opened for
    /// changes), `collection_closed`, `reply_entered` (the other hand holds the pen).
    obstacles: Vec<&'static str>,
    /// Whether a submission must say what may be published, since the party consented to publication of what it submitted
    /// before.
    consent_needed: bool,
    /// What is wrong with the answers, in the order in which they are asked: what is blank and must not be, what is out of range,
    /// checks that refuse, explanations that are missing.
    faults: Vec<FaultBody>,
    /// How many faults there are, where they are not all listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults_total: Option<usize>,
    /// The addresses of what is not asked as the answers stand: questions, rows, fields.
    irrelevant: Vec<String>,
    /// What is calculated, by address.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    calculated: BTreeMap<String, Value>,
}

/// What a submission would say of a reply as it stands, without submitting it. Nothing is recorded.
#[utoipa::path(post, path = "/v1/replies/{reply}/check", tag = "replies", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = ReplyCheck)))]
pub async fn check_reply(
    write: Write<Nothing>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let seen = visible(services, caller, id, true).await?;
    if !seen.sight.sees_drafts() {
        return Err(Problem::new("reply_not_entered"));
    }
    let form = services.desk.form_of_reply(&seen).await?;
    // What is seen of others' sections decides on one's own, so all is looked at, and then what is told.
    let whole = services.desk.load::<Reply>(id.0, false).await?;
    let whole = whole.state.as_ref().as_ref();
    let whole = whole.ok_or(Problem::not_found("reply"))?;
    let words = words::read(services.log().pool(), &form, whole).await?;
    let verdict = check_with_words(&form, &whole.answers, &words);
    let is_told = |address: &str| seen.sight.reads(&form, Some(address));
    let collection = services.collection(seen.collection, None).await?;
    let obstacles = obstacles(whole, &collection, caller);
    let faults = verdict.faults.into_iter();
    let faults: Vec<_> = faults
        .filter(|fault| {
            let address = fault.pointer.strip_prefix("/answers/");
            address.is_none_or(is_told)
        })
        .collect();
    let (told, faults_total) = FaultBody::first_of(&faults, &caller.languages);
    let irrelevant = verdict.irrelevant.into_iter();
    let calculated = verdict.calculated.into_iter();
    let view = ReplyCheck {
        reply: id.0,
        position: seen.position,
        ready: faults.is_empty() && obstacles.is_empty(),
        obstacles,
        consent_needed: whole.publication.is_some(),
        faults: told,
        faults_total,
        irrelevant: irrelevant.filter(|address| is_told(address)).collect(),
        calculated: calculated
            .filter(|answer| is_told(&answer.code))
            .map(|Answer { code, value, .. }| (code, value))
            .map(|(code, value)| (code, json!({"value": value.number()})))
            .collect(),
    };
    Ok(conditional::write_answer(None, seen.position, &view))
}

/// What would refuse a submission whatever the answers are.
fn obstacles(reply: &Reply, collection: &Collection, caller: &Caller) -> Vec<&'static str> {
    let by_secretariat = matches!(caller.principal.role, Role::Administrator | Role::Officer);
    let is_closed = collection.status == collection::Status::Closed;
    [
        (is_closed && !by_secretariat, "collection_closed"),
        (!reply.can_change(), "reply_submitted"),
        (reply.source.is_some() && !by_secretariat, "reply_entered"),
    ]
    .into_iter()
    .filter_map(|(stands, code)| stands.then_some(code))
    .collect()
}
