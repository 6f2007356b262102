//! A report is put before its meeting.

use actix_web::{HttpResponse, post, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::Reads;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::new_content;
use crate::http::handling::notices;
use crate::http::handling::there::There;
use crate::http::problem::Problem;
use crate::http::reports::made::Made;
use crate::http::reports::{ReportView, visible};
use crate::http::services::Services;
use domain::document::Document;
use domain::meeting::Meeting;
use domain::notice;
use domain::report::{Command, Context, Report, Sitting};
use domain::{DocumentId, MeetingId};

/// Before which meeting a report is put.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
#[utoipa::path(tag = "reports", request_body = PublishReport, responses((status = 201, body = ReportView)))]
#[post("/v1/reports/{report}/publication")]
pub async fn publish_report(
    caller: Caller,
    report: web::Path<String>,
    body: Body<PublishReport>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, report) = visible(&services, &caller, &report).await?;
    // What is published already is published no second time: whoever repeats the command needs no body for its answer.
    let made = match report.published {
        Some(_) => Made::default(),
        None => Made::of(&services, &report).await?,
    };
    made.has_its_words(&services, &caller).await?;
    let mut contents = Vec::new();
    let reference = new_content::json(&made.body, &mut contents)?;
    let asked = &body.value;
    let document = asked.document.as_deref().map(DocumentId::of);
    let command = || Command::Publish {
        meeting: MeetingId(asked.meeting),
        document,
        on: asked.on,
        today: dates::today(),
        body: reference.clone(),
        made_of: report.changes,
    };
    let context = async |reads: &mut Reads<'_>| {
        let meeting = reads.state::<Meeting>(asked.meeting).await?;
        let is_document_recorded = match document {
            Some(document) => reads.state::<Document>(document.0).await?.is_some(),
            None => false,
        };
        Ok(Context {
            meeting: Sitting::of(&meeting),
            is_document_recorded,
            unreleased: made.unreleased.clone(),
            has_moved: made.has_moved(reads).await?,
            ..Context::default()
        })
    };
    let request = caller.request(&body.bytes);
    let decided = services
        .desk
        .decide_with::<Report>(&request, id.0, &contents, context, command);
    let decided = decided.await?;
    let report = There::is(&decided.now).ok_or(Problem::not_found("report"))?;
    let mut view = ReportView::of(&services, &caller, id, &report).await?;
    let then = decided.as_of.unwrap_or(decided.now.position);
    let meeting = services.desk.load_as_of::<Meeting>(asked.meeting, then);
    let meeting = meeting.await?.state;
    let told = meeting.as_ref().as_ref();
    let told = told.and_then(|meeting| notice::of_publication(asked.on, meeting.starts_on));
    view.notices.extend(notices::shown(told, &caller.languages));
    let location = format!("/v1/reports/{id}/body");
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &view,
    ))
}
