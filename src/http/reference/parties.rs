//! Parties.

use actix_web::{HttpResponse, web};

use crate::desk::PresentResource;
use crate::http::conditional::{self, Tag};
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::party_id;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::reading::parties::{self as reading, PartyFilter, PartyRow};
use domain::party::{Command, Party, PartyRegistered, PartyRegrouped};
use domain::{Lang, PartyId};

/// Parties, in the order of their codes.
#[utoipa::path(get, path = "/v1/parties", tag = "reference", params(PartyFilter, Paging, At), responses((status = 200, body = Page<PartyRow>)))]
pub async fn list_parties(list: ListLookup<PartyFilter>) -> Result<HttpResponse, Problem> {
    let read = async || Ok(reading::list(list.pool(), &list.part()?, &list.query).await?);
    let code = |row: &PartyRow| row.code.clone();
    let show = |row: PartyRow| row.told(list.languages());
    list.answer_page(read, code, show).await
}

/// A party by its id or its code.
#[utoipa::path(get, path = "/v1/parties/{party}", tag = "reference", params(("party", description = "id or code")), responses((status = 200, body = PartyRow)))]
pub async fn get_party(lookup: Lookup, party: web::Path<String>) -> Result<HttpResponse, Problem> {
    let party = lookup.object::<Party, _, _>(party_id(&party)).await?;
    let view = row(&party, lookup.languages());
    let tag = Tag::Resource(party.position, lookup.reader());
    Ok(lookup.answer_in(view.lang.map(Lang::as_str), &tag, &view))
}

/// A party as lists have it.
fn row(party: &Party, languages: &[Lang]) -> PartyRow {
    let row = PartyRow {
        id: PartyId::from_code(&party.code).0,
        code: party.code.clone(),
        kind: party.kind,
        name: String::new(),
        lang: None,
        names: party.names.clone(),
        iso2: party.iso2.clone(),
        m49: party.m49.clone(),
        regional_group: party.regional_group,
        region: party.region.clone(),
        sub_region: party.sub_region.clone(),
        admitted: party.admitted,
    };
    row.told(languages)
}

/// Registers a party.
#[utoipa::path(post, path = "/v1/parties", tag = "reference", request_body = PartyRegistered, responses((status = 201, body = PartyRow)))]
pub async fn register_party(write: Write<PartyRegistered>) -> Result<HttpResponse, Problem> {
    let new = write.body.clone();
    change(
        &write,
        PartyId::from_code(&new.code),
        Command::Register(new),
    )
    .await
}

/// Counts a State in another regional group. Invitations that were sent keep the group of their day.
#[utoipa::path(post, path = "/v1/parties/{party}/regional-group", tag = "reference", params(("party", description = "id or code")), request_body = PartyRegrouped,
    responses((status = 200, body = PartyRow)))]
pub async fn regroup_party(
    write: Write<PartyRegrouped>,
    party: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let regroup = Command::Regroup(write.body.clone());
    change(&write, party_id(&party), regroup).await
}

async fn change<B>(
    write: &Write<B>,
    id: PartyId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Register(_));
    let decided = write.decide::<Party>(id, command).await?;
    let party = PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("party"))?;
    let location = is_new.then(|| format!("/v1/parties/{}", party.code));
    let view = row(&party, &write.caller.languages);
    Ok(conditional::write_answer(location, party.position, &view))
}
