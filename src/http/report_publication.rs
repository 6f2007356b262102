//! A report before the Commission: its publication, its body for programs, its page for people.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::caller::Caller;
use super::conditional::{self, Reader, Tag};
use super::dates;
use super::new_content;
use super::problem::Problem;
use super::report_drafts::bytes;
use super::reports::{ReportView, visible};
use super::services::Services;
use super::there::There;
use crate::desk::{DeskError, Reads};
use crate::domain::document::Document;
use crate::domain::meeting::{Meeting, MeetingKind};
use crate::domain::party::Party;
use crate::domain::reply::Reply;
use crate::domain::report::{AnswerLink, Command, Context, NarrativeDrafted, Report};
use crate::domain::{CollectionId, DocumentId, MeetingId, ReportId};
use crate::log::content;
use crate::reading::releases;
use crate::report::{self, Body as ReportBody, Compilation, Compiler, Link, Narrative, Released};

/// Before which session a report is put.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishReport {
    /// The session's meeting.
    meeting: Uuid,
    /// The symbol of the document that the report is, where it is recorded as one.
    #[schema(example = "E/CN.15/2006/9")]
    document: Option<String>,
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date, example = "2006-04-24")]
    on: Date,
}

/// Publishes a report to a session of the Commission. It changes no more. Its figures are those of each collection's newest
/// release by the position that it was compiled as of, with what disclosure control withholds of them now.
#[utoipa::path(tag = "reports", request_body = PublishReport, responses((status = 201, body = ReportView)))]
#[post("/v1/reports/{report}/publication")]
pub async fn publish_report(
    caller: Caller,
    report: web::Path<String>,
    body: Body<PublishReport>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, report) = visible(&services, &caller, &report).await?;
    let made = Made::of(&services, &report).await?;
    let mut contents = Vec::new();
    let reference = new_content::json(&made.body, &mut contents)?;
    let asked = &body.value;
    let document = asked.document.as_deref().map(DocumentId::of);
    let command = || Command::Publish {
        meeting: MeetingId(asked.meeting),
        document,
        on: asked.on,
        body: reference.clone(),
        made_of: report.changes,
    };
    let context = async |reads: &mut Reads<'_>| {
        let meeting = reads.state::<Meeting>(asked.meeting).await?;
        let meeting = meeting.as_ref().as_ref();
        let session = meeting.filter(|meeting| meeting.kind == MeetingKind::CommissionSession);
        let is_document_recorded = match document {
            Some(document) => reads.state::<Document>(document.0).await?.is_some(),
            None => false,
        };
        Ok(Context {
            session: session.and_then(|meeting| meeting.session),
            is_document_recorded,
            unreleased: made.unreleased.clone(),
            ..Context::default()
        })
    };
    let request = caller.request(&body.bytes);
    let decided = services
        .desk
        .decide::<Report>(&request, id.0, &contents, context, command);
    let decided = decided.await?;
    let report = There::is(&decided.now).ok_or(Problem::not_found("report"))?;
    let view = ReportView::of(&services, &caller, id, &report).await?;
    let location = format!("/v1/reports/{id}/body");
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &view,
    ))
}

/// What a report says when it is published, as far as it can be made.
struct Made {
    body: ReportBody,
    /// Collections without a release by the position that was compiled.
    unreleased: Vec<CollectionId>,
}

impl Made {
    async fn of(services: &Services, report: &Report) -> Result<Self, Problem> {
        let compiled = report.compiled.as_ref();
        let compilation = match compiled {
            Some(compiled) => {
                let stored = bytes(services, &compiled.compilation).await?;
                serde_json::from_slice(&stored).map_err(|_| Problem::new("internal"))?
            }
            // The core refuses what was never compiled.
            None => Compilation {
                position: 0,
                time: None,
                collections: Vec::new(),
                instruments: Vec::new(),
            },
        };
        let Compilation {
            position,
            time,
            collections,
            instruments,
        } = compilation;
        let compiler = Compiler {
            desk: &services.desk,
            position,
        };
        let (mut figures, mut unreleased) = (Vec::new(), Vec::new());
        for compiled in collections {
            let id = compiled.collection;
            let sections = compiled
                .sections
                .iter()
                .map(|section| section.code.as_str());
            match released(services, id, position, sections).await? {
                Some(released) => figures.push(compiler.collection(id, Some(&released)).await?),
                None => unreleased.push(id),
            }
        }
        let mut narratives = Vec::new();
        for narrative in report.narratives.values() {
            narratives.push(told(services, narrative).await?);
        }
        let body = ReportBody {
            title: report.title.clone(),
            session: report.session,
            position,
            time,
            languages: report.languages(),
            narratives,
            collections: figures,
            instruments,
        };
        Ok(Self { body, unreleased })
    }
}

