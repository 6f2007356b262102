//! Sessions: how one begins with a link, and how it ends.

use actix_web::http::StatusCode;
use actix_web::http::header::{self};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::middleware::{cookies, csrf};
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::links::Link;
use access::sessions::OpenedSession;
use access::{Account, Principal, Session};

/// Who one is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// The person's id in the directory; of whoever comes by a token, the token's principal.
    person: Uuid,
    /// In what capacity.
    #[schema(value_type = access::Role)]
    role: &'static str,
    /// For which party; null for the Secretariat.
    party: Option<Uuid>,
    /// When the session began, RFC 3339 in UTC; null for whoever comes by a token.
    #[schema(format = DateTime)]
    since: Option<String>,
    /// Until when the session holds if it is not used any more, RFC 3339 in UTC; null for whoever comes by a token.
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Until when the session holds at most, RFC 3339 in UTC: ninety days after it began. Null for whoever comes by a token.
    #[schema(format = DateTime)]
    at_most: Option<String>,
    /// What shows the session, to be sent as `Authorization: Bearer`. Only in the answer that begins it, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl SessionView {
    fn for_principal(principal: &Principal, session: Option<&Session>) -> Self {
        Self {
            person: principal.id,
            role: principal.role.as_str(),
            party: principal.party.map(|party| party.0),
            since: session.map(|session| session.since.clone()),
            until: session.map(|session| session.until.clone()),
            at_most: session.map(|session| session.at_most.clone()),
            token: None,
        }
    }
}

fn answer(status: StatusCode) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

/// A link to open.
#[derive(Deserialize, ToSchema)]
pub struct OpenSession {
    /// What the link's address ends with.
    link: String,
    /// Which of one's accounts, where the link opens several.
    account: Option<Uuid>,
    /// How the session is to be shown: by a token, which the answer holds (the default), or by a cookie.
    #[serde(default, rename = "as")]
    shown_as: ShownAs,
}

/// How a session is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownAs {
    /// As a bearer token.
    #[default]
    Token,
    /// As a cookie.
    Cookie,
}

/// Who one is, in what capacity, and until when.
#[utoipa::path(get, path = "/v1/session", tag = "sessions", responses((status = 200, body = SessionView)))]
pub async fn get_session(request: HttpRequest, caller: Caller) -> HttpResponse {
    let extensions = request.extensions();
    let view = SessionView::for_principal(&caller.principal, extensions.get::<Session>());
    answer(StatusCode::OK).json(view)
}

/// Uses a link up for a session of thirty days, which each use begins anew, up to ninety. Who has several accounts says which.
#[utoipa::path(post, path = "/v1/session", tag = "sessions", request_body = OpenSession, responses((status = 201, body = SessionView)))]
pub async fn open_session(
    request: HttpRequest,
    body: Body<OpenSession>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let OpenSession {
        link,
        account,
        shown_as,
    } = &body.value;
    if *shown_as == ShownAs::Cookie {
        // Another site could have its own account opened in somebody's browser, to have them answer into it.
        csrf::prove(&request, &services.origin, false)?;
    }
    let opened = open(&services, link, *account).await?;
    let mut view = SessionView::for_principal(&opened.session.principal, Some(&opened.session));
    let secret = opened.secret.reveal();
    Ok(match shown_as {
        ShownAs::Token => {
            view.token = Some(secret.to_owned());
            answer(StatusCode::CREATED).json(view)
        }
        ShownAs::Cookie => answer(StatusCode::CREATED)
            .insert_header((header::SET_COOKIE, cookies::set(secret)))
            .json(view),
    })
}

/// Signs out: the session ends at once. Whoever comes by a token has none to end.
#[utoipa::path(delete, path = "/v1/session", tag = "sessions", responses((status = 204, description = "signed out")))]
pub async fn end_session(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let session = request
        .extensions()
        .get::<Session>()
        .map(|session| session.id);
    if let Some(session) = session {
        services.sessions.end(session).await?;
    }
    Ok(HttpResponse::NoContent()
        .insert_header((header::SET_COOKIE, cookies::clear()))
        .finish())
}

/// Why a link opens no session.
#[derive(Debug)]
pub enum LinkError {
    /// It is unknown, used, expired or ended.
    Unknown,
    /// It opens several accounts, and none of them was named; it is not used up.
    AccountNotChosen(Link),
    /// The database does not answer.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for LinkError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Unknown => Self::new("unknown_link"),
            LinkError::AccountNotChosen(link) => not_chosen(&link),
            LinkError::Database(error) => error.into(),
        }
    }
}

/// Uses a link up.
pub async fn open(
    services: &Services,
    secret: &str,
    account: Option<Uuid>,
) -> Result<OpenedSession, LinkError> {
    let link = services.links.look(secret).await?;
    let link = link.ok_or(LinkError::Unknown)?;
    let Some(account) = chosen(&link, account) else {
        return Err(LinkError::AccountNotChosen(link));
    };
    let opened = services.links.open(secret, account.id).await?;
    opened.ok_or(LinkError::Unknown)
}

/// The account that is meant: the only one, or the one that is named.
fn chosen(link: &Link, named: Option<Uuid>) -> Option<&Account> {
    match (named, link.accounts.as_slice()) {
        (Some(id), accounts) => accounts.iter().find(|account| account.id == id),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

fn not_chosen(link: &Link) -> Problem {
    let accounts = link.accounts.iter();
    let accounts = accounts.map(|account| {
        let (id, role, party) = (account.id, account.role.as_str(), account.party);
        format!("{id} ({role}, {party})")
    });
    let accounts: Vec<String> = accounts.collect();
    Problem::new("account_not_chosen").arg("accounts", accounts.join(", "))
}
