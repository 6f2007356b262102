//! What a report says: its body for programs, its page for people. Everybody reads what is published; the Secretariat also
//! what a publication would make public now.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

use crate::desk::PresentResource;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::reports::drafts::bytes;
use crate::http::reports::made::BodyDraft;
use crate::http::reports::visible;
use crate::http::services::Services;
use crate::report::{self, Body, ReadableReport};
use domain::ReportId;
use domain::report::Report;

/// A report as the caller reads it.
struct ReadReport {
    told: ReadableReport,
    /// The position of its publication; none while it is a draft.
    published: Option<u64>,
    /// The position of the last redaction or translation of its words.
    words: u64,
}

impl ReadReport {
    async fn load(services: &Services, caller: &Caller, id: ReportId) -> Result<Self, Problem> {
        let report = visible(services, caller, id).await?;
        let (body, status, unreleased, gaps) = match &report.published {
            Some(published) => {
                let stored = bytes(services, &published.body).await?;
                let body = published_body(&stored, &report)?;
                (body, "published", Vec::new(), Vec::new())
            }
            None => {
                let made = BodyDraft::load(services, &report).await?;
                let unreleased = made.sources.unreleased.iter().map(|id| id.0).collect();
                (made.body, "draft", unreleased, report.gaps())
            }
        };
        let words = StoredWords::read(services, caller, body.words()).await?;
        let show = |reference: &_, lang| words.show(reference, Some(lang));
        Ok(Self {
            told: body.with_words(status, unreleased, gaps, show),
            published: report.published.as_ref().map(|_| report.position),
            words: words.changed,
        })
    }
}

/// A stored body. One of old holds its narratives' words itself: they are read where the narratives have them, which their
/// redaction reaches.
fn published_body(stored: &[u8], report: &PresentResource<Report>) -> Result<Body, Problem> {
    let unreadable = |_| Problem::new("internal");
    let mut body: Value = serde_json::from_slice(stored).map_err(unreadable)?;
    for narrative in body["narratives"].as_array_mut().into_iter().flatten() {
        if narrative["words"].is_null() {
            let mut known = report.narratives.values();
            let known = known.find(|known| {
                narrative["heading"] == known.heading.as_str()
                    && narrative["lang"] == known.lang.as_str()
            });
            narrative["words"] = json!(known.map(|known| &known.text));
        }
    }
    serde_json::from_value(body).map_err(unreadable)
}

/// A published report, for programs; to the Secretariat a draft as well, as it would be published now.
#[utoipa::path(get, path = "/v1/reports/{report}/body", tag = "reports", responses((status = 200, description = "narratives, figures, annexes", body = ReadableReport)))]
pub async fn get_report_body(
    lookup: Lookup,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let read = ReadReport::load(services, caller, id).await?;
    let Some(position) = read.published else {
        // A draft changes with what others release and consent to: nobody keeps it.
        return Ok(conditional::write_answer(None, 0, &read.told));
    };
    let reader = Reader::any().words(read.words);
    let tag = match caller.principal.role.is_secretariat() {
        true => Tag::Resource(position, reader),
        false => Tag::Published(position, reader),
    };
    Ok(lookup.answer(&tag, &read.told))
}

/// A published report, as a page for people that can be printed: in the reader's language where the report is written in it
/// or translated into it. To the Secretariat a draft as well, as it would be published now.
#[utoipa::path(get, path = "/v1/reports/{report}/page", tag = "reports", responses((status = 200, content_type = "text/html", body = String)))]
pub async fn get_report_page(
    lookup: Lookup,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let read = ReadReport::load(&lookup.services, &lookup.caller, id).await?;
    let written = report::page(&read.told, lookup.languages());
    let (lang, html) = written.map_err(|error| {
        tracing::error!(%error, "a report's page cannot be written");
        Problem::new("internal")
    })?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_LANGUAGE, lang.as_str()))
        .insert_header((header::VARY, "Accept-Language, Authorization, Cookie"))
        .body(html))
}
