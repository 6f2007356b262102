//! By what a person comes in, for administrators, and its end.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::caller::{self, Caller};
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::ending::{self, EndedAccess, ListedAccount, ListedSession};
use access::idempotency::{CommandOutcome, run_once};
use access::invalidation::Kind;

/// By what a person comes in. Their tokens are listed with everybody's (`GET /v1/tokens?all=true`).
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessView {
    /// Their accounts, those that have ended too, the oldest first.
    accounts: Vec<ListedAccount>,
    /// Their sessions that hold, the oldest first.
    sessions: Vec<ListedSession>,
}

/// By what a person comes in: accounts and sessions.
#[utoipa::path(get, path = "/v1/persons/{person}/access", tag = "persons", responses((status = 200, body = AccessView)))]
pub async fn get_access(
    person: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person: Uuid = caller::id(&person, "person")?;
    let pool = services.log().pool();
    if !ending::is_known(&mut *pool.acquire().await?, person).await? {
        return Err(Problem::not_found("person"));
    }
    let accounts = ending::accounts(pool, person).await?;
    let sessions = ending::sessions(pool, person).await?;
    Ok(uncached(&AccessView { accounts, sessions }))
}

/// Ends all of a person's access at once: tokens that show them or that they made are revoked, their accounts, sessions and
/// unused links end. They come in again only when they are invited anew, or by single sign-on, where their issuer has to
/// remove them.
#[utoipa::path(delete, path = "/v1/persons/{person}/access", tag = "persons", responses((status = 200, body = EndedAccess)))]
pub async fn end_access(
    caller: Caller,
    person: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person: Uuid = caller::id(&person, "person")?;
    let done = run_once(
        services.log().pool(),
        caller.principal.id,
        caller.request(&[]).command,
        async |connection| {
            let ended = ending::end_all(connection, person).await?;
            let ended = ended.ok_or_else(|| Problem::not_found("person"))?;
            Ok::<_, Problem>(((), ended))
        },
    );
    let (CommandOutcome::Now((), ended) | CommandOutcome::Before(ended)) = done.await?;
    services.invalidation.forget(Kind::Tokens);
    services.invalidation.forget(Kind::Sessions);
    tracing::info!(%person, by = %caller.principal.id, "all access of a person is ended");
    Ok(uncached(&ended))
}

fn uncached(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}
