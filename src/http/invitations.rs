//! Invitations: who is asked to reply, as the party was on that day.

use std::collections::{BTreeSet, HashMap, HashSet};

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::body::Body;
use super::caller::{self, Caller};
use super::collections::{CollectionView, change};
use super::conditional::{self, Reader, Tag};
use super::page::{Page, Slice};
use super::parties::party_id;
use super::problem::Problem;
use super::query::Query;
use super::services::Services;
use crate::domain::collection::{Command, Invitation};
use crate::domain::fault::pointer;
use crate::domain::party::PartyKind;
use crate::domain::{CollectionId, Fault, PartyId};
use crate::reading::collections as reading;
use crate::reading::parties::{self, Filter, PartyRow};

/// More parties than there can be of a kind.
const ALL: i64 = 100_000;

/// Whom to invite: everybody of some kinds, and parties by name.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteParties {
    /// Every registered party of these kinds, such as member_state.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    kinds: Vec<PartyKind>,
    /// Parties by code or id.
    #[serde(default)]
    parties: Vec<String>,
}

impl InviteParties {
    /// These kinds and parties.
    pub fn of(kinds: Vec<PartyKind>, parties: Vec<String>) -> Self {
        Self { kinds, parties }
    }

    /// Where in the request an invitation is, given its place among those that [`expand`] made of it: those by name come
    /// first and in their order, and what follows comes of the kinds.
    pub fn place(&self, pointer_of: &str, list: &str, at: &str) -> Option<String> {
        let index = pointer_of.strip_prefix(list)?.strip_prefix('/')?;
        let index: usize = index.parse().ok()?;
        Some(if index < self.parties.len() {
            pointer(&pointer(at, "parties"), index)
        } else {
            pointer(at, "kinds")
        })
    }
}

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Its kind on the day of the invitation: figures count by it.
    kind: String,
    /// Its regional group on that day: figures count by it.
    regional_group: Option<String>,
    /// Its region on that day.
    region: Option<String>,
    /// The position of the invitation.
    position: i64,
    /// Whether it has replied: submitted and not withdrawn.
    replied: bool,
}

/// Which invitations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInvitations {
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    limit: Option<String>,
    /// A position or a time.
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Who is invited to a collection, in the order of codes.
#[utoipa::path(tag = "collections", params(ListInvitations), responses((status = 200, body = Page<InvitationView>)))]
#[get("/v1/collections/{collection}/invitations")]
pub async fn list_invitations(
    request: HttpRequest,
    collection: web::Path<String>,
    Query(asked): Query<ListInvitations>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(asked.cursor.as_deref(), asked.limit.as_deref())?;
    services.collection(id, as_of.as_ref()).await?;
    let read = reading::invitations(
        services.log().pool(),
        as_of.map(|head| head.position),
        id.0,
        slice.after.as_deref(),
        slice.rows(),
    )
    .await?;
    let page = slice
        .page(read.rows, read.position, |row| row.code.clone())
        .map(|row| InvitationView {
            party: row.party,
            code: row.code,
            kind: row.kind,
            regional_group: row.regional_group,
            region: row.region,
            position: row.since,
            replied: row.replied,
        });
    Ok(conditional::answer(
        &request,
        &Tag::Figure(read.changed, Reader::any()),
        &page,
    ))
}

/// Invites more parties.
#[utoipa::path(tag = "collections", request_body = InviteParties, responses((status = 200, body = CollectionView)))]
#[post("/v1/collections/{collection}/invitations")]
pub async fn invite_parties(
    caller: Caller,
    collection: web::Path<String>,
    body: Body<InviteParties>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let parties = expand(&services, &body.value, "").await?;
    let command = || Command::Invite {
        parties: parties.clone(),
    };
    change(&services, &caller, &collection, &body.bytes, command)
        .await
        .map_err(|problem| problem.placed(|pointer| body.value.place(pointer, "/parties", "")))
}

/// The invitations to send, with what each party is today.
///
/// # Errors
/// A fault for each party that is not registered.
pub async fn expand(
    services: &Services,
    asked: &InviteParties,
    at: &str,
) -> Result<Vec<Invitation>, Problem> {
    if asked.kinds.is_empty() && asked.parties.is_empty() {
        return Ok(Vec::new());
    }
    let known = parties::list(services.log().pool(), None, &Filter::default(), ALL)
        .await?
        .rows;
    let by_id: HashMap<Uuid, &PartyRow> = known.iter().map(|row| (row.id, row)).collect();
    let named: Vec<Uuid> = asked.parties.iter().map(|name| party_id(name).0).collect();
    let unknown = named
        .iter()
        .enumerate()
        .filter(|(_, id)| !by_id.contains_key(id));
    let faults: Vec<Fault> = unknown
        .map(|(index, _)| Fault {
            code: "unknown_party",
            pointer: pointer(&pointer(at, "parties"), index),
            question: None,
            args: vec![("code", asked.parties[index].clone())],
        })
        .collect();
    if !faults.is_empty() {
        return Err(Problem::new("collection_faulty").faults(faults));
    }
    let kinds: BTreeSet<&str> = asked.kinds.iter().map(|kind| kind.as_str()).collect();
    let is_named: HashSet<Uuid> = named.iter().copied().collect();
    let of_kinds = known
        .iter()
        .filter(|row| kinds.contains(row.kind.as_str()) && !is_named.contains(&row.id));
    let by_name = named.iter().filter_map(|id| by_id.get(id).copied());
    by_name
        .chain(of_kinds)
        .map(invitation)
        .collect::<Option<_>>()
        .ok_or(Problem::new("internal"))
}

fn invitation(row: &PartyRow) -> Option<Invitation> {
    Some(Invitation {
        party: PartyId(row.id),
        kind: row.kind.parse().ok()?,
        regional_group: match &row.regional_group {
            Some(group) => Some(group.parse().ok()?),
            None => None,
        },
        region: row.region.clone(),
    })
}
