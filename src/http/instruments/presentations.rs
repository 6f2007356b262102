//! An instrument before a meeting: presented, approved, returned; or withdrawn.

use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::handling::{caller, dates};
use crate::http::instruments::change;
use crate::http::instruments::view::InstrumentView;
use crate::http::problem::Problem;
use domain::instrument::{Approver, Command, InstrumentPresented, InstrumentWithdrawn};
use domain::phrase::expected;
use domain::{DocumentId, InstrumentId, MeetingId};

const FAULTY: &str = "instrument_faulty";
/// The most characters of remarks and reasons.
const WORDS_CHARS: usize = 20_000;

/// The meeting that a revision is put before.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PresentRevision {
    /// The meeting: an intersessional one or a session of the Commission, as the instrument's route has it.
    #[schema(value_type = Uuid)]
    meeting: MeetingId,
    /// The symbol of the report on progress; needed by the route `presentation`.
    #[schema(example = "E/CN.15/2007/11")]
    progress_report: Option<String>,
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

/// Puts the latest revision before a meeting, or, where that was cancelled, before another. Refused while a consultation on the
/// instrument is open, a comment has no disposition, or one is accepted that no revision takes up; the refusal names each.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/revisions/{revision}/presentation", tag = "instruments", request_body = PresentRevision, responses((status = 201, body = InstrumentView)))]
pub async fn present_revision(
    write: Write<PresentRevision>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let revision = revision(&path)?;
    let new = &write.body;
    let present = Command::Present(InstrumentPresented {
        revision: revision.1,
        meeting: new.meeting,
        progress_report: new.progress_report.as_deref().map(DocumentId::from_symbol),
        on: new.on,
    });
    change_revision(&write, revision, present).await
}

/// The decision that approved a revision.
#[derive(Debug, Deserialize, ToSchema)]
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
    date: Date,
}

/// Records the approval of the latest revision, by the meeting that it was presented to.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/revisions/{revision}/approval", tag = "instruments", request_body = ApproveRevision, responses((status = 201, body = InstrumentView)))]
pub async fn approve_revision(
    write: Write<ApproveRevision>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let revision = revision(&path)?;
    let new = &write.body;
    let by = match (new.meeting_id, &new.meeting) {
        (Some(meeting), None) => Approver::Meeting(meeting),
        (None, Some(name)) => Approver::Named(name.clone()),
        _ => {
            let expected = expected::ONE_NAMED.codes(["meeting_id", "meeting"]);
            return Err(Problem::not_as_expected("", expected));
        }
    };
    let approve = Command::Approve {
        revision: revision.1,
        by,
        decision: new.decision.clone(),
        date: new.date,
    };
    change_revision(&write, revision, approve).await
}

/// What a revision is given back with.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReturnRevision {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// What was said.
    remarks: NewWords,
}

/// Records that the meeting gave a revision back with remarks: a new revision can be presented.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/revisions/{revision}/return", tag = "instruments", request_body = ReturnRevision, responses((status = 201, body = InstrumentView)))]
pub async fn return_revision(
    mut write: Write<ReturnRevision>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let revision = revision(&path)?;
    let remarks = &write.body.remarks;
    let give_back = Command::Return {
        revision: revision.1,
        on: write.body.on,
        remarks: remarks.store("/remarks", WORDS_CHARS, FAULTY, &mut write.contents)?,
        lang: remarks.lang,
    };
    change_revision(&write, revision, give_back).await
}

/// Why work on an instrument ends.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawInstrument {
    /// Why.
    reason: NewWords,
}

/// Ends the work on an instrument of which no revision is approved, once no consultation on it is open.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/withdrawal", tag = "instruments", request_body = WithdrawInstrument, responses((status = 201, body = InstrumentView)))]
pub async fn withdraw_instrument(
    mut write: Write<WithdrawInstrument>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let reason = &write.body.reason;
    let withdraw = Command::Withdraw(InstrumentWithdrawn {
        reason: reason.store("/reason", WORDS_CHARS, FAULTY, &mut write.contents)?,
        lang: reason.lang,
    });
    change(&write, id, withdraw, "").await
}

fn revision(path: &(String, String)) -> Result<(InstrumentId, u32), Problem> {
    let (instrument, number) = path;
    let id = caller::id(instrument, "instrument")?;
    let number = number.parse().map_err(|_| Problem::not_found("revision"))?;
    Ok((id, number))
}

async fn change_revision<B>(
    write: &Write<B>,
    (id, revision): (InstrumentId, u32),
    command: Command,
) -> Result<HttpResponse, Problem> {
    let below = format!("/revisions/{revision}");
    change(write, id, command, &below).await
}
