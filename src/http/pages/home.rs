//! What waits for whoever is signed in: each collection in which they act, and how far it is.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::comments::waiting::{self, ConsultationLine};
use super::form::Form as PostedForm;
use super::frame::{Frame, page};
use super::moment;
use super::passage::Passage;
use super::trying::list::{self, InstrumentLine};
use super::visitor::{Visitor, go_to};
use super::work::{WorkList, work_list};
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::replies::published::SeenReply;
use crate::http::replies::start_reply;
use crate::http::rights::reply::visible;
use crate::http::schemas::Nothing;
use crate::reading::delegations;
use access::Role;
use domain::collection;
use domain::delegation::Delegation;
use domain::reply::Status;
use domain::{CollectionId, PartyId, ReplyId};

#[derive(Template)]
#[template(path = "home.html")]
struct HomeTemplate {
    frame: Frame,
    key: String,
    /// What waits for the Secretariat; none for whoever is not of it.
    work: Option<WorkList>,
    collections: Vec<CollectionLine>,
    consultations: Vec<ConsultationLine>,
    instruments: Vec<InstrumentLine>,
}

/// A collection in which somebody acts.
struct CollectionLine {
    collection: CollectionId,
    title: Passage,
    party: String,
    due: moment::Due,
    is_closed: bool,
    /// The reply; none where it is not begun.
    reply: Option<ReplyLine>,
    may_begin: bool,
}

/// A reply, and how far it is.
struct ReplyLine {
    id: ReplyId,
    status: Status,
    answered: usize,
    clarifications: usize,
    colleagues: usize,
}

/// What waits for whoever is signed in.
pub async fn home_page(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let mut collections = Vec::new();
    let principal = &visitor.caller.principal;
    for office in delegations::of_person(visitor.pool(), principal.id).await? {
        let of_other = office.role != principal.role.as_str()
            || principal.party.is_none_or(|party| party.0 != office.party);
        if of_other {
            continue;
        }
        let (id, party) = (CollectionId(office.collection), PartyId(office.party));
        let collection = visitor.services.fresh_collection(id).await?;
        let reply = visitor.services.desk.ids().reply(id, party);
        let seen = visible(&visitor.services, &visitor.caller, reply, true).await;
        let colleagues = match principal.role {
            Role::FocalPoint => {
                let desk = &visitor.services.desk;
                let delegation = desk.ids().delegation(id, party).0;
                let delegation = desk.load::<Delegation>(delegation, true).await?.state;
                delegation.contributors.len()
            }
            _ => 0,
        };
        let reply = match Problem::optional(seen)? {
            Some(seen) => {
                // As far as they see it, as the API tells it.
                let seen = SeenReply::own(&visitor.services, seen).await?;
                Some(ReplyLine {
                    id: reply,
                    status: seen.reply.status(),
                    answered: seen.reply.answers.size(),
                    clarifications: seen.open_clarifications(),
                    colleagues,
                })
            }
            None => None,
        };
        let is_closed = collection.status == collection::Status::Closed;
        collections.push(CollectionLine {
            collection: id,
            title: Passage::pick(&collection.title, visitor.languages(), visitor.lang()),
            party: visitor.party_name(party).await?,
            due: moment::due(visitor.lang(), collection.deadline_of(party)),
            is_closed,
            may_begin: reply.is_none() && !is_closed && principal.role == Role::FocalPoint,
            reply,
        });
    }
    let template = HomeTemplate {
        frame: visitor.frame(visitor.words.home_title()).await?,
        key: clock::new_id().to_string(),
        work: work_list(&visitor).await?,
        collections,
        consultations: waiting::consultations(&visitor).await?,
        instruments: list::instruments(&visitor).await?,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// Begins the reply of one's party, and goes on to its hub.
pub async fn begin_reply(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let collection: CollectionId = caller::id(&path, "collection")?;
    let party = visitor.caller.party()?;
    let reply = visitor.services.desk.ids().reply(collection, party);
    let write = visitor.write::<Nothing>(&form, serde_json::json!({}))?;
    match start_reply(write, PathId(collection)).await {
        Ok(_) => Ok(go_to(format!("/replies/{reply}"))),
        // A second press of the button leads where the first did.
        Err(problem) if problem.code() == "reply_already_started" => {
            Ok(go_to(format!("/replies/{reply}")))
        }
        Err(problem) => Err(problem),
    }
}
