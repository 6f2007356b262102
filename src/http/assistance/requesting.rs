//! What happens to a request: a State makes it and may take it back; the Secretariat accepts or declines it.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::PresentResource;
use crate::http::assistance::requests::{RequestRepresentation, RequestView, visible};
use crate::http::conditional;
use crate::http::handling::dates;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::Nothing;
use access::Role;
use domain::comment::EnteredOnBehalf;
use domain::request::{Command, Request, RequestMade};
use domain::{NeedId, PartyId, PersonId, RequestId};
use event_log::NewContent;

/// A request to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MakeRequest {
    /// The State's own needs that the assistance is to meet: at least one, indicated and not over.
    #[schema(value_type = Vec<uuid::Uuid>)]
    needs: Vec<NeedId>,
    /// What the State asks for.
    text: NewWords,
    /// The day of the request, not one that is still to come; today, where it is left out.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    on: Option<Date>,
}

/// Asks for assistance, for needs of one's own State. The request is for the State and the Secretariat.
#[utoipa::path(post, path = "/v1/requests", tag = "requests", request_body = MakeRequest, responses((status = 201, body = RequestView)))]
pub async fn make_request(mut write: Write<MakeRequest>) -> Result<HttpResponse, Problem> {
    let party = write.caller.party()?;
    let made = made(party, &write.body, None, &mut write.contents)?;
    make(&write, made).await
}

/// A request of a party, its words set beside the log.
pub(in crate::http) fn made(
    party: PartyId,
    new: &MakeRequest,
    entered_on_behalf: Option<EnteredOnBehalf>,
    contents: &mut Vec<NewContent>,
) -> Result<RequestMade, Problem> {
    let received_on = entered_on_behalf
        .as_ref()
        .map(|entered| entered.received_on);
    Ok(RequestMade {
        party,
        needs: new.needs.clone(),
        text: new.text.as_answer(contents)?,
        on: new.on.or(received_on).unwrap_or_else(dates::today),
        entered_on_behalf,
    })
}

/// Makes a request.
pub(in crate::http) async fn make<B>(
    write: &Write<B>,
    request: RequestMade,
) -> Result<HttpResponse, Problem> {
    let today = dates::today();
    let make = Command::Make { request, today };
    change(write, RequestId(clock::new_id()), make).await
}

/// Why a request is accepted or declined.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecideRequest {
    /// Why; shown to the State.
    reason: NewWords,
}

/// Accepts a request: projects may answer it from now on.
#[utoipa::path(post, path = "/v1/requests/{request}/acceptance", tag = "requests", request_body = DecideRequest, responses((status = 200, body = RequestView)))]
pub async fn accept_request(
    mut write: Write<DecideRequest>,
    PathId(id): PathId<RequestId>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Accept { reason }).await
}

/// Declines a request.
#[utoipa::path(post, path = "/v1/requests/{request}/declination", tag = "requests", request_body = DecideRequest, responses((status = 200, body = RequestView)))]
pub async fn decline_request(
    mut write: Write<DecideRequest>,
    PathId(id): PathId<RequestId>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Decline { reason }).await
}

/// Takes a request of one's own State back.
#[utoipa::path(post, path = "/v1/requests/{request}/withdrawal", tag = "requests", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = RequestView)))]
pub async fn withdraw_request(
    write: Write<Nothing>,
    PathId(id): PathId<RequestId>,
) -> Result<HttpResponse, Problem> {
    visible(&write.services, &write.caller, id).await?;
    change(&write, id, Command::Withdraw).await
}

/// Decides on a command to a request, and answers it as it then is.
async fn change<B>(
    write: &Write<B>,
    id: RequestId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Make { .. });
    let principal = &write.caller.principal;
    let focal_point = (principal.role == Role::FocalPoint).then_some(PersonId(principal.id));
    let decided = write.decide_case::<Request>(id, &focal_point, command);
    let decided = decided.await?;
    let id = RequestId(decided.stream);
    let request =
        PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("request"))?;
    let (services, caller) = (&write.services, &write.caller);
    let shown = RequestRepresentation::load(services, caller, id, &request, decided.as_of).await?;
    let location = is_new.then(|| format!("/v1/requests/{id}"));
    Ok(conditional::write_answer(
        location,
        request.position,
        &shown.view,
    ))
}
