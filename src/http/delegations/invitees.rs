//! Inviting persons: a focal point for a party, contributors for sections of its reply. Each is sent a link that opens once.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::Request;
use crate::following::letter_args;
use crate::http::delegations::{self, by, delegation_key};
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::schemas::{ConsentInput, ConsentShape};
use crate::http::services::Services;
use crate::reading::parties;
use access::Role;
use access::colleagues;
use access::inviting::{self, Invitee};
use directory::{Details, NewPerson};
use domain::collection::Collection;
use domain::delegation::{DelegationChange, DelegationKey};
use domain::reply::Consent;
use domain::{Lang, PersonId};
use mail::AskedIn;

/// Somebody to invite.
#[derive(Deserialize, ToSchema)]
pub struct InviteFocalPoint {
    /// Their name. Whoever has the address already keeps the name that the directory knows.
    name: String,
    /// Their address.
    email: String,
    /// In which they are written to: ar, zh, en, fr, ru, es.
    #[serde(default = "english")]
    language: Lang,
}

impl InviteFocalPoint {
    /// Somebody of this name and address.
    ///
    /// # Errors
    /// `person_faulty`.
    pub(in crate::http) fn read(&self) -> Result<NewPerson, Problem> {
        person(&self.name, &self.email, self.language)
    }
}

/// A colleague to invite.
#[derive(Deserialize, ToSchema)]
pub struct InviteContributor {
    /// Their name. Whoever has the address already keeps the name that the directory knows.
    name: String,
    /// Their address.
    email: String,
    /// In which they are written to: ar, zh, en, fr, ru, es.
    #[serde(default = "english")]
    language: Lang,
    /// The codes of the sections that they are to draft.
    sections: Vec<String>,
    /// What else of the reply is opened to them to read; nothing, if left out.
    #[schema(value_type = Option<ConsentShape>)]
    reads: Option<ConsentInput>,
}

fn english() -> Lang {
    Lang::En
}

/// An invitation that was sent. It says nothing of the person: not even whether the address was known before.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationSent {
    /// To which collection.
    collection: Uuid,
    /// For which party.
    party: Uuid,
    /// In what capacity: `focal_point`, `contributor`.
    #[schema(value_type = access::Role)]
    role: &'static str,
    /// The sections, where a contributor is invited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<String>,
    /// For how many days the link opens.
    valid_days: u64,
}

/// Makes somebody the party's focal point and sends them a link. Done again, it sends a fresh link, and earlier ones open
/// nothing any more. The focal point before, if it is another, may submit nothing any more, at once.
#[utoipa::path(post, path = "/v1/collections/{collection}/parties/{party}/invitation", tag = "delegations", request_body = InviteFocalPoint, responses((status = 201, body = InvitationSent)))]
pub async fn invite_focal_point(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<InviteFocalPoint>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let new = body.value.read()?;
    let request = caller.request(&body.bytes);
    let invitation = OfficeInvitation {
        services: &services,
        request: &request,
        inviter: caller.principal.role,
        by: by(&caller),
        of,
        role: Role::FocalPoint,
        sections: &[],
        reads: None,
    };
    invitation.invite(&new).await
}

/// Admits a colleague to sections of the reply and sends them a link. Done again, it sends a fresh link, and earlier ones
/// open nothing any more.
#[utoipa::path(post, path = "/v1/collections/{collection}/parties/{party}/contributors", tag = "delegations", request_body = InviteContributor, responses((status = 201, body = InvitationSent)))]
pub async fn invite_contributor(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<InviteContributor>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let InviteContributor {
        name,
        email,
        language,
        sections,
        reads,
    } = &body.value;
    let of = delegation_key(&caller, &path.0, &path.1)?;
    let new = person(name, email, *language)?;
    let request = caller.request(&body.bytes);
    let invitation = OfficeInvitation {
        services: &services,
        request: &request,
        inviter: caller.principal.role,
        by: by(&caller),
        of,
        role: Role::Contributor,
        sections,
        reads: reads.clone().map(|given| given.consent),
    };
    let invited = invitation.invite(&new).await;
    invited
        .map_err(|problem| ConsentInput::remap_sections(reads.as_ref(), "/reads/sections", problem))
}

