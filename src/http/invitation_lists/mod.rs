//! Invitations by list: a table of persons is checked as a whole, carried out line by line, and told how far it is.

pub mod carrying_out;
mod checking;
pub mod proposals;
mod table;

use ::access::invitation_lists::{self, LineState, ListedLine, NewLine};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use self::checking::{CheckedLine, Effect};
use crate::http::handling::body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::handling::table_form::{TableForm, csv};
use crate::http::problem::{FaultBody, Problem};
use crate::http::services::Services;
use ::access::idempotency::{CommandOutcome, run_once};
use domain::{CollectionId, ConsultationId, Lang};
use mail::AskedIn;

/// How a list is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SendList {
    /// true: it is only looked through, and nobody is invited.
    #[param(value_type = Option<bool>)]
    check: Option<bool>,
}

/// In which form what came of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetList {
    /// `json` or `csv`; by `Accept`, if left out.
    #[param(value_type = Option<crate::written::TranslationForm>, inline)]
    format: Option<String>,
}

/// A list that was looked through: nobody was invited.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationListCheck {
    /// How many lines can be carried out.
    good: usize,
    /// What each of those would do.
    lines: Vec<CheckedLineView>,
    /// What is wrong with the others, each with its place, `/lines/3/address`: the line of the table, whose first names the columns,
    /// and the column. A list with faults is refused as a whole.
    faults: Vec<FaultBody>,
    /// How many faults there are, where they are not all listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults_total: Option<usize>,
}

/// What a line would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedLineView {
    /// The line of the table.
    line: u64,
    /// The party's code.
    party: String,
    /// To which address.
    address: String,
    /// In what capacity.
    #[schema(value_type = ::access::Role)]
    role: &'static str,
    /// `invite`; `already_invited`: nothing; `replace`: another is the party's focal point, and no longer then.
    does: Effect,
}

/// A list that is carried out, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationListView {
    /// Its id.
    id: Uuid,
    /// How many lines it has.
    total: usize,
    /// How many wait.
    queued: usize,
    /// How many persons were invited.
    invited: usize,
    /// How many had the office already, and were not written to again.
    already_invited: usize,
    /// How many lines were refused.
    failed: usize,
    /// Each line.
    lines: Vec<InvitationLineView>,
}

/// A line of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationLineView {
    /// The line of the table.
    line: i32,
    /// The party's code.
    party: String,
    /// Their name, as the directory has it; null once they are erased.
    name: Option<String>,
    /// Their address; null once they are erased.
    address: Option<String>,
    /// The language that they read, as the directory has it.
    language: Lang,
    /// In what capacity.
    #[schema(value_type = ::access::Role)]
    role: &'static str,
    /// A contributor's sections.
    sections: Vec<String>,
    /// `queued`, `invited`, `already_invited` or `failed`.
    state: LineState,
    /// The code of the problem, where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl InvitationListView {
    fn new(id: Uuid, lines: Vec<ListedLine>) -> Self {
        let count = |state: LineState| lines.iter().filter(|line| line.state == state).count();
        Self {
            id,
            total: lines.len(),
            queued: count(LineState::Queued),
            invited: count(LineState::Invited),
            already_invited: count(LineState::AlreadyInvited),
            failed: count(LineState::Failed),
            lines: lines
                .into_iter()
                .map(|line| InvitationLineView {
                    line: line.line,
                    party: line.party,
                    name: line.name,
                    address: line.address,
                    language: line.language,
                    role: line.role.as_str(),
                    sections: line.sections,
                    state: line.state,
                    why: line.why,
                })
                .collect(),
        }
    }

    /// The same as a table, which can be sent again.
    fn table(self) -> String {
        table::written(self.lines.into_iter().map(|line| {
            [
                line.party,
                line.name.unwrap_or_default(),
                line.address.unwrap_or_default(),
                line.language.to_string(),
                line.role.to_owned(),
                line.sections.join(" "),
                line.state.to_string(),
                line.why.unwrap_or_default(),
            ]
        }))
    }
}

/// Invites focal points and contributors by list: a table (CSV, UTF-8) with the columns party, name, address, language, role
/// (`focal_point`, `contributor`) and, for contributors, sections. All of it is looked through first, and refused as a whole with
/// every fault; with `check=true` it is only looked through. It is then carried out line by line: whoever has the office
/// already is not written to again, so the same list can be sent twice.
#[utoipa::path(post, path = "/v1/collections/{collection}/invitation-lists", tag = "delegations", params(SendList), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = InvitationListCheck), (status = 202, body = InvitationListView)))]
pub async fn send_invitation_list(
    http: HttpRequest,
    caller: Caller,
    PathId(id): PathId<CollectionId>,
    Query(how): Query<SendList>,
    payload: web::Payload,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let to = AskedIn::Collection(id);
    send(&http, &caller, to, how, payload, &services).await
}

