//! A report is put before its meeting.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::handling::{dates, new_content, notices};
use crate::http::problem::Problem;
use crate::http::reports::made::BodyDraft;
use crate::http::reports::{ReportView, visible};
use domain::meeting::Meeting;
use domain::report::{Command, Report};
use domain::{DocumentId, MeetingId, ReportId, notice};

/// Before which meeting a report is put.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PublishReport {
    /// The session of the Commission, or the Congress.
    meeting: Uuid,
    /// The symbol of the document that the report is, where it is recorded as one.
    #[schema(example = "E/CN.15/2006/9")]
    document: Option<String>,
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date, example = "2006-04-24")]
    on: Date,
}

/// Publishes a report to the session of the Commission, or the Congress, that it is for. It changes no more; only words
/// that are redacted go from it, too. Its figures are those of each collection's newest release by the position that it was
/// compiled as of. Only the languages that are whole are published.
#[utoipa::path(post, path = "/v1/reports/{report}/publication", tag = "reports", request_body = PublishReport, responses((status = 201, body = ReportView)))]
pub async fn publish_report(
    mut write: Write<PublishReport>,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let report = visible(services, caller, id).await?;
    // What is published already is published no second time: whoever repeats the command needs no body for its answer.
    let made = match report.published {
        Some(_) => BodyDraft::default(),
        None => BodyDraft::load(services, &report).await?,
    };
    made.has_its_words(services, caller).await?;
    let meeting = MeetingId(write.body.meeting);
    let on = write.body.on;
    let publish = Command::Publish {
        meeting,
        document: write.body.document.as_deref().map(DocumentId::from_symbol),
        on,
        today: dates::today(),
        body: new_content::json(&made.body, &mut write.contents)?,
        made_of: report.changes,
    };
    let sources = Some(made.sources);
    let decided = write.decide_case::<Report>(id, &sources, publish);
    let decided = decided.await?;
    let report = PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("report"))?;
    let mut view = ReportView::load(services, caller, id, &report).await?;
    let then = decided.as_of.unwrap_or(report.position);
    let meeting = services.desk.load_as_of::<Meeting>(meeting.0, then);
    let meeting = meeting.await?.state;
    let told = meeting.as_ref().as_ref();
    let told = told.and_then(|meeting| notice::of_publication(on, meeting.starts_on));
    view.notices
        .extend(notices::notices_for_reader(told, &caller.languages));
    let location = format!("/v1/reports/{id}/body");
    Ok(conditional::write_answer(
        Some(location),
        report.position,
        &view,
    ))
}