/// An invitation to an office of a party's in a collection.
pub(in crate::http) struct OfficeInvitation<'a> {
    pub services: &'a Services,
    /// The command by which the office is given.
    pub request: &'a Request,
    /// The role of whoever invites.
    pub inviter: Role,
    /// Whose right to admit is judged; none: the Secretariat's.
    pub by: Option<PersonId>,
    pub of: DelegationKey,
    pub role: Role,
    pub sections: &'a [String],
    pub reads: Option<Consent>,
}

impl OfficeInvitation<'_> {
    fn change(&self, person: PersonId) -> DelegationChange {
        match self.role {
            Role::Contributor => DelegationChange::Admit {
                person,
                sections: self.sections.to_vec(),
                reads: self.reads.clone(),
                by: self.by,
            },
            _ => DelegationChange::Name(person),
        }
    }

    /// Gives a person the office, whom a letter then invites; answers whether they did not have it already.
    ///
    /// # Errors
    /// The delegation's refusals, as problems.
    pub async fn give(&self, person: PersonId) -> Result<bool, Problem> {
        let (services, command) = (self.services, self.request.command);
        // A command that was recorded already has said what it wished.
        if services.log().find_command(command).await?.is_none() {
            inviting::note_invitation_wish(services.log().pool(), command.id).await?;
        }
        let change = self.change(person);
        let decided = delegations::decide(services, self.request, self.of, change).await?;
        services.letters.reach(services.head()).await;
        Ok(!decided.events.is_empty())
    }

    async fn invite(self, new: &NewPerson) -> Result<HttpResponse, Problem> {
        let (services, of) = (self.services, self.of);
        // Nobody is put into the directory for an invitation that would be refused.
        delegations::may(services, of, self.change(PersonId(Uuid::nil()))).await?;
        let person = services.directory.find_or_add(new).await?;
        let pool = services.log().pool();
        colleagues::note(pool, (of.collection, of.party), person, &new.name).await?;
        // Whoever has the office already is not named anew, but sent another link: after the one that may be on its way.
        if !self.give(person).await? {
            let invitee = Invitee {
                person,
                role: self.role,
                party: of.party,
                to: AskedIn::Collection(of.collection),
                sections: self.sections.to_vec(),
                inviter: self.inviter,
                command: self.request.command.id,
                args: self.args().await?,
            };
            inviting::invite_again(pool, &services.outbox, &invitee).await?;
            services.outbox.wake();
        }
        let sent = InvitationSent {
            collection: of.collection.0,
            party: of.party.0,
            role: self.role.as_str(),
            sections: self.sections.to_vec(),
            valid_days: access::links::INVITATION_LASTS.as_secs() / (24 * 60 * 60),
        };
        Ok(HttpResponse::Created()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(sent))
    }

    /// What the letter says, but for the link.
    async fn args(&self) -> Result<Map<String, Value>, Problem> {
        let pool = self.services.log().pool();
        let party = parties::names(pool, self.of.party).await?;
        let collection = &self.services.desk;
        let collection = collection.load::<Collection>(self.of.collection.0, false);
        let collection = collection.await?.state;
        let collection = collection.as_ref().as_ref();
        Ok(letter_args::invitation(
            self.of.party,
            party,
            collection,
            self.sections,
        ))
    }
}

/// Somebody of this name and address.
///
/// # Errors
/// `person_faulty`.
fn person(name: &str, email: &str, language: Lang) -> Result<NewPerson, Problem> {
    let details = Details {
        name: name.to_owned(),
        email: email.to_owned(),
        telephone: None,
        function: None,
        language,
    };
    let checked = details.checked();
    let checked = checked.map_err(|faults| Problem::new("person_faulty").faults(faults))?;
    Ok(NewPerson {
        name: checked.name,
        email: checked.email,
        language,
    })
}
