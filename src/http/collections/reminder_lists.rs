//! Which parties were reminded when.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::collections::history as collection_history;
use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas::AsOf;
use domain::CollectionId;
use domain::collection::Event;

/// Reminders that were sent together.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReminderView {
    /// The parties whose focal points were written to.
    parties: Vec<Uuid>,
    /// Where and when that was recorded.
    recorded: AsOf,
}

/// The reminders of a collection.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemindersView {
    /// The first ones first.
    items: Vec<ReminderView>,
}

/// Which parties were reminded, and when.
#[utoipa::path(get, path = "/v1/collections/{collection}/reminders", tag = "collections", responses((status = 200, body = RemindersView)))]
pub async fn list_reminders(
    lookup: Lookup,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let told = collection_history::read(&lookup.services, id).await?;
    let items = told
        .into_iter()
        .filter_map(|(recorded, event)| match event {
            Event::RemindersSent(sent) => Some(ReminderView {
                parties: sent.parties.iter().map(|party| party.0).collect(),
                recorded,
            }),
            _ => None,
        });
    let view = RemindersView {
        items: items.collect(),
    };
    let last = view.items.last().map_or(0, |sent| sent.recorded.position);
    let tag = Tag::Figure(last, Reader::any());
    Ok(lookup.answer(&tag, &view))
}
