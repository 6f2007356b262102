//! A check: what a submission would say, without submitting.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::deciding;
use crate::http::conditional;
use crate::http::handling::caller::Caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::{FaultBody, Problem};
use crate::http::rights::reply::{VisibleReply, visible};
use crate::http::schemas::{AnswerShape, Nothing};
use crate::http::services::Services;
use crate::reading::words;
use access::Role;
use domain::ReplyId;
use domain::collection::{self, Collection};
use domain::need::Urgency;
use domain::questionnaire::{Answer, Form, NeedAnswer};
use domain::reply::{Reply, StatedNeed, StatementChange};

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
    /// The addresses of what was carried over from the last round and is not confirmed: a submission leaves it out.
    unconfirmed: Vec<String>,
    /// The addresses of what is not asked as the answers stand: questions, rows, fields.
    irrelevant: Vec<String>,
    /// What is calculated, by address.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    calculated: BTreeMap<String, Value>,
    /// What a submission would make of the needs for assistance that rows, entries and groups state, and of those that they stated in
    /// the version before; those that were drafted beside the reply are not among them. Only to whoever sees the needs of the reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<StatedNeedView>>,
}

/// A need that a row, an entry or a group states.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatedNeedView {
    /// Its id, which it has from its first submission on.
    need: Uuid,
    /// The address of the row, the entry or the group.
    #[schema(example = "T2.training")]
    address: String,
    /// indicated (for the first time, or again), changed, unchanged, ended
    change: StatementChange,
    /// The code of its type.
    #[serde(rename = "type")]
    #[schema(example = "legislation")]
    kind: String,
    /// The code of the category that it is about.
    category: Option<String>,
    /// The code of the standard that it is about.
    standard: Option<String>,
    /// low, medium, high, immediate
    urgency: Urgency,
}

impl From<(StatementChange, StatedNeed)> for StatedNeedView {
    fn from((change, stated): (StatementChange, StatedNeed)) -> Self {
        Self {
            need: stated.need.0,
            address: stated.at,
            change,
            kind: stated.about.kind,
            category: stated.about.category,
            standard: stated.about.standard,
            urgency: stated.about.urgency,
        }
    }
}

/// What a submission would make of the needs that the answers state, to whoever sees the needs of the reply.
async fn needs(
    services: &Services,
    (id, seen): (ReplyId, &VisibleReply),
    whole: &Reply,
    form: &Form,
    answers: &[NeedAnswer],
) -> Result<Option<Vec<StatedNeedView>>, Problem> {
    if !seen.sight.sees_the_rest() {
        return Ok(None);
    }
    let mut reads = services.desk.reads(id.0);
    let stating = deciding::need::stating(&mut reads, id, whole, form).await?;
    let stated = stating.map(|stating| whole.stating(&stating, answers));
    let stated = stated.unwrap_or_default().into_iter();
    Ok(Some(stated.map(StatedNeedView::from).collect()))
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
    let form = services.desk.form_of_reply(&seen, seen.asked).await?;
    // What is seen of others' sections decides on one's own, so all is looked at, and then what is told.
    let whole = services.desk.load::<Reply>(id.0, false).await?;
    let whole = whole.state.as_ref().as_ref();
    let whole = whole.ok_or(Problem::not_found("reply"))?;
    let previous = services
        .desk
        .last_round(&whole.previous, whole.instrument, &form)
        .await?;
    let words = words::read(services.log().pool(), &form, &whole.answers).await?;
    let verdict = whole.verdict(&form, previous.as_deref(), &words);
    let needs = needs(services, (id, &seen), whole, &form, &verdict.needs).await?;
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
        unconfirmed: form.in_order_of(whole.carried.iter().filter(|address| is_told(address))),
        irrelevant: irrelevant.filter(|address| is_told(address)).collect(),
        calculated: calculated
            .filter(|answer| is_told(&answer.code))
            .map(|Answer { code, value, .. }| (code, value))
            .map(|(code, value)| (code, json!({"value": value.number()})))
            .collect(),
        needs,
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
