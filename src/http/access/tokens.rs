//! Tokens: made, listed and revoked by whom they show, and by administrators.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::access::token_input::MakeToken;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{ListLookup, Lookup};
use crate::http::handling::page::{Listing, Paging};
use crate::http::middleware::credentials;
use crate::http::problem::Problem;
use crate::http::schemas::NoticeView;
use crate::http::services::Services;
use access::idempotency::{CommandFailure, CommandOutcome, run_once};
use access::invalidation::Kind;
use access::issuing::{self, ListedToken, Terms};
use access::{NewToken, Role, standing};
use domain::blank;

/// A token that was made. Its secret is in the first answer only.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    #[serde(flatten)]
    token: ListedToken,
    /// The secret, to be sent as `Authorization: Bearer`; null in the answer to a request that is repeated.
    secret: Option<String>,
    /// Whether the secret was shown before, in an earlier answer to the same request.
    secret_shown: bool,
    /// What to know about it.
    notices: Vec<NoticeView>,
}

/// Makes a token: for oneself, with no more than one's own rights; or, as an administrator, for a program in another role.
#[utoipa::path(post, path = "/v1/tokens", tag = "access", request_body = MakeToken, responses((status = 201, body = MadeToken)))]
pub async fn make_token(
    caller: Caller,
    body: Body<MakeToken>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let asked = &body.value;
    let service = asked.service(&services, &caller).await?;
    // A token for a program outlives the one that it was made with: an administrator's may end sooner than a dashboard.
    let shown = caller.credential.token;
    let made_with = shown.filter(|_| service.is_none());
    let new = NewToken {
        principal: service.unwrap_or(caller.principal),
        name: blank::trimmed(&asked.name).to_owned(),
    };
    let done = run_once(
        services.log().pool(),
        caller.principal.id,
        caller.request(&body.bytes).command,
        async |connection| {
            let mut latest = issuing::in_days(issuing::MOST_DAYS);
            let identity = caller.credential.identity;
            // First, since whoever hears what an issuer says locks in this order too.
            if let Some(identity) = identity {
                // What a token shows was judged when it was made; whatever the issuer took away since has revoked it.
                let came_in = shown.is_none().then_some(&caller.principal);
                if !standing::holds(connection, identity, came_in).await? {
                    return Err(credentials::revoked());
                }
            }
            if shown.is_none()
                && identity.is_none()
                && !access::holds(connection, &caller.principal).await?
            {
                return Err(Problem::new("session_over"));
            }
            if let Some(id) = shown {
                let held = issuing::hold(connection, id).await?;
                let end: Option<Timestamp> = held.ok_or_else(credentials::revoked)?;
                if made_with.is_some() {
                    latest = end.map_or(latest, |end| end.min(latest));
                }
            }
            let terms = Terms {
                scopes: asked.scopes(&caller)?,
                expires_at: asked.expires_at(latest)?,
                maker: Some(caller.principal.id),
                made_with,
                identity,
            };
            let minted = issuing::issue(&mut *connection, &new, &terms).await?;
            let listed = issuing::find(&mut *connection, minted.id).await?;
            let listed = listed.ok_or_else(|| Problem::new("internal"))?;
            Ok::<_, Problem>((minted.token, listed))
        },
    );
    let made = match done.await? {
        CommandOutcome::Now(secret, token) => MadeToken {
            token,
            secret: Some(secret),
            secret_shown: false,
            notices: Vec::new(),
        },
        CommandOutcome::Before(token) => MadeToken {
            token,
            secret: None,
            secret_shown: true,
            notices: vec![NoticeView::new("secret_shown", &caller.languages, &[])],
        },
    };
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/v1/tokens/{}", made.token.id)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(made))
}

/// Which tokens.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListTokens {
    /// `true`: everybody's. Only an administrator may ask for that.
    #[param(value_type = Option<bool>)]
    all: Option<bool>,
}

/// One's own tokens (those that show one, and those that one made) in the order in which they were made; revoked and
/// expired ones too.
#[utoipa::path(get, path = "/v1/tokens", tag = "access", params(ListTokens, Paging), responses((status = 200, body = Listing<ListedToken>)))]
pub async fn list_tokens(list: ListLookup<ListTokens>) -> Result<HttpResponse, Problem> {
    let all = list.query.all.unwrap_or(false);
    let principal = &list.caller.principal;
    if all && principal.role != Role::Administrator {
        return Err(Problem::new("not_allowed").arg("role", principal.role.as_str()));
    }
    let of = (!all).then_some(principal.id);
    let (after, rows) = (list.slice.after_key()?, list.slice.rows());
    let rows = issuing::list(list.pool(), of, after, rows).await?;
    let page = list.page(rows, 0, |row| row.id, |row| row);
    Ok(uncached(&Listing::from(page)))
}

/// A token of one's own; an administrator sees everybody's.
#[utoipa::path(get, path = "/v1/tokens/{token}", tag = "access", responses((status = 200, body = ListedToken)))]
pub async fn get_token(lookup: Lookup, token: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id: Uuid = caller::id(&token, "token")?;
    let found = issuing::find(lookup.pool(), id).await?;
    Ok(uncached(&visible(&lookup.caller, found)?))
}

/// Revokes a token of one's own, or as an administrator anybody's, with those that were made with it. From then on it opens
/// nothing: here at once, in other processes as soon as they hear of it, within a second at most.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "access", responses((status = 200, body = ListedToken)))]
pub async fn revoke_token(
    caller: Caller,
    token: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: Uuid = caller::id(&token, "token")?;
    let done = run_once(
        services.log().pool(),
        caller.principal.id,
        caller.request(&[]).command,
        async |connection| {
            let found = issuing::find(&mut *connection, id).await?;
            visible(&caller, found)?;
            issuing::revoke(connection, id).await?;
            let revoked = visible(&caller, issuing::find(&mut *connection, id).await?)?;
            Ok::<_, Problem>(((), revoked))
        },
    );
    let done = done.await?;
    services.invalidation.forget(Kind::Tokens);
    let (CommandOutcome::Now((), view) | CommandOutcome::Before(view)) = done;
    Ok(uncached(&view))
}

fn visible(caller: &Caller, found: Option<ListedToken>) -> Result<ListedToken, Problem> {
    let is_administrator = caller.principal.role == Role::Administrator;
    found
        .filter(|token| is_administrator || token.is_of(caller.principal.id))
        .ok_or_else(|| Problem::not_found("token"))
}

fn uncached(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

impl From<CommandFailure<Self>> for Problem {
    fn from(not_done: CommandFailure<Self>) -> Self {
        match not_done {
            CommandFailure::Refused(problem) => problem,
            CommandFailure::KeyReused => Self::new("key_reused"),
            CommandFailure::Database(error) => error.into(),
        }
    }
}
