//! Requests for assistance, as they are read: by the State that asks, and by the Secretariat.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::comments::EnteredView;
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::handling::there::There;
use crate::http::handling::words::Words;
use crate::http::needs::access::alone;
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::schemas::written;
use crate::http::schemas::{WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::requests::{self as reading, Filter, RequestRow};
use crate::reading::seen;
use domain::request::{Request, Status};
use domain::{Lang, RequestId};

/// A request in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestItem {
    /// Its id.
    id: Uuid,
    /// The code of the State that asks.
    party: String,
    /// The State's short name.
    name: String,
    /// Its needs that the assistance is to meet.
    needs: Vec<Uuid>,
    /// The day of the request.
    #[schema(format = Date)]
    made_on: String,
    /// made, accepted, declined, withdrawn; `answered` where it is accepted and a project names it
    #[schema(value_type = domain::request::Status)]
    status: String,
    /// The projects, not cancelled, that answer it.
    projects: Vec<Uuid>,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestView {
    /// What lists show too.
    #[serde(flatten)]
    item: RequestItem,
    /// What the State asks for.
    #[schema(value_type = WordsShape)]
    text: Value,
    /// Why it was accepted or declined.
    #[schema(value_type = Option<WordsShape>)]
    reason: Option<Value>,
    /// Where the Secretariat has it from; null where the State made it itself.
    entered_on_behalf: Option<EnteredView>,
}

impl RequestItem {
    fn of(row: RequestRow, languages: &[Lang]) -> Self {
        Self {
            id: row.id,
            party: row.code,
            name: chosen(&row.names, languages).1,
            needs: row.needs,
            made_on: row.made_on,
            status: row.status,
            projects: row.projects,
        }
    }
}

/// A request that the caller sees, as it is in the database.
///
/// # Errors
/// `not_found`, for one that the caller may not see too.
pub(in crate::http) async fn visible(
    services: &Services,
    caller: &Caller,
    id: RequestId,
) -> Result<There<Request>, Problem> {
    if !caller.principal.role.is_secretariat() {
        let party = alone(services, caller).await?.map(|party| party.0);
        if !seen::request(services.log().pool(), id.0, party).await? {
            return Err(Problem::not_found("request"));
        }
    }
    let loaded = services.desk.load::<Request>(id.0, true).await?;
    There::is(&loaded).ok_or(Problem::not_found("request"))
}

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRequests {
    /// Only those of this State: its code or id.
    #[param(value_type = Option<written::PartyNamed>, inline)]
    party: Option<String>,
    /// Only those that stand so: made, accepted, answered, declined, withdrawn. What a project answers is `answered`, and
    /// no longer `accepted`.
    #[param(value_type = Option<domain::request::Status>, inline)]
    status: Option<String>,
    /// `true`: only those that are made or accepted and that no project answers; `false`: only the others.
    #[param(value_type = Option<bool>)]
    without_project: Option<String>,
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

/// The requests that the caller sees, in the order in which they were made.
#[utoipa::path(tag = "requests", params(ListRequests), responses((status = 200, body = Page<RequestItem>)))]
#[get("/v1/requests")]
pub async fn list_requests(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListRequests>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let status = query::parse::<Status>("status", asked.status.as_deref())?;
    let without = asked.without_project.as_deref();
    let without_project = query::parse::<bool>("without_project", without)?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let wanted = asked.party.as_deref().map(|named| party_id(named).0);
    // Whoever sees only one State's requests and asks for another's gets none: the nil party has made none.
    let party = if caller.principal.role.is_secretariat() {
        wanted
    } else {
        let own = alone(&services, &caller).await?.map(|party| party.0);
        Some(
            own.filter(|own| wanted.is_none_or(|wanted| wanted == *own))
                .unwrap_or_default(),
        )
    };
    let filter = Filter {
        id: None,
        party,
        status: status.map(Status::as_str),
        without_project,
        after: slice.after_key()?,
    };
    let as_of = as_of.map(|head| head.position);
    let read = reading::list(services.log().pool(), as_of, &filter, slice.rows()).await?;
    let page = slice.page(read.rows, read.position, |row| row.id.to_string());
    let page = page.map(|row| RequestItem::of(row, &caller.languages));
    let reader = Reader::of(&caller.languages).seeing(&party);
    let tag = Tag::Figure(read.changed, reader);
    Ok(conditional::answer(&request, &tag, &page))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetRequest {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A request.
#[utoipa::path(tag = "requests", params(GetRequest), responses((status = 200, body = RequestView)))]
#[get("/v1/requests/{request}")]
pub async fn get_request(
    http: HttpRequest,
    caller: Caller,
    PathId(id): PathId<RequestId>,
    Query(asked): Query<GetRequest>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let now = visible(&services, &caller, id).await?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let there = match as_of {
        Some(position) if position < now.position => {
            let then = services.desk.load_as_of::<Request>(id.0, position).await?;
            There::is(&then).ok_or(Problem::new("before_it_existed"))?
        }
        _ => now,
    };
    let shown = RequestRepresentation::of(&services, &caller, id, &there, as_of).await?;
    let reader = Reader::of(&caller.languages);
    let reader = reader.words(shown.words).beside(shown.beside);
    let tag = Tag::Resource(there.position, reader);
    Ok(conditional::answer(&http, &tag, &shown.view))
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
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of(
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
        let read = reading::list(services.log().pool(), as_of, &filter, 1).await?;
        let row = read.rows.into_iter().next();
        let row = row.ok_or_else(|| Problem::not_found("request"))?;
        let said = [Some(&request.made.text), request.reason.as_ref()];
        let said = said.into_iter().flatten();
        let words = Words::read(services, caller, said.map(|said| &said.content)).await?;
        let text = &request.made.text;
        let reason = request.reason.as_ref();
        let view = RequestView {
            item: RequestItem::of(row, &caller.languages),
            text: words.show(&text.content, Some(text.lang)),
            reason: reason.map(|said| words.show(&said.content, Some(said.lang))),
            entered_on_behalf: request
                .made
                .entered_on_behalf
                .as_ref()
                .map(EnteredView::from),
        };
        Ok(Self {
            view,
            words: words.changed,
            beside: read.changed,
        })
    }
}
