//! Delegations: who acts for a party in a collection.

pub mod ends;
pub mod invitees;
pub mod lists;

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{RecordedDecision, Request};
use crate::http::conditional::{self, Reader, Tag};
use crate::http::delegations::ends as delegation_ends;
use crate::http::delegations::invitees::InviteFocalPoint;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::party_id;
use crate::http::problem::Problem;
use crate::http::schemas::{ConsentInput, ConsentShape};
use crate::http::services::Services;
use crate::written;
use access::Role;
use domain::delegation::{Command, Delegation, DelegationChange, DelegationKey, Office};
use domain::phrase::expected;
use domain::reply::Consent;
use domain::{CollectionId, PersonId};

const UNFILLED: &str = "unfilled";
const HELD: &str = "held";
const VACANT: &str = "vacant";

/// Who acts for a party in a collection. Persons are told by id; who they are is told by the directory.
#[derive(Debug, Serialize, ToSchema)]
pub struct DelegationView {
    /// The collection.
    collection: Uuid,
    /// The party.
    party: Uuid,
    /// The office of the focal point: `unfilled` (nobody was named yet, and whoever begins the reply holds it), `held`,
    /// `vacant`.
    #[schema(value_type = written::OfficeState)]
    office: &'static str,
    /// The focal point, if one was named: to the Secretariat and to themselves the person's id in the directory; to others an
    /// id that is of this delegation alone, which tells nothing of whether and where else the person is known.
    focal_point: Option<Uuid>,
    /// Whom the permanent mission nominates.
    nominated: Option<Uuid>,
    /// The contributors.
    contributors: Vec<ContributorView>,
}

/// A contributor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributorView {
    /// The person, by an id as the focal point's.
    person: Uuid,
    /// The sections to draft.
    sections: BTreeSet<String>,
    /// What else of the reply is opened to them to read; not there: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ConsentShape>)]
    reads: Option<Consent>,
}

impl DelegationView {
    fn new(
        services: &Services,
        caller: &Caller,
        of: DelegationKey,
        delegation: &Delegation,
    ) -> Self {
        let contributors = delegation.contributors.iter();
        let shown_person_id = |person: PersonId| shown_person_id(services, caller, of, person);
        Self {
            collection: of.collection.0,
            party: of.party.0,
            office: match delegation.office {
                Office::Unfilled => UNFILLED,
                Office::Held(_) => HELD,
                Office::Vacant => VACANT,
            },
            focal_point: delegation.focal_point().map(shown_person_id),
            nominated: delegation.nominated.map(shown_person_id),
            contributors: contributors
                .map(|(person, admitted)| ContributorView {
                    person: shown_person_id(*person),
                    sections: admitted.sections.clone(),
                    reads: admitted.reads.clone(),
                })
                .collect(),
        }
    }
}

/// A person, by id.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ByPerson {
    /// The person's id in the directory.
    person: Uuid,
}

/// What a contributor drafts, and reads.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AdmitContributor {
    /// The codes of the sections to draft, which they read.
    sections: Vec<String>,
    /// What else of the reply is opened to them to read: nothing, if left out. All of it: also its needs, and what concerns no
    /// section, such as files and clarifications of the whole reply.
    #[schema(value_type = Option<ConsentShape>)]
    reads: Option<ConsentInput>,
}

/// Of whom a request is: parties see their own, to others it is not there.
///
/// # Errors
/// `not_found`.
pub fn delegation_key(
    caller: &Caller,
    collection: &str,
    party: &str,
) -> Result<DelegationKey, Problem> {
    let of = DelegationKey {
        collection: caller::id::<CollectionId>(collection, "collection")?,
        party: party_id(party),
    };
    caller.authorise_party(of.party, "delegation")?;
    Ok(of)
}

