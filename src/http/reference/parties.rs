//! Parties.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::dates;
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::query::{self, Query};
use crate::http::handling::there::There;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::parties::{self as reading, Filter, PartyRow};
use domain::party::{Command, Party, PartyKind, PartyRegistered, PartyRegrouped, RegionalGroup};
use domain::{Lang, PartyId, Texts};

/// A party.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyView {
    /// Its id, made from its code.
    id: Uuid,
    /// ISO 3166-1 alpha-3 for a State; 2 to 20 of A-Z, 0-9 and hyphen otherwise.
    #[schema(example = "FIN")]
    code: String,
    /// member_state, observer_state, igo, ngo, programme_institute, un_entity, secretariat
    #[schema(value_type = domain::party::PartyKind)]
    kind: String,
    /// Its short name, in the language `lang`.
    name: String,
    /// The language of `name`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// Its short name in every language.
    names: Texts,
    /// ISO 3166-1 alpha-2.
    iso2: Option<String>,
    /// M49: three digits.
    m49: Option<String>,
    /// african, asia-pacific, eastern-european, grulac, weog; null: of no group
    #[schema(value_type = Option<domain::party::RegionalGroup>)]
    regional_group: Option<String>,
    /// M49 region.
    region: Option<String>,
    /// M49 sub-region.
    sub_region: Option<String>,
    /// When it was admitted as a Member State.
    #[schema(format = Date)]
    admitted: Option<String>,
}

impl PartyView {
    fn of_row(row: PartyRow, languages: &[Lang]) -> Self {
        let (lang, name) = chosen(&row.names, languages);
        let PartyRow {
            id,
            code,
            kind,
            names,
            iso2,
            m49,
            regional_group,
            region,
            sub_region,
            admitted,
        } = row;
        Self {
            id,
            code,
            kind,
            name,
            lang,
            names,
            iso2,
            m49,
            regional_group,
            region,
            sub_region,
            admitted,
        }
    }

    fn of(party: &Party, languages: &[Lang]) -> Self {
        let row = PartyRow {
            id: PartyId::of(&party.code).0,
            code: party.code.clone(),
            kind: party.kind.to_string(),
            names: party.names.clone(),
            iso2: party.iso2.clone(),
            m49: party.m49.clone(),
            regional_group: party.regional_group.map(|group| group.to_string()),
            region: party.region.clone(),
            sub_region: party.sub_region.clone(),
            admitted: party.admitted.map(|date| date.to_string()),
        };
        Self::of_row(row, languages)
    }
}

/// Which parties.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParties {
    /// Only parties of this kind.
    #[param(value_type = Option<domain::party::PartyKind>, inline)]
    kind: Option<String>,
    /// Only parties of this regional group.
    #[param(value_type = Option<domain::party::RegionalGroup>, inline)]
    regional_group: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Parties, in the order of their codes.
#[utoipa::path(tag = "reference", params(ListParties), responses((status = 200, body = Page<PartyView>)))]
#[get("/v1/parties")]
pub async fn list_parties(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListParties>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let kind: Option<PartyKind> = query::parse("kind", asked.kind.as_deref())?;
    let group: Option<RegionalGroup> =
        query::parse("regional_group", asked.regional_group.as_deref())?;
    let filter = Filter {
        kind: kind.map(|kind| kind.to_string()),
        regional_group: group.map(|group| group.to_string()),
        code: None,
        after: slice.after.clone(),
    };
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        &filter,
        slice.rows(),
    )
    .await?;
    let page = slice
        .page(read.rows, read.position, |row| row.code.clone())
        .map(|row| PartyView::of_row(row, &caller.languages));
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// A party by its id or its code.
#[utoipa::path(tag = "reference", params(("party", description = "id or code")), responses((status = 200, body = PartyView)))]
#[get("/v1/parties/{party}")]
pub async fn get_party(
    request: HttpRequest,
    caller: Caller,
    party: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = party_id(&party).0;
    let loaded = services.desk.load::<Party>(id, true).await?;
    let party = There::is(&loaded).ok_or(Problem::not_found("party"))?;
    let tag = Tag::Resource(party.position, Reader::of(&caller.languages));
    let view = PartyView::of(&party, &caller.languages);
    let lang = view.lang.as_deref();
    Ok(conditional::answer_in(&request, &tag, lang, &view))
}

/// A party named by id or by code.
pub fn party_id(named: &str) -> PartyId {
    named
        .parse()
        .unwrap_or_else(|_| PartyId::of(&named.to_ascii_uppercase()))
}

/// A party to register.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterParty {
    /// ISO 3166-1 alpha-3 for a State; 2 to 20 of A-Z, 0-9 and hyphen otherwise.
    code: String,
    /// member_state, observer_state, igo, ngo, programme_institute, un_entity, secretariat
    kind: PartyKind,
    /// Its short name, in English at least.
    names: Texts,
    /// ISO 3166-1 alpha-2.
    iso2: Option<String>,
    /// M49: three digits.
    m49: Option<String>,
    /// For a Member State: african, asia-pacific, eastern-european, grulac, weog
    regional_group: Option<RegionalGroup>,
    /// M49 region.
    region: Option<String>,
    /// M49 sub-region.
    sub_region: Option<String>,
    /// When it was admitted as a Member State.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    #[schema(value_type = Option<String>, format = Date)]
    admitted: Option<Date>,
}

/// Registers a party.
#[utoipa::path(tag = "reference", request_body = RegisterParty, responses((status = 201, body = PartyView)))]
#[post("/v1/parties")]
pub async fn register_party(write: Write<RegisterParty>) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let register = Command::Register(PartyRegistered {
        code: new.code.clone(),
        kind: new.kind,
        names: new.names.clone(),
        iso2: new.iso2.clone(),
        m49: new.m49.clone(),
        regional_group: new.regional_group,
        region: new.region.clone(),
        sub_region: new.sub_region.clone(),
        admitted: new.admitted,
    });
    change(&write, PartyId::of(&new.code), register).await
}

/// A party's regional group from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegroupParty {
    /// african, asia-pacific, eastern-european, grulac, weog; null or absent: of no group
    regional_group: Option<RegionalGroup>,
    /// The day from which it holds.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why.
    reason: String,
}

/// Counts a State in another regional group. Invitations that were sent keep the group of their day.
#[utoipa::path(tag = "reference", params(("party", description = "id or code")), request_body = RegroupParty,
    responses((status = 200, body = PartyView)))]
#[post("/v1/parties/{party}/regional-group")]
pub async fn regroup_party(
    write: Write<RegroupParty>,
    party: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let regroup = Command::Regroup(PartyRegrouped {
        regional_group: write.body.regional_group,
        on: write.body.on,
        reason: write.body.reason.clone(),
    });
    change(&write, party_id(&party), regroup).await
}

async fn change<B>(
    write: &Write<B>,
    id: PartyId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Register(_));
    let decided = write.decide::<Party>(id, command).await?;
    let party = There::is(&decided.now).ok_or(Problem::not_found("party"))?;
    let location = is_new.then(|| format!("/v1/parties/{}", party.code));
    let view = PartyView::of(&party, &write.caller.languages);
    Ok(conditional::written(location, party.position, &view))
}
