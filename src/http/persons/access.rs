//! By what a person comes in, for administrators, and its end.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::caller::{self, Caller};
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::ending::{self, Ended, ListedAccount, ListedSession};
use access::idempotency::{Done, once};
use access::invalidation::Kind;

/// By what a person comes in. Their tokens are listed with everybody's (`GET /v1/tokens?all=true`).
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessView {
    /// Their accounts, those that have ended too, the oldest first.
    accounts: Vec<AccountView>,
    /// Their sessions that hold, the oldest first.
    sessions: Vec<HeldSession>,
}

/// An account: in what capacity a person comes in by a link. Times are RFC 3339 in UTC.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Its id.
    id: Uuid,
    /// focal_point, contributor, mission, donor
    #[schema(value_type = access::Role)]
    role: String,
    /// For which party.
    party: Uuid,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
    /// When it ended; null while the person comes in by it.
    #[schema(format = DateTime)]
    until: Option<String>,
}

impl From<ListedAccount> for AccountView {
    fn from(account: ListedAccount) -> Self {
        let ListedAccount {
            id,
            role,
            party,
            since,
            until,
        } = account;
        Self {
            id,
            role,
            party,
            since,
            until,
        }
    }
}

/// A session that holds. Times are RFC 3339 in UTC.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldSession {
    /// Its id.
    id: Uuid,
    /// The account by which the person came in.
    account: Uuid,
    /// When it began.
    #[schema(format = DateTime)]
    since: String,
    /// When it was last used, to the hour.
    #[schema(format = DateTime)]
    last_used: String,
    /// Until when it holds if it is not used any more.
    #[schema(format = DateTime)]
    until: String,
}

impl From<ListedSession> for HeldSession {
    fn from(session: ListedSession) -> Self {
        let ListedSession {
            id,
            account,
            since,
            last_used,
            until,
        } = session;
        Self {
            id,
            account,
            since,
            last_used,
            until,
        }
    }
}

/// What was ended; nothing of what was over before.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AccessEnded {
    /// Tokens that show the person or that they made, and those that were made with one of these.
    tokens: i64,
    /// Accounts.
    accounts: i64,
    /// Sessions.
    sessions: i64,
    /// Links that were not used yet.
    links: i64,
}

impl From<Ended> for AccessEnded {
    fn from(ended: Ended) -> Self {
        let Ended {
            tokens,
            accounts,
            sessions,
            links,
        } = ended;
        Self {
            tokens,
            accounts,
            sessions,
            links,
        }
    }
}

/// By what a person comes in: accounts and sessions.
#[utoipa::path(tag = "persons", responses((status = 200, body = AccessView)))]
#[get("/v1/persons/{person}/access")]
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
    Ok(uncached(&AccessView {
        accounts: accounts.into_iter().map(AccountView::from).collect(),
        sessions: sessions.into_iter().map(HeldSession::from).collect(),
    }))
}

/// Ends all of a person's access at once: tokens that show them or that they made are revoked, their accounts, sessions and
/// unused links end. They come in again only when they are invited anew, or by single sign-on, where their issuer has to
/// remove them.
#[utoipa::path(tag = "persons", responses((status = 200, body = AccessEnded)))]
#[delete("/v1/persons/{person}/access")]
pub async fn end_access(
    caller: Caller,
    person: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person: Uuid = caller::id(&person, "person")?;
    let done = once(
        services.log().pool(),
        caller.principal.id,
        caller.request(&[]).command,
        async |connection| {
            let ended = ending::end_all(connection, person).await?;
            let ended = ended.ok_or_else(|| Problem::not_found("person"))?;
            Ok::<_, Problem>(((), AccessEnded::from(ended)))
        },
    );
    let (Done::Now((), ended) | Done::Before(ended)) = done.await?;
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
