//! Instruments.

pub mod differences;
pub mod drafts;
pub(in crate::http) mod presentations;
pub mod revisions;
pub mod view;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::{Decided, Loaded};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::notices;
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::handling::write::Write;
use crate::http::instruments::view::{InstrumentView, Shown};
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::instruments as reading;
use domain::instrument::{Command, Event, Instrument, InstrumentDrafted, Route};
use domain::meeting::Meeting;
use domain::notice::{self, CommandNotice};
use domain::{InstrumentId, Lang, Texts, instrument};
use event_log::NewContent;

/// An instrument in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentItem {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// The category of standards that it asks about.
    category: String,
    /// The version of the classification that it is made under, and keeps.
    classification_version: i32,
    /// intersessional, presentation
    #[schema(value_type = domain::instrument::Route)]
    route: String,
    /// The number of its latest revision.
    latest_revision: Option<i32>,
    /// The number of its latest approved revision.
    approved_revision: Option<i32>,
    /// Where its latest revision stands: drafting, forwarded, under_review, presented, returned, approved, withdrawn.
    status: String,
}

/// Which instruments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInstruments {
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
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
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        slice.after_key()?,
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
                classification_version: row.classification_version,
                route: row.route,
                latest_revision: row.latest_revision,
                approved_revision: row.approved_revision,
                status: row.status,
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
    title: Texts,
    /// The code of the category of standards that it asks about.
    #[schema(example = "I")]
    category: String,
    /// How it is approved: intersessional (an intersessional meeting must approve) or presentation.
    route: Route,
    /// The languages in which its questionnaire must be complete.
    languages: Vec<Lang>,
}

/// Begins an instrument.
#[utoipa::path(tag = "instruments", request_body = DraftInstrument, responses((status = 201, body = InstrumentView)))]
#[post("/v1/instruments")]
pub async fn draft_instrument(write: Write<DraftInstrument>) -> Result<HttpResponse, Problem> {
    let id = InstrumentId(clock::new_id());
    let new = &write.body;
    let draft = Command::Draft(InstrumentDrafted {
        title: new.title.clone(),
        category: new.category.clone(),
        route: new.route,
        languages: new.languages.clone(),
        // The decision says which: the one that holds then.
        classification_version: 1,
    });
    change(&write, id, draft, &[], "").await
}

/// Decides on a command to an instrument, and answers with it, and with where what was made is found below it.
async fn change<B>(
    write: &Write<B>,
    id: InstrumentId,
    command: Command,
    contents: &[NewContent],
    below: &str,
) -> Result<HttpResponse, Problem> {
    let decided = write.decide_case::<Instrument>(id, &(), command, contents);
    let decided = decided.await?;
    let Write {
        services, caller, ..
    } = write;
    let instrument = decided.now.state.as_ref().as_ref();
    let instrument = instrument.ok_or(Problem::not_found("instrument"))?;
    let mut shown = Shown::of(services, caller, decided.stream, instrument).await?;
    let told = decision(services, &decided).await?;
    shown.view.notices = notices::shown(told, &caller.languages);
    // Of a command that is repeated, what it made then.
    let location = format!("/v1/instruments/{}{below}", decided.stream);
    let position = decided.now.position;
    Ok(conditional::written(Some(location), position, &shown.view))
}

/// An instrument.
#[utoipa::path(tag = "instruments", responses((status = 200, body = InstrumentView)))]
#[get("/v1/instruments/{instrument}")]
pub async fn get_instrument(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<InstrumentId>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&services, id).await?;
    let instrument = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("instrument"))?;
    let shown = Shown::of(&services, &caller, id.0, instrument).await?;
    let reader = Reader::of(&caller.languages)
        .words(shown.words)
        .beside(shown.beside);
    Ok(conditional::answer_in(
        &request,
        &Tag::Resource(loaded.position, reader),
        shown.view.lang.as_deref(),
        &shown.view,
    ))
}

/// What is to be known of a meeting's decision, by what the meeting was when it was recorded.
async fn decision(
    services: &Services,
    decided: &Decided<Instrument>,
) -> Result<Option<CommandNotice>, Problem> {
    let mut events = decided.events.iter();
    let meeting = events.find_map(|event| match event {
        Event::InstrumentApproved(approved) => approved.meeting_id,
        Event::InstrumentReturned(returned) => Some(returned.meeting),
        _ => None,
    });
    let (Some(meeting), Some(position)) = (meeting, decided.as_of) else {
        return Ok(None);
    };
    let meeting = services.desk.load_as_of::<Meeting>(meeting.0, position);
    let meeting = meeting.await?.state;
    Ok(meeting.as_ref().as_ref().and_then(notice::of_decision))
}

/// An instrument's state, as it is now.
pub async fn load(
    services: &Services,
    id: InstrumentId,
) -> Result<Loaded<instrument::State>, Problem> {
    Ok(services.desk.load::<Instrument>(id.0, true).await?)
}
