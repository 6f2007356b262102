//! What waits for the Secretariat, and how often an officer is told of it by letter.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::ListLookup;
use crate::http::handling::page::{Page, Paging};
use crate::http::problem::Problem;
use crate::http::schemas::{chosen, rfc3339};
use crate::http::services::Services;
use crate::reading::work::{self as reading, WorkKind, WorkRow};
use domain::PersonId;
use mail::digests::{self, DigestFrequency};

/// Something that waits for the Secretariat.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkItem {
    /// `reply`: submitted and not accepted; `amendment`: submitted anew; `answer`: to what was asked about a reply, in words;
    /// `comment`: without a disposition; `request`: for assistance, not decided on.
    kind: WorkKind,
    /// The id of the reply, the comment or the request.
    id: Uuid,
    /// The collection; null where it is no reply.
    collection: Option<Uuid>,
    /// The consultation; null where it is no comment.
    consultation: Option<Uuid>,
    /// The party's code.
    party: String,
    /// The party's name, in the reader's language where there is one.
    name: String,
    /// The position at which it came.
    position: i64,
    /// When it came.
    #[schema(format = DateTime)]
    time: String,
}

/// What waits for the Secretariat, in the order in which it came: replies, amendments, answers to clarifications, comments and
/// requests that nobody has dealt with yet. What was entered from paper does not wait: whoever entered it knows of it.
#[utoipa::path(get, path = "/v1/work", tag = "persons", params(Paging), responses((status = 200, body = Page<WorkItem>)))]
pub async fn list_work(list: ListLookup) -> Result<HttpResponse, Problem> {
    let after = list.slice.after_key()?.unwrap_or(0);
    let rows = reading::waiting(list.pool(), after, i64::MAX, list.slice.rows()).await?;
    let shown = |row: WorkRow| WorkItem {
        kind: row.kind,
        id: row.id,
        collection: row.collection,
        consultation: row.consultation,
        party: row.code,
        name: chosen(&row.names, list.languages()).1,
        position: row.since,
        time: rfc3339(row.time),
    };
    let page = list.page(rows, list.services.head(), |row| row.since, shown);
    Ok(conditional::write_answer(None, 0, &page))
}

/// How often I am told by letter what waits for me.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DigestSetting {
    /// `at_once`, `daily`: once a day at most, `never`: until it is set otherwise.
    every: DigestFrequency,
}

/// How often I am told by letter what waits for me.
#[utoipa::path(get, path = "/v1/me/digest", tag = "persons", responses((status = 200, body = DigestSetting)))]
pub async fn get_digest(
    caller: Caller,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person = PersonId(caller.principal.id);
    let every = digests::frequency(services.log().pool(), person).await?;
    Ok(conditional::write_answer(None, 0, &DigestSetting { every }))
}

/// Sets how often I am told by letter what waits for me: what comes from now on, each thing once.
#[utoipa::path(put, path = "/v1/me/digest", tag = "persons", request_body = DigestSetting, responses((status = 200, body = DigestSetting)))]
pub async fn set_digest(
    caller: Caller,
    body: Body<DigestSetting>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person = PersonId(caller.principal.id);
    if services.directory.person(person).await?.is_none() {
        return Err(Problem::not_found("person"));
    }
    let (pool, every) = (services.log().pool(), body.value.every);
    let identity = caller.credential.identity;
    digests::set(pool, person, every, services.head(), identity).await?;
    Ok(conditional::write_answer(None, 0, &DigestSetting { every }))
}
