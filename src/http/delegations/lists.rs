//! Delegations in lists: by collection, for the Secretariat; by person, for whoever acts.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas::{DeadlineView, NoticeView, basis_notice, chosen};
use crate::reading::delegations::{self as reading, DelegationRow};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::party::Party;
use domain::{CollectionId, PartyId};

/// Which delegations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListDelegations {
    /// true: only parties whose permanent mission nominates somebody; false: only the others.
    #[param(value_type = Option<bool>)]
    nominated: Option<bool>,
}

/// Who acts for each invited party, and how far it is, in the order of codes.
#[utoipa::path(get, path = "/v1/collections/{collection}/delegations", tag = "delegations", params(ListDelegations, Paging, At), responses((status = 200, body = Page<DelegationRow>)))]
pub async fn list_delegations(
    list: ListLookup<ListDelegations>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    list.services.collection(id, list.as_of.as_ref()).await?;
    let nominated = list.query.nominated;
    let read = reading::list(list.pool(), &list.part()?, id.0, nominated).await?;
    let code = |row: &DelegationRow| row.code.clone();
    let page = list.page(read.rows, read.position, code, |row| row);
    Ok(list.answer(&Tag::Figure(read.changed, Reader::any()), &page))
}

/// What the caller does.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficesView {
    /// Each party and collection for which the caller is the focal point or a contributor.
    offices: Vec<OfficeView>,
    /// Each party and consultation for which the caller was named to comment.
    comments: Vec<CommentOfficeView>,
}

/// A consultation in which the caller was named to comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentOfficeView {
    /// The consultation.
    consultation: Uuid,
    /// What it is called, or else what it is on, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<domain::Lang>,
    /// The instrument.
    instrument: Uuid,
    /// The revision of it that was forwarded.
    revision: u32,
    /// The party.
    party: Uuid,
    /// The party's code.
    code: String,
    /// Whether comments are taken.
    status: domain::consultation::Status,
    /// Until when comments are expected.
    deadline: DeadlineView,
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
#[utoipa::path(get, path = "/v1/me/offices", tag = "delegations", responses((status = 200, body = OfficesView)))]
pub async fn list_offices(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let held = reading::of_person(lookup.pool(), lookup.caller.principal.id).await?;
    let mut offices = Vec::new();
    for office in held {
        let collection = CollectionId(office.collection);
        let collection = lookup.services.fresh_collection(collection).await?;
        let deadline = DeadlineView::from_deadline(collection.deadline_of(PartyId(office.party)));
        offices.push(OfficeView {
            office,
            deadline,
            basis: collection.basis,
            notices: vec![basis_notice(collection.basis, lookup.languages())],
        });
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(OfficesView {
            offices,
            comments: commented(&lookup).await?,
        }))
}

/// The consultations in which the caller was named to comment, the oldest office first.
async fn commented(lookup: &Lookup) -> Result<Vec<CommentOfficeView>, Problem> {
    let desk = &lookup.services.desk;
    let rounds = reading::rounds_of_commenter(lookup.pool(), lookup.caller.principal.id).await?;
    let mut commented = Vec::new();
    for (consultation, party) in rounds {
        let held = desk.load::<Consultation>(consultation, true).await?.state;
        let Some(held) = held.as_ref() else { continue };
        let instrument = desk.load::<Instrument>(held.instrument.0, false).await?;
        let title = held.title.as_ref();
        let title = title.or(instrument.state.as_ref().as_ref().map(|found| &found.title));
        let (lang, title) = title.map_or((None, String::new()), |title| {
            chosen(title, lookup.languages())
        });
        let of = desk.load::<Party>(party, false).await?.state;
        commented.push(CommentOfficeView {
            consultation,
            title,
            lang,
            instrument: held.instrument.0,
            revision: held.revision,
            party,
            code: of
                .as_ref()
                .as_ref()
                .map(|of| of.code.clone())
                .unwrap_or_default(),
            status: held.status,
            deadline: DeadlineView::from_deadline(&held.until),
        });
    }
    Ok(commented)
}
