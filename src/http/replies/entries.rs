//! Entries: the Secretariat enters a reply that a party sent on paper.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::path_id::party_id;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::{ReplyView, reply_answer};
use domain::CollectionId;
use domain::reply::{Command, Reply, Source};

/// A reply to enter.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EnterReply {
    /// The collection that it answers.
    collection: Uuid,
    /// The party whose reply it is, by code or id.
    #[schema(example = "FIN")]
    party: String,
    /// From what it is entered.
    source: Source,
}

/// Begins to enter a reply that a party sent on paper or otherwise, after the close of the collection too. Whoever entered it
/// answers, attaches and submits for the party; the day on which it was received decides whether it is late. What the party
/// has only drafted is set aside, and comes back where the entry is discarded. Refused where something was submitted, or is
/// being entered: what a party sends to correct that is entered as an amendment.
#[utoipa::path(post, path = "/v1/replies", tag = "replies", request_body = EnterReply, responses((status = 201, body = ReplyView)))]
pub async fn enter_reply(write: Write<EnterReply>) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let collection = CollectionId(new.collection);
    let party = party_id(&new.party);
    let case = write.caller.reply_capacity()?.into();
    let id = write.services.desk.ids().reply(collection, party);
    let enter = Command::Enter {
        collection,
        party,
        source: new.source.clone(),
        now: clock::now(),
    };
    let decided = write.decide_case::<Reply>(id, &case, enter);
    let now = decided.await?.now;
    reply_answer(&write.services, &write.caller, id, &now, true).await
}
