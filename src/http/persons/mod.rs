//! Persons: what the directory knows, its correction and its erasure.

pub mod access;
pub mod answers;
pub mod letters;
pub mod me;
pub mod posting;
pub mod work;

use ::access::erasure::{self, Erasure};
use ::access::invalidation::Kind;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::commenters;
use crate::http::conditional;
use crate::http::delegations::ends as delegation_ends;
use crate::http::handling::body::Body;
use crate::http::handling::body::present_member;
use crate::http::handling::caller::{self, Caller};
use crate::http::persons::answers::AskedBy;
use crate::http::problem::Problem;
use crate::http::services::Services;
use directory::{Correction, Details, Person, address};
use domain::{Lang, PersonId};

/// Somebody to find or add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AddPerson {
    /// As they write it, on one line: at most 200 characters.
    name: String,
    /// Their address, by which they are found.
    email: String,
    /// Where they can be called: digits, `+ - ( ) / . # *` and `ext`.
    telephone: Option<String>,
    /// What they are, and where, on one line: at most 200 characters.
    function: Option<String>,
    /// In which they are written to: ar, zh, en, fr, ru, es; en if left out.
    language: Option<Lang>,
}

/// What to correct of a person; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectPerson {
    /// As they write it.
    #[serde(default, deserialize_with = "present_member")]
    name: Option<String>,
    /// Their address.
    #[serde(default, deserialize_with = "present_member")]
    email: Option<String>,
    /// Where they can be called; null for nowhere.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<String>)]
    telephone: Option<Option<String>>,
    /// What they are, and where; null for nothing.
    #[serde(default, deserialize_with = "present_member")]
    #[schema(value_type = Option<String>)]
    function: Option<Option<String>>,
    /// In which they are written to: ar, zh, en, fr, ru, es
    #[serde(default, deserialize_with = "present_member")]
    language: Option<Lang>,
}

/// Finds the person with this address, or adds them. Whoever is there already stays as the directory has them.
#[utoipa::path(post, path = "/v1/persons", tag = "persons", request_body = AddPerson, responses(
    (status = 200, description = "was there", body = Person),
    (status = 201, description = "added", body = Person)))]
pub async fn add_person(
    body: Body<AddPerson>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let AddPerson {
        name,
        email,
        telephone,
        function,
        language,
    } = body.value;
    let details = checked(Details {
        name,
        email,
        telephone,
        function,
        language: language.unwrap_or(Lang::En),
    })?;
    let (id, is_new) = services.directory.find_or_add_details(&details).await?;
    if !is_new {
        services.log().confirm().await?;
    }
    let view = find(&services, id).await?;
    let location = is_new.then(|| format!("/v1/persons/{id}"));
    Ok(conditional::write_answer(location, 0, &view))
}

/// A person.
#[utoipa::path(get, path = "/v1/persons/{person}", tag = "persons", responses((status = 200, body = Person)))]
pub async fn get_person(
    person: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let person = find(&services, caller::id(&person, "person")?).await?;
    Ok(conditional::write_answer(None, 0, &person))
}

/// Corrects what the directory knows of a person.
#[utoipa::path(patch, path = "/v1/persons/{person}", tag = "persons", request_body = CorrectPerson, responses((status = 200, body = Person)))]
pub async fn correct_person(
    person: web::Path<String>,
    body: Body<CorrectPerson>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&person, "person")?;
    let view = correct(&services, id, body.value).await?;
    Ok(conditional::write_answer(None, 0, &view))
}

/// Erases a person: name, address, telephone and function go, unsent letters are cancelled, tokens are revoked. Events
/// keep the id. What replies say of the person in the fields that are about persons is redacted, as `GET /v1/persons/{person}/answers` tells it
/// of what was submitted.
#[utoipa::path(delete, path = "/v1/persons/{person}", tag = "persons", responses((status = 204)))]
pub async fn erase_person(
    caller: Caller,
    person: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&person, "person")?;
    erase(&services, &caller, id, AskedBy::Others).await
}

/// The person, who must be there.
///
/// # Errors
/// `not_found`.
pub async fn find(services: &Services, id: PersonId) -> Result<Person, Problem> {
    let person = services.directory.person(id).await?;
    person.ok_or_else(|| Problem::not_found("person"))
}

/// Corrects oneself. By their address a person is found, invited and let in, so whoever could take one without showing
/// that it is theirs would be taken for its owner.
///
/// # Errors
/// `address_change_refused`, and those of [`correct`].
pub async fn correct_oneself(
    services: &Services,
    id: PersonId,
    by: CorrectPerson,
) -> Result<Person, Problem> {
    let is = find(services, id).await?.email;
    let is_other = |given: &String| !address::is_same(given, &is);
    if by.email.as_ref().is_some_and(is_other) {
        return Err(Problem::new("address_change_refused").at("/email"));
    }
    correct(services, id, by).await
}

/// Corrects a person, and answers them as they now are.
///
/// # Errors
/// `not_found`, `person_faulty`, `address_taken`.
pub async fn correct(
    services: &Services,
    id: PersonId,
    by: CorrectPerson,
) -> Result<Person, Problem> {
    let by = |is: Person| {
        let details = Details {
            name: by.name.unwrap_or(is.name),
            email: by.email.unwrap_or(is.email),
            telephone: by.telephone.unwrap_or(is.telephone),
            function: by.function.unwrap_or(is.function),
            language: by.language.unwrap_or(is.language),
        };
        details.checked()
    };
    match services.directory.correct(id, by).await? {
        Correction::Done => find(services, id).await,
        Correction::Unknown => Err(Problem::not_found("person")),
        Correction::Faulty(faults) => Err(Problem::new("person_faulty").faults(faults)),
        Correction::AddressTaken => Err(Problem::new("address_taken").at("/email")),
    }
}

/// Erases a person, and ends what it does for parties; one who was erased before stays so.
///
/// # Errors
/// `not_found`.
pub async fn erase(
    services: &Services,
    caller: &Caller,
    id: PersonId,
    asked_by: AskedBy,
) -> Result<HttpResponse, Problem> {
    // As long as the directory knows by what they are recognized; whoever repeats what was broken off begins here again.
    if let Some(person) = services.directory.person(id).await? {
        answers::take_away(services, caller, &person, asked_by).await?;
    }
    let erasure = erasure::erase(&services.directory, id).await?;
    services.invalidation.forget(Kind::Tokens);
    services.invalidation.forget(Kind::Sessions);
    if erasure == Erasure::Unknown {
        return Err(Problem::not_found("person"));
    }
    delegation_ends::end_offices(services, caller, id).await?;
    commenters::end_of_person(services, caller, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn checked(details: Details) -> Result<Details, Problem> {
    details
        .checked()
        .map_err(|faults| Problem::new("person_faulty").faults(faults))
}