/// Who acts for a party in a collection.
#[utoipa::path(get, path = "/v1/collections/{collection}/parties/{party}/delegation", tag = "delegations", responses((status = 200, body = DelegationView)))]
pub async fn get_delegation(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let of = delegation_key(caller, &path.0, &path.1)?;
    let collection = services.fresh_collection(of.collection).await?;
    if !collection.invited.contains_key(&of.party) {
        return Err(Problem::not_found("delegation"));
    }
    let id = services.desk.ids().delegation(of.collection, of.party);
    let loaded = services.desk.load::<Delegation>(id.0, true).await?;
    let reader = if caller.principal.role.is_secretariat() {
        Reader::any()
    } else {
        Reader::any().seeing(&caller.principal.id)
    };
    Ok(lookup.answer(
        &Tag::Resource(loaded.position, reader),
        &DelegationView::new(services, caller, of, &loaded.state),
    ))
}

/// Makes a person the party's focal point. Whoever was it before may submit nothing any more, at once; if they hold no other
/// office of the party's, their account for it ends, with its sessions and tokens.
#[utoipa::path(put, path = "/v1/collections/{collection}/parties/{party}/focal-point", tag = "delegations", request_body = ByPerson, responses((status = 200, body = DelegationView)))]
pub async fn name_focal_point(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<ByPerson>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let person = existing_person(&services, body.value.person).await?;
    change(
        &services,
        &caller,
        of,
        &body.bytes,
        DelegationChange::Name(person),
    )
    .await
}

/// Leaves the focal point's office vacant. If whoever held it holds no other of the party's, their account for it ends, with
/// its sessions and tokens.
#[utoipa::path(delete, path = "/v1/collections/{collection}/parties/{party}/focal-point", tag = "delegations", responses((status = 200, body = DelegationView)))]
pub async fn end_focal_point(
    caller: Caller,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    change(&services, &caller, of, &[], DelegationChange::End).await
}

/// Whom to nominate: one of the two.
#[derive(Deserialize, ToSchema)]
pub struct NominateFocalPoint {
    /// The person's id in the directory.
    person: Option<Uuid>,
    /// Their name and address. No letter is sent to them before they are invited.
    somebody: Option<InviteFocalPoint>,
}

/// A permanent mission nominates a focal point, whom an officer has to name or invite.
#[utoipa::path(post, path = "/v1/collections/{collection}/parties/{party}/nomination", tag = "delegations", request_body = NominateFocalPoint, responses((status = 200, body = DelegationView)))]
pub async fn nominate_focal_point(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<NominateFocalPoint>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let person = match (&body.value.person, &body.value.somebody) {
        (Some(person), None) => existing_person(&services, *person).await?,
        (None, Some(somebody)) => {
            let new = somebody.read()?;
            // Nobody is put into the directory for a nomination that would be refused.
            let nobody = PersonId(Uuid::nil());
            may(&services, of, DelegationChange::Nominate(nobody)).await?;
            services.directory.find_or_add(&new).await?
        }
        _ => {
            let expected = expected::ONE_NAMED.codes(["person", "somebody"]);
            return Err(Problem::not_as_expected("", expected));
        }
    };
    let wanted = DelegationChange::Nominate(person);
    change(&services, &caller, of, &body.bytes, wanted).await
}

/// Admits a colleague to sections of the reply, in place of those before. They draft these and read them, and nothing else of
/// the reply but what `reads` opens.
#[utoipa::path(put, path = "/v1/collections/{collection}/parties/{party}/contributors/{person}", tag = "delegations", request_body = AdmitContributor, responses((status = 200, body = DelegationView)))]
pub async fn admit_contributor(
    caller: Caller,
    path: web::Path<(String, String, String)>,
    body: Body<AdmitContributor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let person = member(&services, &caller, of, &path.2).await?;
    let wanted = DelegationChange::Admit {
        person: existing_person(&services, person.0).await?,
        sections: body.value.sections.clone(),
        reads: body.value.reads.clone().map(|given| given.consent),
        by: by(&caller),
    };
    let changed = change(&services, &caller, of, &body.bytes, wanted).await;
    let reads = body.value.reads.as_ref();
    changed.map_err(|problem| ConsentInput::remap_sections(reads, "/reads/sections", problem))
}

