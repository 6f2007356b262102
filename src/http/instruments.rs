//! Instruments.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::body::Body;
use super::caller::{self, Caller};
use super::conditional::{self, Reader, Tag};
use super::page::{Page, Slice};
use super::problem::Problem;
use super::query::Query;
use super::schemas::{ByLanguage, chosen};
use super::services::Services;
use crate::clock;
use crate::desk::{DeskError, Loaded, Reads};
use crate::domain::classification::Classification;
use crate::domain::instrument::{Command, Context, Instrument, InstrumentDrafted, Route};
use crate::domain::{InstrumentId, Lang, Texts, classification_id, instrument};
use crate::reading::instruments as reading;

/// An instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<String>,
    /// The category of standards that it asks about.
    category: String,
    /// How it is approved: intersessional, presentation
    route: String,
    /// The languages in which its questionnaire must be complete.
    languages: Vec<String>,
    /// Whether it has a draft that is no revision yet.
    draft: bool,
    /// Its revisions.
    revisions: Vec<RevisionEntry>,
}

/// A revision in its instrument.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionEntry {
    /// 1, 2, 3.
    revision: u32,
    /// How many questions it has.
    questions: usize,
    /// Its approval, if it has one.
    approval: Option<ApprovalView>,
}

/// An approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    /// The meeting that approved it.
    pub meeting: String,
    /// The decision.
    pub decision: String,
    /// When it was taken.
    pub date: String,
}

impl ApprovalView {
    /// An approval as it is shown.
    pub fn of(approval: &instrument::InstrumentApproved) -> Self {
        Self {
            meeting: approval.meeting.clone(),
            decision: approval.decision.clone(),
            date: approval.date.to_string(),
        }
    }
}

impl InstrumentView {
    /// An instrument as it is shown.
    pub fn of(id: Uuid, instrument: &Instrument, languages: &[Lang]) -> Self {
        let (lang, title) = chosen(&instrument.title, languages);
        Self {
            id,
            title,
            lang,
            category: instrument.category.clone(),
            route: instrument.route.to_string(),
            languages: instrument
                .languages
                .iter()
                .map(ToString::to_string)
                .collect(),
            draft: instrument.draft_changed,
            revisions: instrument
                .revisions
                .iter()
                .map(|revision| RevisionEntry {
                    revision: revision.number,
                    questions: revision.questions.len(),
                    approval: revision.approval.as_ref().map(ApprovalView::of),
                })
                .collect(),
        }
    }
}

/// An instrument in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentItem {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<String>,
    /// The category of standards that it asks about.
    category: String,
    /// intersessional, presentation
    route: String,
    /// The number of its latest revision.
    latest_revision: Option<i32>,
    /// The number of its latest approved revision.
    approved_revision: Option<i32>,
}

/// Which instruments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInstruments {
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

/// Instruments, in the order in which they were drafted.
#[utoipa::path(tag = "instruments", params(ListInstruments), responses((status = 200, body = Page<InstrumentItem>)))]
#[get("/v1/instruments")]
pub async fn list_instruments(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListInstruments>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(asked.cursor.as_deref(), asked.limit.as_deref())?;
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        slice.after_id()?,
        slice.rows(),
    )
    .await?;
    let page = slice
        .page(read.rows, read.position, |row| row.id.to_string())
        .map(|row| {
            let (lang, title) = chosen(&row.title, &caller.languages);
            InstrumentItem {
                id: row.id,
                title,
                lang,
                category: row.category,
                route: row.route,
                latest_revision: row.latest_revision,
                approved_revision: row.approved_revision,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// An instrument to draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftInstrument {
    /// Its title, in each of its languages.
    #[schema(value_type = ByLanguage)]
    title: Texts,
    /// The code of the category of standards that it asks about.
    #[schema(example = "I")]
    category: String,
    /// How it is approved: intersessional (an intersessional meeting must approve) or presentation.
    #[schema(value_type = String)]
    route: Route,
    /// The languages in which its questionnaire must be complete.
    #[schema(value_type = Vec<String>)]
    languages: Vec<Lang>,
}

/// What decisions on an instrument read: the classification, and the draft's questionnaire.
pub async fn context(reads: &mut Reads<'_>, id: InstrumentId) -> Result<Context, DeskError> {
    let classification = reads.state::<Classification>(classification_id()).await?;
    let instrument = reads.own::<Instrument>(id.0).await?;
    let draft = match instrument
        .as_ref()
        .as_ref()
        .and_then(|instrument| instrument.draft.as_ref())
    {
        Some(draft) => Some(reads.desk().questionnaire(draft).await?),
        None => None,
    };
    Ok(Context {
        classification,
        draft,
    })
}

/// Begins an instrument.
#[utoipa::path(tag = "instruments", request_body = DraftInstrument, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments")]
pub async fn draft_instrument(
    caller: Caller,
    body: Body<DraftInstrument>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = InstrumentId(clock::new_id());
    let command = || {
        let new = &body.value;
        Command::Draft(InstrumentDrafted {
            title: new.title.clone(),
            category: new.category.clone(),
            route: new.route,
            languages: new.languages.clone(),
        })
    };
    let decided = services
        .desk
        .decide::<Instrument>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| context(reads, id).await,
            command,
        )
        .await?;
    let instrument = decided
        .now
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("instrument"))?;
    let view = InstrumentView::of(decided.stream, instrument, &caller.languages);
    let location = format!("/v1/instruments/{}", decided.stream);
    Ok(conditional::written(
        Some(location),
        decided.now.position,
        &view,
    ))
}

/// An instrument.
#[utoipa::path(tag = "instruments", responses((status = 200, body = InstrumentView)))]
#[get("/v1/instruments/{instrument}")]
pub async fn get_instrument(
    request: HttpRequest,
    caller: Caller,
    instrument: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let loaded = load(&services, id).await?;
    let instrument = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("instrument"))?;
    let tag = Tag::Resource(loaded.position, Reader::of(&caller.languages));
    let view = InstrumentView::of(id.0, instrument, &caller.languages);
    Ok(conditional::answer_in(
        &request,
        &tag,
        view.lang.as_deref(),
        &view,
    ))
}

/// An instrument's state, as it is now.
pub async fn load(
    services: &Services,
    id: InstrumentId,
) -> Result<Loaded<instrument::State>, Problem> {
    Ok(services.desk.load::<Instrument>(id.0, true).await?)
}
