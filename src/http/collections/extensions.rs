//! Extensions: parties are given more time, one or all.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::collections::{CollectionView, FAULTY, answer, history as collection_history};
use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, DeadlineView, NewDeadline, WordsShape};
use domain::CollectionId;
use domain::collection::{Collection, Command, Event};

/// More time.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ExtendDeadline {
    /// Until when: later than the deadline that holds.
    deadline: NewDeadline,
    /// For these parties, by code or id; for every party, if left out.
    #[schema(example = json!(["FIN"]))]
    parties: Option<Vec<String>>,
    /// Why: at most 1,000 characters.
    reason: NewWords,
}

/// Gives parties more time. Who has a later deadline already keeps it. The focal points of those that have more, and have not
/// replied yet, are told by letter. Refused once the collection is closed: reopen it first.
#[utoipa::path(post, path = "/v1/collections/{collection}/extension", tag = "collections", request_body = ExtendDeadline, responses((status = 200, body = CollectionView)))]
pub async fn extend_deadline(
    mut write: Write<ExtendDeadline>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let request = write.request();
    let Write {
        services,
        caller,
        body: new,
        ..
    } = write;
    let deadline = new.deadline.read_known(&services).await;
    let deadline = deadline.map_err(|error| error.under(FAULTY))?;
    let parties = new.parties.as_ref();
    let parties = parties.map(|named| named.iter().map(|name| party_id(name)).collect::<Vec<_>>());
    let reason = new.reason.as_answer(&mut write.contents)?;
    let extend = Command::Extend {
        deadline,
        parties,
        reason,
    };
    let desk = &services.desk;
    let decided = desk
        .decide::<Collection>(&request, id.0, &Vec::new(), extend, &write.contents)
        .await?;
    services.letters.reach(services.head()).await;
    answer(&services, &decided, &caller, false, None).await
}

/// An extension.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtensionView {
    /// Until when.
    deadline: DeadlineView,
    /// For which parties; null: for every party.
    parties: Option<Vec<Uuid>>,
    /// Why.
    #[schema(value_type = WordsShape)]
    reason: Value,
    /// Where and when it was recorded.
    recorded: AsOf,
}

/// The extensions of a collection's deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtensionsView {
    /// The first one first.
    items: Vec<ExtensionView>,
}

/// Who was given more time, until when, and why.
#[utoipa::path(get, path = "/v1/collections/{collection}/extensions", tag = "collections", responses((status = 200, body = ExtensionsView)))]
pub async fn list_extensions(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let told = collection_history::read(&lookup.services, id).await?;
    let extensions = || {
        told.iter().filter_map(|(at, event)| match event {
            Event::DeadlineExtended(extended) => Some((at, extended)),
            _ => None,
        })
    };
    let reasons = extensions().map(|(_, extended)| &extended.reason.content);
    let words = StoredWords::read(&lookup.services, &lookup.caller, reasons).await?;
    let items = extensions().map(|(at, extended)| {
        let reason = &extended.reason;
        let parties = extended.parties.as_ref();
        ExtensionView {
            deadline: DeadlineView::from_deadline(&extended.deadline),
            parties: parties.map(|parties| parties.iter().map(|party| party.0).collect()),
            reason: words.show(&reason.content, Some(reason.lang)),
            recorded: at.clone(),
        }
    });
    let view = ExtensionsView {
        items: items.collect(),
    };
    let last = extensions().next_back().map_or(0, |(at, _)| at.position);
    let tag = Tag::Figure(last, Reader::any().words(words.changed));
    Ok(lookup.answer(&tag, &view))
}