/// The newest release of a collection recorded by a position, with what is withheld of it.
async fn released(
    services: &Services,
    id: CollectionId,
    position: u64,
    sections: impl Iterator<Item = &str>,
) -> Result<Option<Released>, Problem> {
    let pool = services.log().pool();
    let releases = releases::list(pool, id.0).await?;
    let Some(shown) = releases.find(None, Some(position)) else {
        return Ok(None);
    };
    let mut withheld = BTreeMap::new();
    for section in sections {
        let cells = services
            .disclosures
            .withheld(pool, id, section, releases.changed, shown.release)
            .await?;
        withheld.insert(section.to_owned(), cells);
    }
    Ok(Some(Released {
        release: shown.release,
        position: shown.position,
        withheld,
    }))
}

/// A narrative as it is published: links only to what may be published now.
async fn told(services: &Services, narrative: &NarrativeDrafted) -> Result<Narrative, Problem> {
    let stored = content::bodies(services.log().pool(), &[narrative.text.content.0]).await?;
    let text = stored.get(&narrative.text.content.0);
    let text = text.ok_or(Problem::new("redacted"))?;
    let mut rests_on = Vec::new();
    let mut restricted = 0;
    for link in &narrative.rests_on {
        match published(services, link).await? {
            Some(link) => rests_on.push(link),
            None => restricted += 1,
        }
    }
    Ok(Narrative {
        heading: narrative.heading,
        lang: narrative.lang,
        text: String::from_utf8_lossy(text).into_owned(),
        rests_on,
        restricted,
    })
}

async fn published(services: &Services, link: &AnswerLink) -> Result<Option<Link>, DeskError> {
    let desk = &services.desk;
    let loaded = desk.load::<Reply>(link.reply.0, true).await?;
    let Some(reply) = loaded.state.as_ref() else {
        return Ok(None);
    };
    let asked = desk.asked(reply.instrument, reply.revision).await?;
    let mut sections = asked.sections.iter();
    let section = sections.find(|section| {
        let mut questions = section.questions.iter();
        questions.any(|question| question.code == link.question)
    });
    let consents = section.is_some_and(|section| {
        let consent = reply.publication.as_ref();
        consent.is_some_and(|consent| consent.covers(&section.code))
    });
    if !consents {
        return Ok(None);
    }
    let party = desk.load::<Party>(reply.party.0, false).await?;
    Ok(party.state.as_ref().as_ref().map(|party| Link {
        party: party.code.clone(),
        reply: link.reply,
        question: link.question.clone(),
    }))
}

/// A published report, for programs.
#[utoipa::path(tag = "reports", responses((status = 200, description = "narratives, figures, annexes", body = Object)))]
#[get("/v1/reports/{report}/body")]
pub async fn get_report_body(
    request: HttpRequest,
    caller: Caller,
    report: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (_, body, position) = body(&services, &caller, &report).await?;
    let tag = Tag::Resource(position, Reader::any());
    let text = String::from_utf8(body).map_err(|_| Problem::new("internal"))?;
    Ok(conditional::answer_text(&request, &tag, None, || text))
}

async fn body(
    services: &Services,
    caller: &Caller,
    report: &str,
) -> Result<(ReportId, Vec<u8>, u64), Problem> {
    let (id, report) = visible(services, caller, report).await?;
    let published = report.published.as_ref();
    let published = published.ok_or(Problem::not_found("report"))?;
    Ok((id, bytes(services, &published.body).await?, report.position))
}

/// A published report, as a page for people that can be printed: in the reader's language where the report is written in it.
#[utoipa::path(tag = "reports", responses((status = 200, content_type = "text/html", body = String)))]
#[get("/v1/reports/{report}/page")]
pub async fn get_report_page(
    caller: Caller,
    report: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (_, body, _) = body(&services, &caller, &report).await?;
    let body: ReportBody = serde_json::from_slice(&body).map_err(|_| Problem::new("internal"))?;
    let (lang, html) = report::page(&body, &caller.languages);
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