/// Invites whoever comments by list: as focal points and contributors of a collection, with the role `commenter`.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/invitation-lists", tag = "consultations", params(SendList), request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = InvitationListCheck), (status = 202, body = InvitationListView)))]
pub async fn send_comment_invitation_list(
    http: HttpRequest,
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    Query(how): Query<SendList>,
    payload: web::Payload,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let to = AskedIn::Consultation(id);
    send(&http, &caller, to, how, payload, &services).await
}

/// A list of invitations to a collection: how many of how many lines are done, and what came of each. As JSON, or as a table
/// (CSV), which can be sent again.
#[utoipa::path(get, path = "/v1/collections/{collection}/invitation-lists/{list}", tag = "delegations", params(GetList),
    responses((status = 200, content((InvitationListView = "application/json"), (String = "text/csv")))))]
pub async fn get_invitation_list(
    lookup: Lookup<GetList>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let to = AskedIn::Collection(caller::id(&path.0, "collection")?);
    get(&lookup, to, &path.1).await
}

/// A list of invitations to comment: as one of invitations to a collection.
#[utoipa::path(get, path = "/v1/consultations/{consultation}/invitation-lists/{list}", tag = "consultations", params(GetList),
    responses((status = 200, content((InvitationListView = "application/json"), (String = "text/csv")))))]
pub async fn get_comment_invitation_list(
    lookup: Lookup<GetList>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let to = AskedIn::Consultation(caller::id(&path.0, "consultation")?);
    get(&lookup, to, &path.1).await
}

async fn send(
    http: &HttpRequest,
    caller: &Caller,
    to: AskedIn,
    how: SendList,
    payload: web::Payload,
    services: &Services,
) -> Result<HttpResponse, Problem> {
    let bytes = body::bytes(http, payload).await?;
    if body::media_type(http).as_deref() != Some("text/csv") {
        return Err(Problem::new("unsupported_media_type"));
    }
    let lines = table::read(&bytes)?;
    if how.check == Some(true) {
        let (checked, faults) = checking::check(services, to, &lines).await?;
        let (faults, faults_total) = FaultBody::first_of(&faults, &caller.languages);
        return Ok(HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(InvitationListCheck {
                good: checked.len(),
                lines: checked.into_iter().map(checked_line).collect(),
                faults,
                faults_total,
            }));
    }
    let checked = checking::checked(services, to, &lines).await?;
    let mut asked = Vec::with_capacity(checked.len());
    for line in checked {
        asked.push(NewLine {
            line: line.line,
            party: line.party,
            person: services.directory.find_or_add(&line.new).await?,
            role: line.role,
            sections: line.sections,
        });
    }
    let id = begin(services, caller, to, &bytes, &asked).await?;
    let view = view(services, to, id).await?;
    let path = match to {
        AskedIn::Collection(of) => format!("/v1/collections/{of}"),
        AskedIn::Consultation(of) => format!("/v1/consultations/{of}"),
    };
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, format!("{path}/invitation-lists/{id}")))
        .json(view))
}

/// Puts in a list, once for a key; answers its id.
async fn begin(
    services: &Services,
    caller: &Caller,
    to: AskedIn,
    bytes: &[u8],
    lines: &[NewLine],
) -> Result<Uuid, Problem> {
    let (pool, principal) = (services.log().pool(), &caller.principal);
    let command = caller.request(bytes).command;
    let done = run_once(pool, principal.id, command, async |connection| {
        let id = clock::new_id();
        let actor = principal.actor();
        invitation_lists::begin(connection, id, to, &actor, lines).await?;
        Ok::<_, Problem>(((), id))
    });
    let (CommandOutcome::Now((), id) | CommandOutcome::Before(id)) = done.await?;
    services.lists.wake();
    Ok(id)
}

async fn view(services: &Services, to: AskedIn, id: Uuid) -> Result<InvitationListView, Problem> {
    let lines = services.lists.lines(id, to).await?;
    let lines = lines.ok_or(Problem::not_found("invitation_list"))?;
    Ok(InvitationListView::new(id, lines))
}

async fn get(lookup: &Lookup<GetList>, to: AskedIn, list: &str) -> Result<HttpResponse, Problem> {
    let id = caller::id(list, "invitation_list")?;
    let view = view(&lookup.services, to, id).await?;
    let form = TableForm::wanted(lookup.query.format.as_deref(), lookup.http.headers());
    Ok(match form {
        TableForm::Json => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(view),
        TableForm::Csv => csv("invitations", view.table()),
    })
}

fn checked_line(line: CheckedLine) -> CheckedLineView {
    CheckedLineView {
        line: line.line,
        party: line.code,
        address: line.new.email,
        role: line.role.as_str(),
        does: line.does,
    }
}
