//! Inviting parties to reply, as each is on that day. Who is invited is listed in `invitation_lists.rs`.

use std::collections::{HashMap, HashSet};

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::collections::{CollectionView, FAULTY, change};
use crate::http::handling::dates;
use crate::http::handling::part::PartError;
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::Part;
use crate::reading::parties::{self, PartyFilter, PartyRow};
use domain::collection::{Command, Invitation, Letter};
use domain::fault::pointer;
use domain::party::{PartyKind, RegionalGroup};
use domain::phrase::PlaceholderValue;
use domain::{CollectionId, Fault, PartyId};

/// More parties than there can be of a kind.
const ALL: i64 = 100_000;

/// Whom to invite: everybody of some kinds, the Member States of some regional groups, and parties by name.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = Whom)]
pub struct InviteeSelection {
    /// Every registered party of these kinds, such as member_state.
    #[serde(default)]
    pub(in crate::http) kinds: Vec<PartyKind>,
    /// Every Member State of these regional groups, such as african.
    #[serde(default)]
    regional_groups: Vec<RegionalGroup>,
    /// Parties by code or id.
    #[serde(default)]
    pub(in crate::http) parties: Vec<String>,
}

impl InviteeSelection {
    /// These kinds and parties.
    pub fn new(kinds: Vec<PartyKind>, parties: Vec<String>) -> Self {
        Self {
            kinds,
            regional_groups: Vec::new(),
            parties,
        }
    }
}

/// Whom to invite beside those that are invited already.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct InviteParties {
    /// Every registered party of these kinds, such as member_state.
    #[serde(default)]
    kinds: Vec<PartyKind>,
    /// Every Member State of these regional groups, such as african.
    #[serde(default)]
    regional_groups: Vec<RegionalGroup>,
    /// Parties by code or id.
    #[serde(default)]
    parties: Vec<String>,
    /// The letter that invites them; the one that opened the collection, if left out.
    letter: Option<LetterInput>,
}

/// A note verbale or letter.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct LetterInput {
    /// Its symbol.
    #[schema(example = "CU/2011/41")]
    reference: String,
    /// Its date.
    #[serde(deserialize_with = "dates::read_day")]
    dated: Date,
}

/// Parties to invite, each with where in the request it was asked for.
#[derive(Debug, Default)]
pub struct InvitationList {
    /// The invitations, with what each party is today.
    pub invitations: Vec<Invitation>,
    places: Vec<String>,
}

impl InvitationList {
    /// Leaves out whoever was not named and is one of these.
    fn leave_out(&mut self, is_one: impl Fn(PartyId) -> bool) {
        let all = std::mem::take(&mut self.invitations).into_iter();
        let all = all.zip(std::mem::take(&mut self.places));
        let is_named = |place: &str| place.starts_with("/parties/");
        let left = all.filter(|(invitation, place)| is_named(place) || !is_one(invitation.party));
        (self.invitations, self.places) = left.unzip();
    }

    /// Where in the request the invitation is that this points to in the list of all.
    pub fn place(&self, pointer_of: &str, list: &str) -> Option<String> {
        let index = pointer_of.strip_prefix(list)?.strip_prefix('/')?;
        self.places.get(index.parse::<usize>().ok()?).cloned()
    }
}

/// Invites more parties: of kinds and groups those that are not invited yet. Naming one that is invited already is a fault.
#[utoipa::path(post, path = "/v1/collections/{collection}/invitations", tag = "collections", request_body = InviteParties, responses((status = 200, body = CollectionView)))]
pub async fn invite_parties(
    write: Write<InviteParties>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let (services, asked) = (&write.services, &write.body);
    let whom = InviteeSelection {
        kinds: asked.kinds.clone(),
        regional_groups: asked.regional_groups.clone(),
        parties: asked.parties.clone(),
    };
    let already = services.fresh_collection(id).await?;
    let invited = expand(services, &whom, "").await;
    let mut invited = invited.map_err(|error| error.under(FAULTY))?;
    invited.leave_out(|party| already.invited.contains_key(&party));
    let letter = asked.letter.as_ref().map(|letter| Letter {
        reference: letter.reference.clone(),
        dated: letter.dated,
    });
    let parties = invited.invitations.clone();
    change(&write, id, Command::Invite { parties, letter })
        .await
        .map_err(|problem| problem.remap_pointers(|pointer| invited.place(pointer, "/parties")))
}

/// The invitations to send, with what each party is today. One that is asked for in several ways is invited once, unless it is
/// named twice.
///
/// # Errors
/// A fault for each party that is not registered.
pub async fn expand(
    services: &Services,
    asked: &InviteeSelection,
    at: &str,
) -> Result<InvitationList, PartError> {
    if asked.kinds.is_empty() && asked.regional_groups.is_empty() && asked.parties.is_empty() {
        return Ok(InvitationList::default());
    }
    let known = parties::list(
        services.log().pool(),
        &Part::first(None, ALL),
        &PartyFilter::default(),
    )
    .await?
    .rows;
    let by_id: HashMap<Uuid, &PartyRow> = known.iter().map(|row| (row.id, row)).collect();
    let named: Vec<Uuid> = asked.parties.iter().map(|name| party_id(name).0).collect();
    let place = |index: usize| pointer(&pointer(at, "parties"), index);
    let unknown = named.iter().zip(&asked.parties).enumerate();
    let unknown = unknown.filter(|(_, (id, _))| !by_id.contains_key(id));
    let faults: Vec<Fault> = unknown
        .map(|(index, (_, name))| Fault {
            code: "unknown_party",
            pointer: place(index),
            question: None,
            args: vec![("code", PlaceholderValue::same(name))],
        })
        .collect();
    if !faults.is_empty() {
        return Err(PartError::Faulty(faults));
    }
    let by_name = named.iter().enumerate();
    let mut found: Vec<(&PartyRow, String)> = by_name
        .filter_map(|(index, id)| Some((by_id.get(id).copied()?, place(index))))
        .collect();
    let is_named: HashSet<Uuid> = named.iter().copied().collect();
    for row in known.iter().filter(|row| !is_named.contains(&row.id)) {
        let is_state = row.kind == PartyKind::MemberState;
        let group = row.regional_group.filter(|_| is_state);
        if asked.kinds.contains(&row.kind) {
            found.push((row, pointer(at, "kinds")));
        } else if group.is_some_and(|group| asked.regional_groups.contains(&group)) {
            found.push((row, pointer(at, "regional_groups")));
        }
    }
    let (rows, places): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    Ok(InvitationList {
        invitations: rows.into_iter().map(invitation).collect(),
        places,
    })
}

fn invitation(row: &PartyRow) -> Invitation {
    Invitation {
        party: PartyId(row.id),
        kind: row.kind,
        regional_group: row.regional_group,
        region: row.region.clone(),
    }
}
