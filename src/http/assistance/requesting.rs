//! What happens to a request: a State makes it and may take it back; the Secretariat accepts or declines it.

use actix_web::{HttpResponse, post, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::assistance::naming;
use crate::http::assistance::requests::{RequestView, Shown, visible};
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::there::There;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use crate::http::replies::access::is_replaced;
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use access::Role;
use domain::comment::EnteredOnBehalf;
use domain::naming::MOST_NAMED;
use domain::party::Party;
use domain::request::{Command, Context, Request, RequestMade};
use domain::{NeedId, PartyId, PersonId, RequestId};
use event_log::NewContent;

/// A request to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeRequest {
    /// The State's own needs that the assistance is to meet: at least one, indicated and not over.
    #[schema(value_type = Vec<String>)]
    needs: Vec<NeedId>,
    /// What the State asks for.
    text: NewWords,
    /// The day of the request, not one that is still to come; today, where it is left out.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// Asks for assistance, for needs of one's own State. The request is for the State and the Secretariat.
#[utoipa::path(tag = "requests", request_body = MakeRequest, responses((status = 201, body = RequestView)))]
#[post("/v1/requests")]
pub async fn make_request(
    caller: Caller,
    body: Body<MakeRequest>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let asks = (caller.party()?, replaceable(&caller));
    let id = RequestId(clock::new_id());
    let (new, bytes) = (&body.value, &body.bytes);
    make(&services, &caller, id, asks, new, None, bytes).await
}

/// Makes a request, for the party and its focal point where that is who acts.
pub(in crate::http) async fn make(
    services: &Services,
    caller: &Caller,
    id: RequestId,
    asks: (PartyId, Option<PersonId>),
    new: &MakeRequest,
    entered_on_behalf: Option<EnteredOnBehalf>,
    bytes: &[u8],
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let received_on = entered_on_behalf
        .as_ref()
        .map(|entered| entered.received_on);
    let made = RequestMade {
        party: asks.0,
        needs: new.needs.clone(),
        text: new.text.as_answer(&mut contents)?,
        on: new.on.or(received_on).unwrap_or_else(dates::today),
        entered_on_behalf,
    };
    let matter = Matter {
        asks: Some(asks),
        needs: made.needs.clone(),
    };
    let make = || Command::Make {
        request: made.clone(),
        today: dates::today(),
    };
    let decided = decide(services, caller, id, bytes, &contents, &matter, make).await?;
    answer(services, caller, &decided, true).await
}

/// Why a request is accepted or declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRequest {
    /// Why; shown to the State.
    reason: NewWords,
}

/// Accepts a request: projects may answer it from now on.
#[utoipa::path(tag = "requests", request_body = DecideRequest, responses((status = 200, body = RequestView)))]
#[post("/v1/requests/{request}/acceptance")]
pub async fn accept_request(
    caller: Caller,
    request: web::Path<String>,
    body: Body<DecideRequest>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, _) = visible(&services, &caller, &request).await?;
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let accept = || Command::Accept {
        reason: reason.clone(),
    };
    let matter = Matter::default();
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        &matter,
        accept,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// Declines a request.
#[utoipa::path(tag = "requests", request_body = DecideRequest, responses((status = 200, body = RequestView)))]
#[post("/v1/requests/{request}/declination")]
pub async fn decline_request(
    caller: Caller,
    request: web::Path<String>,
    body: Body<DecideRequest>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, _) = visible(&services, &caller, &request).await?;
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let decline = || Command::Decline {
        reason: reason.clone(),
    };
    let matter = Matter::default();
    let decided = decide(
        &services,
        &caller,
        id,
        &body.bytes,
        &contents,
        &matter,
        decline,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// Takes a request of one's own State back.
#[utoipa::path(tag = "requests", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = RequestView)))]
#[post("/v1/requests/{request}/withdrawal")]
pub async fn withdraw_request(
    caller: Caller,
    request: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, held) = visible(&services, &caller, &request).await?;
    let matter = Matter {
        asks: Some((held.made.party, replaceable(&caller))),
        needs: Vec::new(),
    };
    let withdraw = || Command::Withdraw;
    let decided = decide(&services, &caller, id, &body.bytes, &[], &matter, withdraw).await?;
    answer(&services, &caller, &decided, false).await
}

/// The person whose office may have ended: a mission's has none.
fn replaceable(caller: &Caller) -> Option<PersonId> {
    let principal = &caller.principal;
    (principal.role == Role::FocalPoint).then_some(PersonId(principal.id))
}

/// What a decision on a request is about, beside the request itself.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    /// The party that acts, and its focal point where that is who acts; none for the Secretariat.
    pub asks: Option<(PartyId, Option<PersonId>)>,
    /// The needs that are named.
    pub needs: Vec<NeedId>,
}

/// What decisions on a request read: everything is guarded.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(reads: &mut Reads<'_>, matter: &Matter) -> Result<Context, DeskError> {
    let mut context = Context::default();
    if let Some((party, person)) = matter.asks {
        let asks = reads.state::<Party>(party.0).await?;
        context.party = asks.as_ref().as_ref().map(|party| party.kind);
        if let Some(person) = person {
            context.is_replaced = is_replaced(reads, party, person).await?;
        }
    }
    // What is beyond is refused, whatever it is.
    for id in matter.needs.iter().take(MOST_NAMED) {
        if let Some(need) = naming::need(reads, *id).await? {
            context.needs.insert(*id, need);
        }
    }
    Ok(context)
}

async fn decide(
    services: &Services,
    caller: &Caller,
    id: RequestId,
    bytes: &[u8],
    contents: &[NewContent],
    matter: &Matter,
    command: impl Fn() -> Command,
) -> Result<Decided<Request>, Problem> {
    let request = caller.request(bytes);
    let context = async |reads: &mut Reads<'_>| context(reads, matter).await;
    let desk = &services.desk;
    let decided = desk.decide_with::<Request>(&request, id.0, contents, context, command);
    Ok(decided.await?)
}

async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Request>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = RequestId(decided.stream);
    let there = There::is(&decided.now).ok_or(Problem::not_found("request"))?;
    let shown = Shown::of(services, caller, id, &there, decided.as_of).await?;
    let location = is_new.then(|| format!("/v1/requests/{id}"));
    Ok(conditional::written(location, there.position, &shown.view))
}
