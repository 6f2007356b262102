//! Consultations.

pub mod asked_parties;
pub mod forwarding;

use std::collections::BTreeMap;

use ::access::Role;
use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::notices;
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::rights::consultation::{commenting, visible};
use crate::http::schemas::{DeadlineView, NoticeView, WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::consultations::{self as reading, ConsultationRow, Filter};
use domain::collection::ReceiptTime;
use domain::consultation::{Consultation, Reason, Status};
use domain::{ConsultationId, notice};

/// A consultation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`; null where it has none of its own.
    title: Option<String>,
    /// The language of `title`.
    lang: Option<domain::Lang>,
    /// The instrument.
    instrument: Uuid,
    /// The revision of it that was forwarded.
    revision: u32,
    /// 1, 2, 3 within the instrument.
    round: u32,
    /// The note verbale or letter.
    reference: String,
    /// The date of the letter.
    opened_on: Date,
    /// Until when comments are expected.
    deadline: DeadlineView,
    /// In the answer to a forwarding that was to send letters: the list by which they are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_list: Option<Uuid>,
    /// Whom to ask about it, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<domain::collection::Contact>,
    /// The kinds of party that it is addressed to as a whole.
    audiences: Vec<domain::party::PartyKind>,
    /// `open` or `closed`.
    status: domain::consultation::Status,
    /// Why it was closed or reopened last, where that was said; told to the Secretariat.
    #[schema(value_type = Option<WordsShape>)]
    reason: Option<Value>,
    /// Whether it is open although the deadline is past.
    overdue: bool,
    /// How many parties were asked, by kind.
    asked: BTreeMap<String, usize>,
    /// Whether the caller's party was asked; null for whoever acts for none.
    asked_of_me: Option<bool>,
    /// The day on which its comments were published.
    comments_published_on: Option<Date>,
    /// In the answer to a command: what whoever gave it should know of what came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

impl ConsultationView {
    fn from_consultation(
        id: Uuid,
        consultation: &Consultation,
        caller: &Caller,
        words: &StoredWords,
    ) -> Self {
        let languages = &caller.languages;
        let why = consultation.why.as_ref();
        let why = why.filter(|_| caller.principal.role.is_secretariat());
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
            opened_on: consultation.opened_on,
            deadline: DeadlineView::from_deadline(&consultation.until),
            invitation_list: None,
            contact: consultation.contact.clone(),
            audiences: consultation.audiences.clone(),
            status: consultation.status,
            reason: why.map(|why| match why {
                Reason::Words(said) => words.show(&said.content, Some(said.lang)),
                Reason::Text(text) => json!({ "text": text }),
            }),
            overdue: is_open && consultation.until.is_over(ReceiptTime::At(clock::now())),
            asked,
            asked_of_me: caller
                .principal
                .party
                .map(|party| consultation.asked.contains_key(&party)),
            comments_published_on: consultation.published,
            notices: Vec::new(),
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
    lang: Option<domain::Lang>,
    /// The instrument.
    instrument: Uuid,
    /// The revision of it that was forwarded.
    revision: i32,
    /// 1, 2, 3 within the instrument.
    round: i32,
    /// The note verbale or letter.
    reference: String,
    /// The date of the letter.
    opened_on: Date,
    /// Until when comments are expected.
    deadline: DeadlineView,
    /// `open` or `closed`.
    status: domain::consultation::Status,
    /// Whether it is open although the deadline is past.
    overdue: bool,
    /// Whether the caller's party was asked; null for whoever acts for none.
    asked_of_me: Option<bool>,
    /// The day on which its comments were published.
    comments_published_on: Option<Date>,
}

/// Which consultations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListConsultations {
    /// Only those on this instrument, by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    instrument: Option<Uuid>,
    /// `true`: only those in which the caller's party was asked; `false`: only the others.
    #[param(value_type = Option<bool>)]
    asked_of_me: Option<bool>,
}

/// Consultations, in the order in which they were opened. Donors and the public see those whose comments are published;
/// commenters also those in which they comment.
#[utoipa::path(get, path = "/v1/consultations", tag = "consultations", params(ListConsultations, Paging, At), responses((status = 200, body = Page<ConsultationItem>)))]
pub async fn list_consultations(
    list: ListLookup<ListConsultations>,
) -> Result<HttpResponse, Problem> {
    let principal = &list.caller.principal;
    let filter = Filter {
        published: matches!(
            principal.role,
            Role::Donor | Role::Commenter | Role::Anonymous
        ),
        commenter: commenting(&list.caller).map(|eyes| eyes.person),
        instrument: list.query.instrument,
        party: principal.party.map(|party| party.0),
        asked: list.query.asked_of_me,
    };
    let read = reading::list(list.pool(), &list.part()?, filter).await?;
    let now = clock::now();
    let shown = |row: ConsultationRow| {
        let title = row.title.as_ref();
        let (lang, title) = title.map_or((None, None), |title| {
            let (lang, title) = chosen(title, list.languages());
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
            overdue: row.status == Status::Open && row.deadline.is_over(ReceiptTime::At(now)),
            deadline: DeadlineView::from_deadline(&row.deadline),
            status: row.status,
            asked_of_me: principal.party.map(|_| row.asked),
            comments_published_on: row.published,
        }
    };
    let page = list.page(read.rows, read.position, |row| row.since, shown);
    let overdue = page.items.iter().filter(|item| item.overdue).count();
    let reader = list.reader().after_deadlines(overdue as u64);
    Ok(list.answer(&Tag::Figure(read.changed, reader), &page))
}

/// A consultation.
#[utoipa::path(get, path = "/v1/consultations/{consultation}", tag = "consultations", responses((status = 200, body = ConsultationView)))]
pub async fn get_consultation(
    lookup: Lookup,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let held = visible(services, caller, id).await?;
    let words = words(services, caller, &held).await?;
    let view = ConsultationView::from_consultation(id.0, &held, caller, &words);
    // Becoming overdue is no event, and changes what is shown all the same.
    let reader = lookup.reader().words(words.changed);
    let tag = Tag::Resource(held.position, reader.beside(u64::from(view.overdue)));
    Ok(lookup.answer_in(view.lang.map(domain::Lang::as_str), &tag, &view))
}

/// The words that the Secretariat said of a consultation.
async fn words(
    services: &Services,
    caller: &Caller,
    consultation: &Consultation,
) -> Result<StoredWords, Problem> {
    let said = consultation.why.iter().filter_map(|why| match why {
        Reason::Words(said) => Some(&said.content),
        Reason::Text(_) => None,
    });
    StoredWords::read(services, caller, said).await
}

/// The answer to a write.
pub(in crate::http) async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &RecordedDecision<Consultation>,
    is_new: bool,
    invitation_list: Option<Uuid>,
) -> Result<HttpResponse, Problem> {
    let RecordedDecision {
        stream: id, now, ..
    } = decided;
    let consultation = now.state.as_ref().as_ref();
    let consultation = consultation.ok_or(Problem::not_found("consultation"))?;
    let location = is_new.then(|| format!("/v1/consultations/{id}"));
    let words = words(services, caller, consultation).await?;
    let mut view = ConsultationView::from_consultation(*id, consultation, caller, &words);
    view.invitation_list = invitation_list;
    let recorded = notices::recorded_time(services, decided.as_of).await?;
    let told = recorded.map(|at| notice::of_consultation(&decided.events, consultation, at));
    view.notices = notices::notices_for_reader(told.into_iter().flatten(), &caller.languages);
    Ok(conditional::write_answer(location, now.position, &view))
}
