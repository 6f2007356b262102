//! Revisions: frozen questionnaires, and their approval.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::caller::{self, Caller};
use super::conditional::{self, Reader, Tag};
use super::dates;
use super::instruments::{ApprovalView, InstrumentView, context, load};
use super::problem::Problem;
use super::schemas::QuestionnaireShape;
use super::services::Services;
use crate::domain::InstrumentId;
use crate::domain::instrument::{Command, Event, Instrument};
use crate::domain::questionnaire::Questionnaire;

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

/// Freezes the draft as the next revision; refused with every fault at once.
#[utoipa::path(tag = "instruments", request_body(content = Nothing, description = "may be left out"),
    responses((status = 201, body = Revised)))]
#[post("/v1/instruments/{instrument}/revisions")]
pub async fn revise_instrument(
    caller: Caller,
    instrument: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let decided = services
        .desk
        .decide::<Instrument>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| context(reads, id).await,
            || Command::Revise,
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

/// The decision that approved a revision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRevision {
    /// The meeting that approved it.
    meeting: String,
    /// Its decision, as people cite it.
    decision: String,
    /// When it was taken.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// Records the approval of the latest revision, by the instrument's route.
#[utoipa::path(tag = "instruments", request_body = ApproveRevision, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments/{instrument}/revisions/{revision}/approval")]
pub async fn approve_revision(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<ApproveRevision>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (instrument, number) = path.into_inner();
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let revision: u32 = number.parse().map_err(|_| Problem::not_found("revision"))?;
    let decided = services
        .desk
        .decide::<Instrument>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| context(reads, id).await,
            || Command::Approve {
                revision,
                meeting: body.value.meeting.clone(),
                decision: body.value.decision.clone(),
                date: body.value.date,
            },
        )
        .await?;
    let instrument = decided
        .now
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("instrument"))?;
    let view = InstrumentView::of(id.0, instrument, &caller.languages);
    let location = format!("/v1/instruments/{id}/revisions/{revision}");
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &view,
    ))
}