/// Ends what a colleague was admitted to, at once. If they are a contributor of the party's nowhere else, their account for it
/// ends, with its sessions, links and tokens.
#[utoipa::path(delete, path = "/v1/collections/{collection}/parties/{party}/contributors/{person}", tag = "delegations", responses((status = 200, body = DelegationView)))]
pub async fn dismiss_contributor(
    caller: Caller,
    path: web::Path<(String, String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let wanted = DelegationChange::Dismiss {
        person: member(&services, &caller, of, &path.2).await?,
        by: by(&caller),
    };
    change(&services, &caller, of, &[], wanted).await
}

/// The id by which the caller is told of a person of a delegation.
pub(in crate::http) fn shown_person_id(
    services: &Services,
    caller: &Caller,
    of: DelegationKey,
    person: PersonId,
) -> Uuid {
    if caller.principal.role.is_secretariat() || caller.principal.id == person.0 {
        return person.0;
    }
    let ids = services.desk.ids();
    ids.member(ids.delegation(of.collection, of.party), person)
}

/// A contributor by the id by which the caller is told of them, or anybody by their own.
async fn member(
    services: &Services,
    caller: &Caller,
    of: DelegationKey,
    named: &str,
) -> Result<PersonId, Problem> {
    let named: PersonId = caller::id(named, "person")?;
    let id = services.desk.ids().delegation(of.collection, of.party);
    let delegation = services.desk.load::<Delegation>(id.0, true).await?.state;
    let mut contributors = delegation.contributors.keys();
    let found =
        contributors.find(|person| shown_person_id(services, caller, of, **person) == named.0);
    Ok(found.copied().unwrap_or(named))
}

/// Whose right to admit is judged: the Secretariat's needs no judging.
pub fn by(caller: &Caller) -> Option<PersonId> {
    (caller.principal.role == Role::FocalPoint).then_some(PersonId(caller.principal.id))
}

async fn existing_person(services: &Services, person: Uuid) -> Result<PersonId, Problem> {
    let person = PersonId(person);
    match services.directory.person(person).await? {
        Some(_) => Ok(person),
        None => Err(Problem::new("unknown_person")
            .arg("person", person)
            .at("/person")),
    }
}

/// Whether a change would be refused as things stand, so that nothing else is done for one that would.
///
/// # Errors
/// The delegation's refusals, as problems.
pub async fn may(
    services: &Services,
    of: DelegationKey,
    change: DelegationChange,
) -> Result<(), Problem> {
    let id = services.desk.ids().delegation(of.collection, of.party);
    let check = services
        .desk
        .check::<Delegation>(id.0, &(), Command { of, change });
    Ok(check.await?)
}

/// Changes a delegation. The policy and `of` have let whoever asks.
///
/// # Errors
/// The delegation's refusals, as problems.
pub async fn decide(
    services: &Services,
    request: &Request,
    of: DelegationKey,
    change: DelegationChange,
) -> Result<RecordedDecision<Delegation>, Problem> {
    let id = services.desk.ids().delegation(of.collection, of.party).0;
    let ends = matches!(
        change,
        DelegationChange::Name(_) | DelegationChange::End | DelegationChange::Dismiss { .. }
    );
    let command = Command { of, change };
    let decided = services
        .desk
        .decide::<Delegation>(request, id, &(), command, &[])
        .await?;
    if ends {
        delegation_ends::end_former(services, of).await?;
    }
    Ok(decided)
}

async fn change(
    services: &Services,
    caller: &Caller,
    of: DelegationKey,
    bytes: &[u8],
    change: DelegationChange,
) -> Result<HttpResponse, Problem> {
    let now = decide(services, &caller.request(bytes), of, change)
        .await?
        .now;
    let view = DelegationView::new(services, caller, of, &now.state);
    Ok(conditional::write_answer(None, now.position, &view))
}
