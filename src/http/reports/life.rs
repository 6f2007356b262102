//! A report is begun, corrected, given up.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::reports::{ReportView, visible};
use crate::http::schemas::Nothing;
use domain::report::{Command, Particulars, Purpose, Report};
use domain::{CollectionId, InstrumentId, ReportId, Texts};

/// What a report is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReportInput {
    /// Its title.
    title: Texts,
    /// What it is for, which says the headings that it needs: `findings`, on what was gathered, to a session of the
    /// Commission (application, difficulties, assistance, practices); `progress`, in preparing instruments, to a session
    /// (progress); `congress`, to a Congress (application). findings, if left out.
    #[serde(default)]
    #[schema(value_type = Option<domain::report::Purpose>, example = "findings")]
    purpose: Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    #[schema(example = 15)]
    session: u16,
    /// The collections whose figures it reports.
    #[serde(default)]
    collections: Vec<Uuid>,
    /// The instruments whose preparation it reports.
    #[serde(default)]
    instruments: Vec<Uuid>,
}

impl ReportInput {
    fn particulars(&self) -> Particulars {
        let ids = self.collections.iter().copied();
        let collections = ids.map(CollectionId).collect();
        let ids = self.instruments.iter().copied();
        let instruments = ids.map(InstrumentId).collect();
        Particulars {
            title: self.title.clone(),
            purpose: self.purpose,
            session: self.session,
            collections,
            instruments,
        }
    }
}

/// Begins a report.
#[utoipa::path(post, path = "/v1/reports", tag = "reports", request_body = ReportInput, responses((status = 201, body = ReportView)))]
pub async fn begin_report(write: Write<ReportInput>) -> Result<HttpResponse, Problem> {
    let begin = Command::Begin(write.body.particulars());
    change(&write, ReportId(clock::new_id()), begin).await
}

/// Changes what a report is to be, as a whole, until it is published. Its figures are compiled anew.
#[utoipa::path(put, path = "/v1/reports/{report}", tag = "reports", request_body = ReportInput, responses((status = 200, body = ReportView)))]
pub async fn revise_report(
    write: Write<ReportInput>,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    change(&write, id, Command::Revise(write.body.particulars())).await
}

/// Gives a report up that is not published. It stays on record, to the Secretariat.
#[utoipa::path(delete, path = "/v1/reports/{report}", tag = "reports", responses((status = 200, body = ReportView)))]
pub async fn abandon_report(
    write: Write<Nothing>,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    change(&write, id, Command::Abandon).await
}

/// Decides on a command to a report that publishes nothing, and answers the report as it then is.
pub(in crate::http) async fn change<B>(
    write: &Write<B>,
    id: ReportId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Begin(_));
    let decided = write.decide_case::<Report>(id, &None, command);
    let decided = decided.await?;
    let id = ReportId(decided.stream);
    let report = PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("report"))?;
    let view = ReportView::load(&write.services, &write.caller, id, &report).await?;
    let location = is_new.then(|| format!("/v1/reports/{id}"));
    Ok(conditional::write_answer(location, report.position, &view))
}
