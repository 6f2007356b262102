//! Submissions: a reply is handed in, and the party gets a receipt.

use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::acting::Acting;
use super::body::Body;
use super::caller::Caller;
use super::conditional;
use super::need_access::drafted;
use super::problem::Problem;
use super::publications::{ConsentInput, ConsentShape};
use super::schemas::rfc3339;
use super::services::Services;
use super::source_input::SourceView;
use super::there::There;
use crate::desk::Reads;
use crate::domain::collection::{Collection, Received};
use crate::domain::reply::{Command, Context, Event, Reply};

/// A receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The reply.
    reply: Uuid,
    /// The version that was submitted: 1, 2, 3.
    version: u32,
    /// Its place in the log.
    position: u64,
    /// When it was recorded, RFC 3339 in UTC.
    received_at: Option<String>,
    /// From what the Secretariat entered it; not there where its party submitted it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceView>,
    /// Whether it came after the party's deadline; what was entered, on the day on which it was received.
    late: bool,
    /// How many answers it holds, "not available" among them.
    answers: usize,
}

/// What is said with a submission.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitReply {
    /// What the party consents to have published of what it submits; nothing, if null or left out.
    #[schema(value_type = Option<ConsentShape>)]
    publication: Option<ConsentInput>,
}

/// Submits a reply; refused with every fault at once. From then on its answers stand.
#[utoipa::path(tag = "replies", request_body(content = SubmitReply, description = "may be left out"),
    responses((status = 201, body = Receipt)))]
#[post("/v1/replies/{reply}/submission")]
pub async fn submit_reply(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<SubmitReply>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    let request = caller.request(&body.bytes);
    let submit = || Command::Submit {
        publication: body.value.publication.clone().map(|given| given.0),
    };
    // In one append: the answers stand, and the needs that are drafted beside them are indicated.
    let context = async |reads: &mut Reads<'_>| {
        let needs = drafted(reads, acting.id).await?;
        let context = acting.context(reads).await?;
        Ok(Context { needs, ..context })
    };
    let desk = &services.desk;
    let decided = desk
        .decide::<Reply>(&request, acting.id.0, &[], context, submit)
        .await?;
    let submitted = decided.events.iter().find_map(|event| match event {
        Event::ReplySubmitted(submitted) => Some(submitted),
        _ => None,
    });
    let submitted = submitted.ok_or(Problem::new("internal"))?;
    let recorded = services
        .log()
        .at(decided.now.position)
        .await?
        .and_then(|head| head.time);
    let received = match &submitted.source {
        Some(source) => Some(Received::On(source.received_on)),
        None => recorded.map(Received::At),
    };
    let collection = services
        .desk
        .load_as_of::<Collection>(acting.held.collection.0, decided.now.position)
        .await?;
    let collection = There::is(&collection);
    let late = collection
        .zip(received)
        .is_some_and(|(collection, received)| {
            let deadline = collection.deadline_of(acting.held.party);
            deadline.is_over(received)
        });
    let receipt = Receipt {
        reply: acting.id.0,
        version: submitted.version,
        position: decided.now.position,
        received_at: recorded.map(rfc3339),
        source: submitted.source.as_ref().map(SourceView::from),
        late,
        answers: decided
            .now
            .state
            .as_ref()
            .as_ref()
            .map_or(0, |reply| reply.answers.len()),
    };
    Ok(conditional::written(
        Some(format!("/v1/replies/{}", acting.id)),
        decided.now.position,
        &receipt,
    ))
}
