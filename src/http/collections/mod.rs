//! Collections.

pub mod corrections;
pub mod extensions;
pub mod history;
pub mod invitation_lists;
pub mod invitations;
pub mod openings;
pub mod reminder_lists;
pub mod reminders;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::notices as command_notices;
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::reading::collections::CollectionRow;

pub use crate::http::schemas::basis_notice;
use crate::http::schemas::{DeadlineView, NoticeView, WordsShape, chosen, collection_notices};
use crate::http::services::Services;
use crate::reading::collections as reading;
use domain::collection::{Collection, Command, Reason};
use domain::notice;
use domain::{CollectionId, Lang};

/// The code under which faults of a collection's particulars are answered.
const FAULTY: &str = "collection_faulty";

/// A collection.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectionView {
    /// Its id.
    id: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<Lang>,
    /// The instrument that was sent out.
    instrument: Uuid,
    /// The revision of it that is asked now.
    revision: u32,
    /// The revisions that were asked before, each corrected by the next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<u32>,
    /// The note verbale or letter.
    #[schema(example = "CU/2011/26")]
    reference: String,
    /// The date of the letter.
    opened_on: jiff::civil::Date,
    /// Until when replies are expected of every party that was not given more time.
    deadline: DeadlineView,
    /// How many parties were given more time of their own.
    #[serde(skip_serializing_if = "is_zero")]
    extended: usize,
    /// How often parties were reminded.
    #[serde(skip_serializing_if = "is_zero")]
    reminders: usize,
    /// The session of the Commission that it serves.
    session: Option<u16>,
    /// `open` or `closed`.
    status: domain::collection::Status,
    /// Why it was closed or reopened last; null where nothing was said. What was stored before there was a language to it
    /// has none.
    #[schema(value_type = Option<WordsShape>)]
    status_reason: Option<Value>,
    /// How many parties are invited, by kind.
    invited: BTreeMap<String, usize>,
    /// The year to which the columns of years of its questionnaire are relative: addresses have the years themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_year: Option<i16>,
    /// In the answer to an opening that was to send letters: the list by which they are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_list: Option<Uuid>,
    /// Whom to ask about it, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<domain::collection::Contact>,
    /// On whom its public figures stand: `consenting` or `all`.
    basis: domain::collection::Basis,
    /// What every figure of it says of itself, and on whom those that are public stand.
    notices: Vec<NoticeView>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl CollectionView {
    /// A collection as it is shown, and the position of the last change of the words in it.
    async fn read(
        services: &Services,
        caller: &Caller,
        id: Uuid,
        collection: &Collection,
    ) -> Result<(Self, u64), Problem> {
        let mut view = Self::from_collection(id, collection, &caller.languages);
        let mut changed = 0;
        view.status_reason = match &collection.status_reason {
            Some(Reason::Words(reason)) => {
                let words =
                    StoredWords::read(services, caller, [&reason.content].into_iter()).await?;
                changed = words.changed;
                Some(words.show(&reason.content, Some(reason.lang)))
            }
            Some(Reason::Stored(text)) => Some(json!({ "text": text })),
            None => None,
        };
        Ok((view, changed))
    }

    fn from_collection(id: Uuid, collection: &Collection, languages: &[Lang]) -> Self {
        let (lang, title) = chosen(&collection.title, languages);
        let mut invited = BTreeMap::new();
        for invitation in collection.invited.values() {
            *invited.entry(invitation.kind.to_string()).or_default() += 1;
        }
        Self {
            id,
            title,
            lang,
            instrument: collection.instrument.0,
            revision: collection.revision,
            corrected: collection.corrected.clone(),
            reference: collection.reference.clone(),
            opened_on: collection.opened_on,
            deadline: DeadlineView::from_deadline(&collection.deadline),
            extended: collection.own_deadlines.len(),
            reminders: collection.reminders,
            session: collection.session,
            status: collection.status,
            status_reason: None,
            invited,
            reference_year: collection.reference_year,
            invitation_list: None,
            contact: collection.contact.clone(),
            basis: collection.basis,
            notices: collection_notices(collection, languages)
                .into_iter()
                .chain([basis_notice(collection.basis, languages)])
                .collect(),
        }
    }
}

/// Collections, in the order in which they were opened.
#[utoipa::path(get, path = "/v1/collections", tag = "collections", params(Paging, At), responses((status = 200, body = Page<CollectionRow>)))]
pub async fn list_collections(list: ListLookup) -> Result<HttpResponse, Problem> {
    let read = async || Ok(reading::list(list.pool(), &list.part()?).await?);
    let show = |row: CollectionRow| row.told(list.languages());
    list.answer_page(read, |row| row.id, show).await
}

/// The answer to a write, with what whoever gave the command should know of it.
pub(in crate::http) async fn answer(
    services: &Services,
    decided: &RecordedDecision<Collection>,
    caller: &Caller,
    is_new: bool,
    invitation_list: Option<Uuid>,
) -> Result<HttpResponse, Problem> {
    let RecordedDecision {
        stream: id, now, ..
    } = decided;
    let collection = now
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("collection"))?;
    let location = is_new.then(|| format!("/v1/collections/{id}"));
    let (mut view, _) = CollectionView::read(services, caller, *id, collection).await?;
    view.invitation_list = invitation_list;
    let recorded = command_notices::recorded_time(services, decided.as_of).await?;
    let told = recorded.map(|at| notice::of_collection(&decided.events, collection, at));
    let told = told.into_iter().flatten();
    view.notices
        .extend(command_notices::notices_for_reader(told, &caller.languages));
    Ok(conditional::write_answer(location, now.position, &view))
}

/// A collection.
#[utoipa::path(get, path = "/v1/collections/{collection}", tag = "collections", responses((status = 200, body = CollectionView)))]
pub async fn get_collection(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let collection = services.fresh_collection(id).await?;
    let (view, changed) = CollectionView::read(services, caller, id.0, &collection).await?;
    let tag = Tag::Resource(collection.position, lookup.reader().words(changed));
    Ok(lookup.answer_in(view.lang.map(Lang::as_str), &tag, &view))
}

/// Why a collection closes.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CloseCollection {
    /// Where there is something to say: at most 1,000 characters.
    reason: Option<NewWords>,
}

/// Takes no more replies from parties. Letters that wait, and remind of it or tell of more time, are not sent any more.
#[utoipa::path(post, path = "/v1/collections/{collection}/closure", tag = "collections", request_body = CloseCollection, responses((status = 200, body = CollectionView)))]
pub async fn close_collection(
    mut write: Write<CloseCollection>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_ref();
    let reason = reason.map(|reason| reason.as_answer(&mut write.contents));
    let reason = reason.transpose()?;
    let closed = change(&write, id, Command::Close { reason }).await?;
    write.services.outbox.end_moot().await?;
    Ok(closed)
}

/// Why a collection takes replies again.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReopenCollection {
    /// Why, in at most 1,000 characters: everybody reads it with the collection.
    reason: NewWords,
}

/// Takes replies again.
#[utoipa::path(post, path = "/v1/collections/{collection}/reopening", tag = "collections", request_body = ReopenCollection, responses((status = 200, body = CollectionView)))]
pub async fn reopen_collection(
    mut write: Write<ReopenCollection>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Reopen { reason }).await
}

/// Decides on a command to a collection that exists, and answers with it.
pub async fn change<B>(
    write: &Write<B>,
    id: CollectionId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let decided = write
        .decide_case::<Collection>(id, &Vec::new(), command)
        .await?;
    let (services, caller) = (&write.services, &write.caller);
    answer(services, &decided, caller, false, None).await
}
