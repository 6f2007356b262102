//! Delegations in lists: by collection, for the Secretariat; by person, for whoever acts.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::collections::{DeadlineView, basis_notice};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::NoticeView;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::delegations::{self as reading, DelegationRow};
use domain::{CollectionId, PartyId};

/// Which delegations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDelegations {
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// true: only parties whose permanent mission nominates somebody; false: only the others.
    #[param(value_type = Option<bool>)]
    nominated: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Who acts for each invited party, and how far it is, in the order of codes.
#[utoipa::path(tag = "delegations", params(ListDelegations), responses((status = 200, body = Page<DelegationRow>)))]
#[get("/v1/collections/{collection}/delegations")]
pub async fn list_delegations(
    request: HttpRequest,
    PathId(id): PathId<CollectionId>,
    Query(asked): Query<ListDelegations>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    services.collection(id, as_of.as_ref()).await?;
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        id.0,
        slice.after.as_deref(),
        slice.rows(),
        query::parse("nominated", asked.nominated.as_deref())?,
    )
    .await?;
    let page = slice.page(read.rows, read.position, |row| row.code.clone());
    let tag = Tag::Figure(read.changed, Reader::any());
    Ok(conditional::answer(&request, &tag, &page))
}

/// What the caller does.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficesView {
    /// Each party and collection for which the caller is the focal point or a contributor.
    offices: Vec<OfficeView>,
}

/// An office.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficeView {
    /// Of whom, and since when.
    #[serde(flatten)]
    office: reading::Office,
    /// Until when the party's reply is expected.
    deadline: DeadlineView,
    /// On whom the collection's public figures stand: `consenting` or `all`.
    basis: domain::collection::Basis,
    /// That, for people.
    notices: Vec<NoticeView>,
}

/// Where the caller was named focal point or admitted as a contributor: where to begin after signing in.
#[utoipa::path(tag = "delegations", responses((status = 200, body = OfficesView)))]
#[get("/v1/me/offices")]
pub async fn list_offices(
    caller: Caller,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let held = reading::of_person(services.log().pool(), caller.principal.id).await?;
    let mut offices = Vec::new();
    for office in held {
        let collection = CollectionId(office.collection);
        let collection = services.fresh_collection(collection).await?;
        let deadline = DeadlineView::of(collection.deadline_of(PartyId(office.party)));
        offices.push(OfficeView {
            office,
            deadline,
            basis: collection.basis,
            notices: vec![basis_notice(collection.basis, &caller.languages)],
        });
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(OfficesView { offices }))
}
