//! An instrument before a meeting: presented, approved, returned; or withdrawn.

use std::sync::Arc;

use actix_web::{HttpResponse, post, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::consultations::access::{in_the_way, presented_to};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::dates;
use crate::http::handling::word_input::NewWords;
use crate::http::instruments::answer;
use crate::http::instruments::view::InstrumentView;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::document::Document;
use domain::instrument::{Approver, Command, Context, Instrument, MeetingStanding};
use domain::meeting::Meeting;
use domain::said::expected;
use domain::{DocumentId, InstrumentId, MeetingId};
use event_log::NewContent;

const FAULTY: &str = "instrument_faulty";
/// The most characters of remarks and reasons.
const WORDS_CHARS: usize = 20_000;

/// The meeting that a revision is put before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresentRevision {
    /// The meeting: an intersessional one or a session of the Commission, as the instrument's route has it.
    #[schema(value_type = Uuid)]
    meeting: MeetingId,
    /// The symbol of the report on progress; needed by the route `presentation`.
    #[schema(example = "E/CN.15/2007/11")]
    progress_report: Option<String>,
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Puts the latest revision before a meeting, or, where that was cancelled, before another. Refused while a consultation on the
/// instrument is open, a comment has no disposition, or one is accepted that no revision takes up; the refusal names each.
#[utoipa::path(tag = "instruments", request_body = PresentRevision, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments/{instrument}/revisions/{revision}/presentation")]
pub async fn present_revision(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<PresentRevision>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, revision) = revision(&path)?;
    let new = &body.value;
    let report = new.progress_report.as_deref().map(DocumentId::of);
    let present = || Command::Present {
        revision,
        meeting: new.meeting,
        progress_report: report,
        on: new.on,
    };
    let needs = Needs {
        meeting: Some(new.meeting),
        report,
    };
    let decided = decide(&services, &caller, id, &body.bytes, &[], &needs, present).await?;
    let location = Some(format!("/v1/instruments/{id}/revisions/{revision}"));
    answer(&services, &caller, &decided, location).await
}

/// The decision that approved a revision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveRevision {
    /// The meeting that the revision was presented to. This or `meeting`.
    #[schema(value_type = Option<Uuid>)]
    meeting_id: Option<MeetingId>,
    /// A meeting of the past that is not in the system, by its name, for a revision that was presented to none that is; of the
    /// route `intersessional` alone.
    meeting: Option<String>,
    /// Its decision, as people cite it.
    decision: String,
    /// When it was taken.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// Records the approval of the latest revision, by the meeting that it was presented to.
#[utoipa::path(tag = "instruments", request_body = ApproveRevision, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments/{instrument}/revisions/{revision}/approval")]
pub async fn approve_revision(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<ApproveRevision>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, revision) = revision(&path)?;
    let new = &body.value;
    let by = match (new.meeting_id, &new.meeting) {
        (Some(meeting), None) => Approver::Meeting(meeting),
        (None, Some(name)) => Approver::Named(name.clone()),
        _ => {
            let expected = expected::ONE_NAMED.codes(["meeting_id", "meeting"]);
            return Err(Problem::not_as_expected("", expected));
        }
    };
    let approve = || Command::Approve {
        revision,
        by: by.clone(),
        decision: new.decision.clone(),
        date: new.date,
    };
    let needs = Needs::default();
    let decided = decide(&services, &caller, id, &body.bytes, &[], &needs, approve).await?;
    let location = Some(format!("/v1/instruments/{id}/revisions/{revision}"));
    answer(&services, &caller, &decided, location).await
}

/// What a revision is given back with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnRevision {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// What was said.
    remarks: NewWords,
}

/// Records that the meeting gave a revision back with remarks: a new revision can be presented.
#[utoipa::path(tag = "instruments", request_body = ReturnRevision, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments/{instrument}/revisions/{revision}/return")]
pub async fn return_revision(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<ReturnRevision>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, revision) = revision(&path)?;
    let new = &body.value;
    let mut contents = Vec::new();
    let remarks = new
        .remarks
        .store("/remarks", WORDS_CHARS, FAULTY, &mut contents)?;
    let give_back = || Command::Return {
        revision,
        on: new.on,
        remarks: remarks.clone(),
        lang: new.remarks.lang,
    };
    let needs = Needs::default();
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        &needs,
        give_back,
    );
    let location = Some(format!("/v1/instruments/{id}/revisions/{revision}"));
    answer(&services, &caller, &decided.await?, location).await
}

/// Why work on an instrument ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawInstrument {
    /// Why.
    reason: NewWords,
}

/// Ends the work on an instrument of which no revision is approved, once no consultation on it is open.
#[utoipa::path(tag = "instruments", request_body = WithdrawInstrument, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments/{instrument}/withdrawal")]
pub async fn withdraw_instrument(
    caller: Caller,
    instrument: web::Path<String>,
    body: Body<WithdrawInstrument>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let new = &body.value;
    let mut contents = Vec::new();
    let reason = new
        .reason
        .store("/reason", WORDS_CHARS, FAULTY, &mut contents)?;
    let withdraw = || Command::Withdraw {
        reason: reason.clone(),
        lang: new.reason.lang,
    };
    let needs = Needs::default();
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        &needs,
        withdraw,
    );
    let location = Some(format!("/v1/instruments/{id}"));
    answer(&services, &caller, &decided.await?, location).await
}

fn revision(path: &(String, String)) -> Result<(InstrumentId, u32), Problem> {
    let (instrument, number) = path;
    let id = caller::id(instrument, "instrument")?;
    let number = number.parse().map_err(|_| Problem::not_found("revision"))?;
    Ok((id, number))
}

/// What a decision needs to know beside the consultations.
#[derive(Default)]
struct Needs {
    meeting: Option<MeetingId>,
    report: Option<DocumentId>,
}

async fn decide(
    services: &Services,
    caller: &Caller,
    id: InstrumentId,
    bytes: &[u8],
    contents: &[NewContent],
    needs: &Needs,
    command: impl Fn() -> Command,
) -> Result<Decided<Instrument>, Problem> {
    let request = caller.request(bytes);
    let context = async |reads: &mut Reads<'_>| context(reads, id, needs).await;
    let desk = &services.desk;
    let decided = desk.decide_with::<Instrument>(&request, id.0, contents, context, command);
    Ok(decided.await?)
}

async fn context(
    reads: &mut Reads<'_>,
    id: InstrumentId,
    needs: &Needs,
) -> Result<Context, DeskError> {
    let meeting = match needs.meeting {
        Some(meeting) => reads.state::<Meeting>(meeting.0).await?,
        None => Arc::default(),
    };
    let report = match needs.report {
        Some(report) => reads.state::<Document>(report.0).await?,
        None => Arc::default(),
    };
    let waiting = in_the_way(reads, id).await?;
    Ok(Context {
        open: waiting.open,
        undisposed: waiting.undisposed,
        not_taken_up: waiting.not_taken_up,
        meeting: MeetingStanding::of(&meeting),
        presented_to: presented_to(reads, id).await?,
        today: dates::today(),
        report_is_known: report.is_some(),
        ..Context::default()
    })
}
