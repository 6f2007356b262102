//! Requests for assistance, as they are read: by the State that asks, and by the Secretariat.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::desk::PresentResource;
use crate::http::conditional::Tag;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::rights::need::alone;
use crate::http::schemas::WordsShape;
use crate::http::services::Services;
use crate::reading::requests::{self as reading, Filter, RequestRow};
use crate::reading::{Part, viewer};
use crate::written;
use domain::RequestId;
use domain::comment::EnteredOnBehalf;
use domain::request::{Request, Status};

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestView {
    /// What lists show too.
    #[serde(flatten)]
    item: RequestRow,
    /// What the State asks for.
    #[schema(value_type = WordsShape)]
    text: Value,
    /// Why it was accepted or declined.
    #[schema(value_type = Option<WordsShape>)]
    reason: Option<Value>,
    /// Where the Secretariat has it from; null where the State made it itself.
    entered_on_behalf: Option<EnteredOnBehalf>,
}

/// A request that the caller sees, as it is in the database.
///
/// # Errors
/// `not_found`, for one that the caller may not see too.
pub(in crate::http) async fn visible(
    services: &Services,
    caller: &Caller,
    id: RequestId,
) -> Result<PresentResource<Request>, Problem> {
    if !caller.principal.role.is_secretariat() {
        let party = alone(services, caller).await?.map(|party| party.0);
        if !viewer::request(services.log().pool(), id.0, party).await? {
            return Err(Problem::not_found("request"));
        }
    }
    let loaded = services.desk.load::<Request>(id.0, true).await?;
    PresentResource::from_loaded(&loaded).ok_or(Problem::not_found("request"))
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListRequests {
    /// Only those of this State: its code or id.
    #[param(value_type = Option<written::PartyNamed>, inline)]
    party: Option<String>,
    /// Only those that stand so: made, accepted, answered, declined, withdrawn. What a project answers is `answered`, and
    /// no longer `accepted`.
    #[param(value_type = Option<domain::request::Status>, inline)]
    status: Option<Status>,
    /// `true`: only those that are made or accepted and that no project answers; `false`: only the others.
    #[param(value_type = Option<bool>)]
    without_project: Option<bool>,
}

/// The requests that the caller sees, in the order in which they were made.
#[utoipa::path(get, path = "/v1/requests", tag = "requests", params(ListRequests, Paging, At), responses((status = 200, body = Page<RequestRow>)))]
pub async fn list_requests(list: ListLookup<ListRequests>) -> Result<HttpResponse, Problem> {
    let (services, caller, asked) = (&list.services, &list.caller, &list.query);
    let wanted = asked.party.as_deref().map(|named| party_id(named).0);
    // Whoever sees only one State's requests and asks for another's gets none: the nil party has made none.
    let party = if caller.principal.role.is_secretariat() {
        wanted
    } else {
        let own = alone(services, caller).await?.map(|party| party.0);
        Some(
            own.filter(|own| wanted.is_none_or(|wanted| wanted == *own))
                .unwrap_or_default(),
        )
    };
    let filter = Filter {
        id: None,
        party,
        status: asked.status.map(Status::as_str),
        without_project: asked.without_project,
    };
    let read = reading::list(list.pool(), &list.part()?, &filter).await?;
    let shown = |row: RequestRow| row.told(list.languages());
    let page = list.page(read.rows, read.position, |row| row.id, shown);
    let tag = Tag::Figure(read.changed, list.reader().seeing(&party));
    Ok(list.answer(&tag, &page))
}

/// A request.
#[utoipa::path(get, path = "/v1/requests/{request}", tag = "requests", params(At), responses((status = 200, body = RequestView)))]
pub async fn get_request(
    lookup: Lookup,
    PathId(id): PathId<RequestId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    visible(services, caller, id).await?;
    let there = lookup.object::<Request, _, _>(id).await?;
    let as_of = lookup.position();
    let shown = RequestRepresentation::load(services, caller, id, &there, as_of).await?;
    let reader = lookup.reader().words(shown.words).beside(shown.beside);
    let tag = Tag::Resource(there.position, reader);
    Ok(lookup.answer(&tag, &shown.view))
}

/// A request as it is shown, and what its tag must say beside its own position.
pub(in crate::http) struct RequestRepresentation {
    pub view: RequestView,
    words: u64,
    /// The last position that could have changed which projects answer it.
    beside: u64,
}

impl RequestRepresentation {
    /// A request as it is shown.
    pub async fn load(
        services: &Services,
        caller: &Caller,
        id: RequestId,
        request: &Request,
        as_of: Option<u64>,
    ) -> Result<Self, Problem> {
        let filter = Filter {
            id: Some(id.0),
            ..Filter::default()
        };
        let read = reading::list(services.log().pool(), &Part::first(as_of, 1), &filter).await?;
        let row = read.rows.into_iter().next();
        let row = row.ok_or_else(|| Problem::not_found("request"))?;
        let said = [Some(&request.made.text), request.reason.as_ref()];
        let said = said.into_iter().flatten();
        let words = StoredWords::read(services, caller, said.map(|said| &said.content)).await?;
        let text = &request.made.text;
        let reason = request.reason.as_ref();
        let view = RequestView {
            item: row.told(&caller.languages),
            text: words.show(&text.content, Some(text.lang)),
            reason: reason.map(|said| words.show(&said.content, Some(said.lang))),
            entered_on_behalf: request.made.entered_on_behalf.clone(),
        };
        Ok(Self {
            view,
            words: words.changed,
            beside: read.changed,
        })
    }
}
