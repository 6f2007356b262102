//! Submissions: a reply is handed in, and the party gets a receipt.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional;
use crate::http::handling::body::present_member;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::history::ReplyHistory;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::{ConsentInput, ConsentShape};
use crate::http::schemas::{EvidenceView, rfc3339};
use domain::ReplyId;
use domain::collection::{Collection, ReceiptTime};
use domain::reply::{Command, Consent, Event, Reply, Source};

/// A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The reply.
    reply: Uuid,
    /// The version that was submitted: 1, 2, 3.
    version: u32,
    /// The revision that it answers.
    revision: u32,
    /// Its place in the log.
    position: u64,
    /// What shows that it stands there.
    #[serde(flatten)]
    evidence: EvidenceView,
    /// When it was recorded, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    received_at: Option<String>,
    /// From what the Secretariat entered it; not there where its party submitted it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// Whether the reply came after the party's deadline, by the version that was received first: as figures count it. What
    /// was entered came on the day on which it was received.
    late: bool,
    /// What the party consents to have published of it; null: nothing.
    #[schema(value_type = Option<ConsentShape>)]
    publication: Option<Consent>,
    /// How many answers of the last round were carried over and never confirmed: the version leaves them out.
    unconfirmed: u32,
    /// How many answers the version holds, those that say why there is none and those calculated among them; not what was not
    /// asked.
    answers: usize,
}

/// What is said with a submission.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SubmitReply {
    /// What the party consents to have published of what it submits; nothing, if null. May be left out where it consents to
    /// nothing until then, so that consent is never withdrawn by leaving something out.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<ConsentShape>)]
    publication: Option<Option<ConsentInput>>,
}

/// Submits a reply; refused with every fault at once. From then on its answers stand.
#[utoipa::path(post, path = "/v1/replies/{reply}/submission", tag = "replies", request_body(content = SubmitReply, description = "may be left out"),
    responses((status = 201, body = Receipt)))]
pub async fn submit_reply(
    write: Write<SubmitReply>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&write.services, &write.caller, id).await?;
    let services = &write.services;
    let publication = write.body.publication.clone();
    let publication = publication.map(|said| said.map(|given| given.consent));
    let submit = Command::Submit { publication };
    // In one append: the answers stand, and the needs that are drafted beside them are indicated.
    let decided = acting.decide(write.request(), &[], submit).await;
    let given = write.body.publication.as_ref().and_then(Option::as_ref);
    let decided = decided.map_err(|error| {
        ConsentInput::remap_sections(given, "/publication/sections", Problem::from(error))
    })?;
    let submitted = decided.events.iter().find_map(|event| match event {
        Event::ReplySubmitted(submitted) => Some(submitted),
        _ => None,
    });
    let submitted = submitted.ok_or(Problem::new("internal"))?;
    let evidence = services.log().evidence(decided.now.position).await?;
    let evidence = evidence.ok_or(Problem::new("internal"))?;
    let recorded = evidence.at.time;
    let collection = acting.held.collection.0;
    let collection = services
        .desk
        .load_guarded::<Collection, _>(&decided, collection);
    let collection = collection.await?;
    let collection = PresentResource::from_loaded(&collection).ok_or(Problem::new("internal"))?;
    let late = if submitted.version == 1 {
        let received = match &submitted.source {
            Some(source) => Some(ReceiptTime::On(source.received_on)),
            None => recorded.map(ReceiptTime::At),
        };
        let deadline = collection.deadline_of(acting.held.party);
        received.is_some_and(|received| deadline.is_over(received))
    } else {
        let position = Some(decided.now.position);
        let history = ReplyHistory::read(services, acting.id, position).await?;
        history.is_late(&collection)
    };
    let receipt = Receipt {
        reply: acting.id.0,
        version: submitted.version,
        revision: submitted.revision.unwrap_or(acting.held.revision),
        position: decided.now.position,
        evidence: EvidenceView::from(&evidence),
        received_at: recorded.map(rfc3339),
        source: submitted.source.clone(),
        late,
        publication: submitted.publication.clone(),
        unconfirmed: submitted.unconfirmed,
        answers: decided
            .now
            .state
            .as_ref()
            .as_ref()
            .and_then(Reply::submitted_answers)
            .map_or(0, |answers| answers.size()),
    };
    Ok(conditional::write_answer(
        Some(format!("/v1/replies/{}", acting.id)),
        decided.now.position,
        &receipt,
    ))
}
