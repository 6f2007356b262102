//! Instruments.

pub mod corrections;
pub mod differences;
pub mod drafts;
pub mod modules;
pub(in crate::http) mod presentations;
pub mod revisions;
pub mod translations;
pub mod view;

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{LoadedState, RecordedDecision};
use crate::http::conditional::{self, Tag};
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::notices;
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::instruments::drafts::SavedForm;
use crate::http::instruments::modules::RevisionReference;
use crate::http::instruments::view::{InstrumentView, ShownInstrument};
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::instruments::{self as reading, InstrumentRow};
use domain::instrument::{self, Command, Event, Instrument, InstrumentDrafted, Route};
use domain::meeting::Meeting;
use domain::notice::{self, CommandNotice};
use domain::{InstrumentId, Lang, Texts};

/// Instruments, in the order in which they were drafted.
#[utoipa::path(get, path = "/v1/instruments", tag = "instruments", params(Paging, At), responses((status = 200, body = Page<InstrumentRow>)))]
pub async fn list_instruments(list: ListLookup) -> Result<HttpResponse, Problem> {
    let read = async || Ok(reading::list(list.pool(), &list.part()?).await?);
    let show = |row: InstrumentRow| row.told(list.languages());
    list.answer_page(read, |row| row.id, show).await
}

/// An instrument to draft.
#[derive(Debug, Deserialize, ToSchema)]
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
    /// The revision of another instrument whose questionnaire its draft begins as a copy of: in all languages, with rules and
    /// code lists; its questions say in `same_as` that they are the same as there. Nothing is drafted yet, if left out.
    copies: Option<RevisionReference>,
}

/// Begins an instrument.
#[utoipa::path(post, path = "/v1/instruments", tag = "instruments", request_body = DraftInstrument, responses((status = 201, body = InstrumentView)))]
pub async fn draft_instrument(mut write: Write<DraftInstrument>) -> Result<HttpResponse, Problem> {
    let id = InstrumentId(clock::new_id());
    let new = &write.body;
    let drafted = InstrumentDrafted {
        title: new.title.clone(),
        category: new.category.clone(),
        route: new.route,
        languages: new.languages.clone(),
        // The decision says which: the one that holds then.
        classification_version: 1,
    };
    let Some(copies) = &new.copies else {
        return change(&write, id, Command::Draft(drafted), "").await;
    };
    let copied = copies.read(&write.services, "/copies").await?;
    let copy = copied.copied_from(copies.instrument);
    let saved = SavedForm::beside(&write.services, &None, &copy).await?;
    write.contents.extend(saved.contents);
    let draft = Command::DraftCopy(drafted, saved.event);
    change(&write, id, draft, "").await
}

/// Decides on a command to an instrument, and answers with it, and with where what was made is found below it.
async fn change<B>(
    write: &Write<B>,
    id: InstrumentId,
    command: Command,
    below: &str,
) -> Result<HttpResponse, Problem> {
    let decided = write.decide_case::<Instrument>(id, &(), command);
    let decided = decided.await?;
    let Write {
        services, caller, ..
    } = write;
    let instrument = decided.now.state.as_ref().as_ref();
    let instrument = instrument.ok_or(Problem::not_found("instrument"))?;
    let mut shown = ShownInstrument::load(services, caller, decided.stream, instrument).await?;
    let told = decision(services, &decided).await?;
    shown.view.notices = notices::notices_for_reader(told, &caller.languages);
    // Of a command that is repeated, what it made then.
    let location = format!("/v1/instruments/{}{below}", decided.stream);
    let position = decided.now.position;
    Ok(conditional::write_answer(
        Some(location),
        position,
        &shown.view,
    ))
}

/// An instrument.
#[utoipa::path(get, path = "/v1/instruments/{instrument}", tag = "instruments", responses((status = 200, body = InstrumentView)))]
pub async fn get_instrument(
    lookup: Lookup,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let instrument = lookup.object::<Instrument, _, _>(id).await?;
    let shown = ShownInstrument::load(&lookup.services, &lookup.caller, id.0, &instrument).await?;
    let reader = lookup.reader().words(shown.words).beside(shown.beside);
    let tag = Tag::Resource(instrument.position, reader);
    Ok(lookup.answer_in(shown.view.lang.map(Lang::as_str), &tag, &shown.view))
}

/// What is to be known of a meeting's decision, by what the meeting was when it was recorded.
async fn decision(
    services: &Services,
    decided: &RecordedDecision<Instrument>,
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
) -> Result<LoadedState<instrument::State>, Problem> {
    Ok(services.desk.load::<Instrument>(id.0, true).await?)
}
