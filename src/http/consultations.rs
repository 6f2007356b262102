//! Consultations.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::caller::{self, Caller};
use super::collections::DeadlineView;
use super::conditional::{self, Reader, Tag};
use super::consulting::visible;
use super::page::{Page, Slice};
use super::problem::Problem;
use super::query::{self, Query};
use super::schemas::chosen;
use super::services::Services;
use crate::access::Role;
use crate::clock;
use crate::desk::Loaded;
use crate::domain::consultation::{self, Consultation, Status};
use crate::domain::{ConsultationId, Lang};
use crate::reading::consultations::{self as reading, Filter};

/// A consultation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`; null where it has none of its own.
    title: Option<String>,
    /// The language of `title`.
    lang: Option<String>,
    /// The instrument.
    instrument: Uuid,
    /// The revision of it that was forwarded.
    revision: u32,
    /// 1, 2, 3 within the instrument.
    round: u32,
    /// The note verbale or letter.
    reference: String,
    /// The date of the letter.
    opened_on: String,
    /// Until when comments are expected.
    deadline: DeadlineView,
    /// The kinds of party that it is addressed to as a whole.
    audiences: Vec<String>,
    /// `open` or `closed`.
    status: String,
    /// Whether it is open although the deadline is past.
    overdue: bool,
    /// How many parties were asked, by kind.
    asked: BTreeMap<String, usize>,
    /// The day on which its comments were published.
    comments_published_on: Option<String>,
}

impl ConsultationView {
    fn of(id: Uuid, consultation: &Consultation, languages: &[Lang]) -> Self {
        let title = consultation.title.as_ref();
        let (lang, title) = title.map_or((None, None), |title| {
            let (lang, title) = chosen(title, languages);
            (lang, Some(title))
        });
        let mut asked = BTreeMap::new();
        for party in consultation.asked.values() {
            *asked.entry(party.kind.to_string()).or_default() += 1;
        }
        let is_open = consultation.status == Status::Open;
        Self {
            id,
            title,
            lang,
            instrument: consultation.instrument.0,
            revision: consultation.revision,
            round: consultation.round,
            reference: consultation.reference.clone(),
            opened_on: consultation.opened_on.to_string(),
            deadline: DeadlineView::of(&consultation.until),
            audiences: consultation
                .audiences
                .iter()
                .map(ToString::to_string)
                .collect(),
            status: consultation.status.to_string(),
            overdue: is_open && consultation.until.at < clock::now(),
            asked,
            comments_published_on: consultation.published.map(|day| day.to_string()),
        }
    }
}

/// A consultation in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationItem {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`; null where it has none of its own.
    title: Option<String>,
    /// The language of `title`.
    lang: Option<String>,
    /// The instrument.
    instrument: Uuid,
    /// The revision of it that was forwarded.
    revision: i32,
    /// 1, 2, 3 within the instrument.
    round: i32,
    /// The note verbale or letter.
    reference: String,
    /// The date of the letter.
    opened_on: String,
    /// `open` or `closed`.
    status: String,
    /// The day on which its comments were published.
    comments_published_on: Option<String>,
}

/// Which consultations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListConsultations {
    /// Only those on this instrument, by its id.
    instrument: Option<String>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    limit: Option<String>,
    /// A position or a time.
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Consultations, in the order in which they were opened. Donors and the public see those whose comments are published.
#[utoipa::path(tag = "consultations", params(ListConsultations), responses((status = 200, body = Page<ConsultationItem>)))]
#[get("/v1/consultations")]
pub async fn list_consultations(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListConsultations>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(asked.cursor.as_deref(), asked.limit.as_deref())?;
    let instrument = asked.instrument.as_deref();
    let filter = Filter {
        published: matches!(caller.principal.role, Role::Donor | Role::Anonymous),
        instrument: query::parse("instrument", instrument, "the id of an instrument")?,
        after: slice.after_position()?,
    };
    let position = as_of.map(|head| head.position);
    let read = reading::list(services.log().pool(), position, filter, slice.rows()).await?;
    let page = slice
        .page(read.rows, read.position, |row| row.since.to_string())
        .map(|row| {
            let title = row.title.as_ref();
            let (lang, title) = title.map_or((None, None), |title| {
                let (lang, title) = chosen(title, &caller.languages);
                (lang, Some(title))
            });
            ConsultationItem {
                id: row.id,
                title,
                lang,
                instrument: row.instrument,
                revision: row.revision,
                round: row.round,
                reference: row.reference,
                opened_on: row.opened_on,
                status: row.status,
                comments_published_on: row.published,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// A consultation.
#[utoipa::path(tag = "consultations", responses((status = 200, body = ConsultationView)))]
#[get("/v1/consultations/{consultation}")]
pub async fn get_consultation(
    request: HttpRequest,
    caller: Caller,
    consultation: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ConsultationId = caller::id(&consultation, "consultation")?;
    let held = visible(&services, &caller, id).await?;
    let view = ConsultationView::of(id.0, &held, &caller.languages);
    // Becoming overdue is no event, and changes what is shown all the same.
    let reader = Reader::of(&caller.languages).beside(u64::from(view.overdue));
    let tag = Tag::Resource(held.position, reader);
    Ok(conditional::answer_in(
        &request,
        &tag,
        view.lang.as_deref(),
        &view,
    ))
}

/// The answer to a write.
pub fn answer(
    id: Uuid,
    now: &Loaded<consultation::State>,
    caller: &Caller,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let consultation = now.state.as_ref().as_ref();
    let consultation = consultation.ok_or(Problem::not_found("consultation"))?;
    let location = is_new.then(|| format!("/v1/consultations/{id}"));
    let view = ConsultationView::of(id, consultation, &caller.languages);
    Ok(conditional::written(location, now.position, &view))
}
