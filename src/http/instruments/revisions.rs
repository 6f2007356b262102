//! Revisions: frozen questionnaires.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{DeskError, Reads};
use crate::domain::comment::Comment;
use crate::domain::consultation::Consultation;
use crate::domain::instrument::{Command, CommentStanding, Event, Instrument, MAX_TAKEN_UP};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::{CommentId, InstrumentId};
use crate::http::consultations::access::presented_to;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::instruments::view::ApprovalView;
use crate::http::instruments::{context, load};
use crate::http::problem::Problem;
use crate::http::schemas::QuestionnaireShape;
use crate::http::services::Services;

/// A revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionView {
    /// The instrument.
    instrument: Uuid,
    /// 1, 2, 3.
    revision: u32,
    /// The languages in which it is complete.
    languages: Vec<String>,
    /// Its approval, if it has one.
    approval: Option<ApprovalView>,
    /// What is asked.
    #[schema(value_type = QuestionnaireShape)]
    questionnaire: Questionnaire,
}

/// A revision that was just frozen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revised {
    /// The instrument.
    instrument: Uuid,
    /// The new revision's number.
    revision: u32,
    /// How many questions it has.
    questions: usize,
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What of the comments the next revision takes up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseInstrument {
    /// Comments on the instrument, by id, that were accepted at least in part; 500 at most.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    takes_up: Vec<CommentId>,
}

/// Freezes the draft as the next revision; refused with every fault at once.
#[utoipa::path(tag = "instruments", request_body(content = ReviseInstrument, description = "may be left out"),
    responses((status = 201, body = Revised)))]
#[post("/v1/instruments/{instrument}/revisions")]
pub async fn revise_instrument(
    caller: Caller,
    instrument: web::Path<String>,
    body: Body<ReviseInstrument>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let decided = services
        .desk
        .decide::<Instrument>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| {
                let mut context = context(reads, id).await?;
                context.comments = comments(reads, id, &body.value.takes_up).await?;
                context.presented_to = presented_to(reads, id).await?;
                Ok(context)
            },
            || Command::Revise {
                takes_up: body.value.takes_up.clone(),
            },
        )
        .await?;
    let revised = decided.events.iter().find_map(|event| match event {
        Event::InstrumentRevised(revised) => Some(Revised {
            instrument: id.0,
            revision: revised.revision,
            questions: revised.questions.len(),
        }),
        _ => None,
    });
    let revised = revised.ok_or(Problem::new("internal"))?;
    let location = format!("/v1/instruments/{id}/revisions/{}", revised.revision);
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &revised,
    ))
}

/// A revision with its questionnaire. It never changes, but for its approval.
#[utoipa::path(tag = "instruments", responses((status = 200, body = RevisionView)))]
#[get("/v1/instruments/{instrument}/revisions/{revision}")]
pub async fn get_revision(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (instrument, number) = path.into_inner();
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let loaded = load(&services, id).await?;
    let revision = loaded
        .state
        .as_ref()
        .as_ref()
        .zip(number.parse().ok())
        .and_then(|(instrument, number)| instrument.revision(number))
        .ok_or(Problem::not_found("revision"))?;
    let questionnaire = services.desk.questionnaire(&revision.questionnaire).await?;
    let view = RevisionView {
        instrument: id.0,
        revision: revision.number,
        languages: revision.languages.iter().map(ToString::to_string).collect(),
        approval: revision.approval.as_ref().map(ApprovalView::of),
        questionnaire: (*questionnaire).clone(),
    };
    Ok(conditional::answer(
        &request,
        &Tag::Resource(loaded.position, Reader::any()),
        &view,
    ))
}

/// What is known of the comments that are to be taken up; each is guarded, so that it stays accepted.
async fn comments(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
    named: &[CommentId],
) -> Result<BTreeMap<CommentId, CommentStanding>, DeskError> {
    let mut found = BTreeMap::new();
    // Of more than are allowed, none is looked at in vain.
    for id in named.iter().take(MAX_TAKEN_UP) {
        let comment = reads.state::<Comment>(id.0).await?;
        let consultation = match comment.as_ref() {
            Some(comment) => reads.state::<Consultation>(comment.consultation.0).await?,
            None => Arc::default(),
        };
        found.insert(
            *id,
            CommentStanding::of(instrument, &comment, &consultation),
        );
    }
    Ok(found)
}
