//! Corrections: an open collection moves to a corrected revision of what it asks.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::collections::{CollectionView, answer, history as collection_history};
use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, WordsShape};
use domain::CollectionId;
use domain::collection::{Collection, Command, Event, MAX_REASONS};

/// A corrected revision.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectCollection {
    /// Which: an approved one of the same instrument, later than what is asked.
    revision: u32,
    /// What was corrected, in plain words and at most 1,000 characters, once in each of one or several languages: every party
    /// is told so by letter, in its reader's language where it is among them.
    #[schema(max_items = 6)]
    reason: Vec<NewWords>,
}

/// Asks a corrected revision from now on. Answers stay, and what was submitted stays of the revision that it answers; drafts,
/// checks, submissions and figures go by the corrected one. Refused, with every place, where an answer already given could
/// contradict it. The focal points of all invited parties are told by letter.
#[utoipa::path(post, path = "/v1/collections/{collection}/correction", tag = "collections", request_body = CorrectCollection, responses((status = 200, body = CollectionView)))]
pub async fn correct_collection(
    mut write: Write<CorrectCollection>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let request = write.request();
    let Write {
        services,
        caller,
        body: new,
        ..
    } = write;
    if new.reason.len() > MAX_REASONS {
        return Err(Problem::new("too_many_items")
            .arg("count", new.reason.len())
            .arg("limit", MAX_REASONS)
            .at("/reason"));
    }
    let mut reason = Vec::with_capacity(new.reason.len());
    for words in &new.reason {
        reason.push(words.as_answer(&mut write.contents)?);
    }
    let correct = Command::Correct {
        revision: new.revision,
        reason,
    };
    let decided = services
        .desk
        .decide::<Collection>(&request, id.0, &Vec::new(), correct, &write.contents)
        .await?;
    services.letters.reach(services.head()).await;
    answer(&services, &decided, &caller, false, None).await
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionView {
    /// The revision that was asked until then.
    from: u32,
    /// The revision that was asked from then on.
    revision: u32,
    /// What was corrected, in each of the languages in which it was said.
    #[schema(value_type = Vec<WordsShape>)]
    reason: Vec<Value>,
    /// Where and when it was recorded.
    recorded: AsOf,
}

/// The corrections of what a collection asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionsView {
    /// The first one first.
    items: Vec<CorrectionView>,
}

/// The corrections of what a collection asks, and why.
#[utoipa::path(get, path = "/v1/collections/{collection}/corrections", tag = "collections", responses((status = 200, body = CorrectionsView)))]
pub async fn list_corrections(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let told = collection_history::read(&lookup.services, id).await?;
    let corrections = || {
        told.iter().filter_map(|(at, event)| match event {
            Event::QuestionnaireCorrected(corrected) => Some((at, corrected)),
            _ => None,
        })
    };
    let reasons = corrections().flat_map(|(_, corrected)| &corrected.reason);
    let reasons = reasons.map(|words| &words.content);
    let words = StoredWords::read(&lookup.services, &lookup.caller, reasons).await?;
    let items = corrections().map(|(at, corrected)| CorrectionView {
        from: corrected.from,
        revision: corrected.revision,
        reason: corrected
            .reason
            .iter()
            .map(|reason| words.show(&reason.content, Some(reason.lang)))
            .collect(),
        recorded: at.clone(),
    });
    let view = CorrectionsView {
        items: items.collect(),
    };
    let last = corrections().next_back().map_or(0, |(at, _)| at.position);
    let tag = Tag::Figure(last, Reader::any().words(words.changed));
    Ok(lookup.answer(&tag, &view))
}
