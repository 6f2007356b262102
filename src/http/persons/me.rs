//! The caller: in which role, for which party, and what the directory knows of them.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::persons::answers::AskedBy;
use crate::http::persons::{self, CorrectPerson};
use crate::http::problem::Problem;
use crate::http::services::Services;
use directory::Person;
use domain::PersonId;

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// What events name: the person's id where a person calls.
    id: Uuid,
    /// administrator, officer, focal_point, contributor, commenter, mission, donor
    #[schema(value_type = access::Role)]
    role: &'static str,
    /// The party for which they act; null for the Secretariat.
    party: Option<Uuid>,
    /// What the directory knows of them; null where it is no person that calls.
    person: Option<Person>,
}

/// Who I am here.
#[utoipa::path(get, path = "/v1/me", tag = "persons", responses((status = 200, body = MeView)))]
pub async fn get_me(
    caller: Caller,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let principal = caller.principal;
    let person = services.directory.person(PersonId(principal.id)).await?;
    let view = MeView {
        id: principal.id,
        role: principal.role.as_str(),
        party: principal.party.map(Uuid::from),
        person,
    };
    Ok(conditional::write_answer(None, 0, &view))
}

/// Corrects what the directory knows of me, except my address: an administrator corrects that.
#[utoipa::path(patch, path = "/v1/me", tag = "persons", request_body = CorrectPerson, responses((status = 200, body = Person)))]
pub async fn correct_me(
    caller: Caller,
    body: Body<CorrectPerson>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = PersonId(caller.principal.id);
    let view = persons::correct_oneself(&services, id, body.value).await?;
    Ok(conditional::write_answer(None, 0, &view))
}

/// Erases me: what the directory knows of me goes, and with it every way in that I have; and what replies say of me in the fields that are about
/// persons, where it has my address, or I wrote it.
#[utoipa::path(delete, path = "/v1/me", tag = "persons", responses((status = 204)))]
pub async fn erase_me(
    caller: Caller,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = PersonId(caller.principal.id);
    persons::erase(&services, &caller, id, AskedBy::Themself).await
}
