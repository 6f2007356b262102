//! Reports to the Commission: found and listed. The Secretariat sees all; everybody else what is published.

pub mod body;
pub mod drafts;
pub mod life;
pub(in crate::http) mod made;
pub mod publication;

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional::Tag;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::{NoticeView, chosen};
use crate::http::services::Services;
use crate::reading::reports::{self as reading, ReportRow};
use crate::reading::viewer;
use crate::report::gap_in_words;
use domain::ReportId;
use domain::document::Document;
use domain::report::{AnswerLink, Report};

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<domain::Lang>,
    /// begun, compiled, published, abandoned
    status: domain::report::Status,
    /// findings (on what was gathered), progress (in preparing instruments), congress
    purpose: domain::report::Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    session: u16,
    /// The collections whose figures it reports.
    collections: Vec<Uuid>,
    /// The instruments whose preparation it reports.
    instruments: Vec<Uuid>,
    /// The position that it is compiled as of.
    compiled: Option<u64>,
    /// The languages in which every heading that is needed has its narrative.
    languages: Vec<domain::Lang>,
    /// Its narratives, with what they rest on; told to the Secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    narratives: Option<Vec<NarrativeView>>,
    /// Its publication.
    publication: Option<PublishedView>,
    /// What the Secretariat must know of it: languages that lack something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeView>,
    /// The position of the last redaction or translation of its words.
    #[serde(skip)]
    words: u64,
}

/// A narrative.
#[derive(Debug, Serialize, ToSchema)]
pub struct NarrativeView {
    /// introduction, application, difficulties, assistance, practices, progress, conclusions
    heading: domain::report::Heading,
    /// Its words: `{"text", "lang"}`, or that they were redacted.
    #[schema(value_type = Object)]
    words: Value,
    /// The answers that it rests on.
    rests_on: Vec<LinkView>,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// The reply.
    reply: Uuid,
    /// The question's code.
    question: String,
}

/// A publication.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedView {
    /// The session, or the Congress, that it was put before.
    meeting: Uuid,
    /// The document that the report is: its symbol.
    document: Option<String>,
    /// The day.
    on: jiff::civil::Date,
    /// The languages that all of it is written in.
    languages: Vec<domain::Lang>,
    /// The headings that it has.
    headings: Vec<domain::report::Heading>,
}

impl ReportView {
    /// A report as the caller sees it.
    pub async fn load(
        services: &Services,
        caller: &Caller,
        id: ReportId,
        report: &Report,
    ) -> Result<Self, Problem> {
        let particulars = &report.particulars;
        let (lang, title) = chosen(&particulars.title, &caller.languages);
        let mut changed = 0;
        let narratives = if caller.principal.role.is_secretariat() {
            let texts = report.narratives.values().map(|narrative| &narrative.text);
            let words = StoredWords::read(services, caller, texts).await?;
            changed = words.changed;
            let narratives = report.narratives.values().map(|narrative| NarrativeView {
                heading: narrative.heading,
                words: words.show(&narrative.text, Some(narrative.lang)),
                rests_on: narrative.rests_on.iter().map(LinkView::from_link).collect(),
            });
            Some(narratives.collect())
        } else {
            None
        };
        let document = match report.published.as_ref().and_then(|told| told.document) {
            Some(document) => {
                services
                    .desk
                    .load::<Document>(document.0, false)
                    .await?
                    .state
            }
            None => Arc::default(),
        };
        let symbol = document.as_ref().as_ref().map(|known| known.symbol.clone());
        let publication = report.published.as_ref().map(|published| PublishedView {
            meeting: published.meeting.0,
            document: symbol.clone(),
            on: published.on,
            languages: published.languages.clone(),
            headings: published.headings.clone(),
        });
        Ok(Self {
            id: id.0,
            title,
            lang,
            status: report.status(),
            purpose: particulars.purpose,
            session: particulars.session,
            collections: particulars.collections.iter().map(|id| id.0).collect(),
            instruments: particulars.instruments.iter().map(|id| id.0).collect(),
            compiled: report.compiled.as_ref().map(|compiled| compiled.position),
            languages: report.languages().into_iter().collect(),
            narratives,
            publication,
            notices: gaps(caller, report),
            words: changed,
        })
    }
}

/// What the languages of a report lack: said in every answer, so that it is known before the publication.
fn gaps(caller: &Caller, report: &Report) -> Vec<NoticeView> {
    if !caller.principal.role.is_secretariat() {
        return Vec::new();
    }
    let languages = &caller.languages;
    let notices = report.gaps().into_iter().map(|gap| {
        let code = match gap.is_left_out {
            true => "language_incomplete",
            false => "narrative_missing",
        };
        let args = gap_in_words(&gap, languages);
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        NoticeView::new(code, languages, &args)
    });
    notices.collect()
}

impl LinkView {
    fn from_link(link: &AnswerLink) -> Self {
        Self {
            reply: link.reply.0,
            question: link.question.clone(),
        }
    }
}

/// Reports, in the order in which they were begun.
#[utoipa::path(get, path = "/v1/reports", tag = "reports", params(Paging, At), responses((status = 200, body = Page<ReportRow>)))]
pub async fn list_reports(list: ListLookup) -> Result<HttpResponse, Problem> {
    let published = !list.caller.principal.role.is_secretariat();
    let read = reading::list(list.pool(), &list.part()?, published).await?;
    let shown = |row: ReportRow| row.told(list.languages());
    let page = list.page(read.rows, read.position, |row| row.id, shown);
    let tag = match published {
        true => Tag::Published(read.changed, list.reader()),
        false => Tag::Figure(read.changed, list.reader()),
    };
    Ok(list.answer(&tag, &page))
}

/// A report.
#[utoipa::path(get, path = "/v1/reports/{report}", tag = "reports", responses((status = 200, body = ReportView)))]
pub async fn get_report(
    lookup: Lookup,
    PathId(id): PathId<ReportId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let report = visible(services, caller, id).await?;
    let view = ReportView::load(services, caller, id, &report).await?;
    let reader = lookup.reader().words(view.words);
    let tag = match caller.principal.role.is_secretariat() {
        true => Tag::Resource(report.position, reader),
        false => Tag::Published(report.position, reader),
    };
    Ok(lookup.answer_in(view.lang.map(domain::Lang::as_str), &tag, &view))
}

/// A report that the caller may see: to whom it is not published, it is not there.
///
/// # Errors
/// `not_found`.
pub async fn visible(
    services: &Services,
    caller: &Caller,
    id: ReportId,
) -> Result<PresentResource<Report>, Problem> {
    if !caller.principal.role.is_secretariat()
        && !viewer::published_report(services.log().pool(), id.0).await?
    {
        return Err(Problem::not_found("report"));
    }
    let loaded = services.desk.load::<Report>(id.0, true).await?;
    PresentResource::from_loaded(&loaded).ok_or(Problem::not_found("report"))
}
