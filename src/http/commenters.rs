//! Who comments for a party in a consultation: named by an officer, invited by a letter with a link that opens once, and ended.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{PresentResource, RecordedDecision, Request};
use crate::following::letter_args;
use crate::http::conditional;
use crate::http::delegations::invitees::InviteFocalPoint;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::party_id;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::delegations::{former_commenters, rounds_of_commenter};
use crate::reading::parties;
use access::Role;
use access::inviting::{self, Invitee};
use directory::NewPerson;
use domain::commenters::{Command, Commenters, CommentersChange, CommentersKey};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::{ConsultationId, PartyId, PersonId};
use mail::AskedIn;

/// Who comments for a party in a consultation.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentersView {
    /// The consultation.
    consultation: Uuid,
    /// The party.
    party: Uuid,
    /// Their ids in the directory.
    persons: Vec<Uuid>,
}

impl CommentersView {
    fn new(of: CommentersKey, commenters: &Commenters) -> Self {
        Self {
            consultation: of.consultation.0,
            party: of.party.0,
            persons: commenters.persons.iter().map(|person| person.0).collect(),
        }
    }
}

/// An invitation that was sent. It says nothing of the person: not even whether the address was known before.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentInvitationSent {
    /// To which consultation.
    consultation: Uuid,
    /// For which party.
    party: Uuid,
    /// For how many days the link opens.
    valid_days: u64,
}

fn commenters_key(consultation: &str, party: &str) -> Result<CommentersKey, Problem> {
    Ok(CommentersKey {
        consultation: caller::id(consultation, "consultation")?,
        party: party_id(party),
    })
}

/// Who comments for a party in a consultation, beside its focal points and its mission.
#[utoipa::path(get, path = "/v1/consultations/{consultation}/parties/{party}/commenters", tag = "consultations", responses((status = 200, body = CommentersView)))]
pub async fn list_commenters(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let of = commenters_key(&path.0, &path.1)?;
    let consultation = services.desk.load::<Consultation>(of.consultation.0, true);
    let consultation = PresentResource::from_loaded(&consultation.await?);
    let consultation = consultation.ok_or(Problem::not_found("consultation"))?;
    if !consultation.asked.contains_key(&of.party) {
        return Err(Problem::not_found("party"));
    }
    let id = services.desk.ids().commenters(of.consultation, of.party);
    let loaded = services.desk.load::<Commenters>(id.0, true).await?;
    let view = CommentersView::new(of, &loaded.state);
    let tag = conditional::Tag::Resource(loaded.position, lookup.reader());
    Ok(lookup.answer(&tag, &view))
}

/// Lets somebody comment for a party that was asked, and sends them a link. Done again, it sends a fresh link, and earlier ones
/// open nothing any more.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/parties/{party}/invitation", tag = "consultations", request_body = InviteFocalPoint, responses((status = 201, body = CommentInvitationSent)))]
pub async fn invite_commenter(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<InviteFocalPoint>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = commenters_key(&path.0, &path.1)?;
    let new = body.value.read()?;
    let request = caller.request(&body.bytes);
    invite(&services, &request, caller.principal.role, of, &new).await?;
    let sent = CommentInvitationSent {
        consultation: of.consultation.0,
        party: of.party.0,
        valid_days: access::links::INVITATION_LASTS.as_secs() / (24 * 60 * 60),
    };
    Ok(HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(sent))
}

/// Ends that somebody comments for a party, at once: if they comment for it nowhere else, their account for it ends, with its
/// sessions, links and tokens. What they said stays the party's.
#[utoipa::path(delete, path = "/v1/consultations/{consultation}/parties/{party}/commenters/{person}", tag = "consultations", responses((status = 200, body = CommentersView)))]
pub async fn end_commenter(
    caller: Caller,
    path: web::Path<(String, String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let of = commenters_key(&path.0, &path.1)?;
    let person: PersonId = caller::id(&path.2, "person")?;
    let change = CommentersChange::End(person);
    let decided = decide(&services, &caller.request(&[]), of, change).await?;
    let view = CommentersView::new(of, &decided.now.state);
    Ok(conditional::write_answer(None, decided.now.position, &view))
}

/// Lets somebody comment and invites them. Whoever comments already is sent another link.
///
/// # Errors
/// The refusals of commenters, as problems.
async fn invite(
    services: &Services,
    request: &Request,
    inviter: Role,
    of: CommentersKey,
    new: &NewPerson,
) -> Result<(), Problem> {
    let id = services.desk.ids().commenters(of.consultation, of.party);
    // Nobody is put into the directory for an invitation that would be refused.
    let nobody = Command {
        of,
        change: CommentersChange::Name(PersonId(Uuid::nil())),
    };
    let check = services.desk.check::<Commenters>(id.0, &(), nobody);
    check.await?;
    let person = services.directory.find_or_add(new).await?;
    if name(services, request, of, person).await? {
        return Ok(());
    }
    let (pool, desk) = (services.log().pool(), &services.desk);
    let consultation = desk.load::<Consultation>(of.consultation.0, false).await?;
    let instrument = match consultation.state.as_ref() {
        Some(held) => {
            desk.load::<Instrument>(held.instrument.0, false)
                .await?
                .state
        }
        None => Arc::default(),
    };
    let party = parties::names(pool, of.party).await?;
    let (consultation, instrument) = ((*consultation.state).as_ref(), (*instrument).as_ref());
    let invitee = Invitee {
        person,
        role: Role::Commenter,
        party: of.party,
        to: AskedIn::Consultation(of.consultation),
        sections: Vec::new(),
        inviter,
        command: request.command.id,
        args: letter_args::comment_invitation(party, consultation, instrument),
    };
    inviting::invite_again(pool, &services.outbox, &invitee).await?;
    services.outbox.wake();
    Ok(())
}

/// Lets a person comment, whom a letter then invites; answers whether they did not comment already.
///
/// # Errors
/// The refusals of commenters, as problems.
pub async fn name(
    services: &Services,
    request: &Request,
    of: CommentersKey,
    person: PersonId,
) -> Result<bool, Problem> {
    let command = request.command;
    // A command that was recorded already has said what it wished.
    if services.log().find_command(command).await?.is_none() {
        inviting::note_invitation_wish(services.log().pool(), command.id).await?;
    }
    let decided = decide(services, request, of, CommentersChange::Name(person)).await?;
    services.letters.reach(services.head()).await;
    Ok(!decided.events.is_empty())
}

async fn decide(
    services: &Services,
    request: &Request,
    of: CommentersKey,
    change: CommentersChange,
) -> Result<RecordedDecision<Commenters>, Problem> {
    let id = services.desk.ids().commenters(of.consultation, of.party).0;
    let command = Command { of, change };
    let decided = services
        .desk
        .decide::<Commenters>(request, id, &(), command, &[])
        .await?;
    if matches!(change, CommentersChange::End(_)) {
        end_former(services, of).await?;
    }
    Ok(decided)
}

/// Ends the access of whoever commented for the party in the consultation and comments for it nowhere now, as that of former
/// focal points ends.
async fn end_former(services: &Services, of: CommentersKey) -> Result<(), Problem> {
    let pool = services.log().pool();
    let former = former_commenters(pool, of.consultation.0, of.party.0).await?;
    let former = former.into_iter();
    let former = former.map(|person| (PersonId(person), Role::Commenter));
    let asked_in = AskedIn::Consultation(of.consultation);
    services
        .end_former_accounts(former, of.party, asked_in)
        .await
}

/// Ends that a person comments, for whomever, as when they are erased.
///
/// # Errors
/// The log does not take it.
pub async fn end_of_person(
    services: &Services,
    caller: &Caller,
    person: PersonId,
) -> Result<(), Problem> {
    let actor = caller.principal.actor();
    for (consultation, party) in rounds_of_commenter(services.log().pool(), person.0).await? {
        let of = CommentersKey {
            consultation: ConsultationId(consultation),
            party: PartyId(party),
        };
        let request = Request::unkeyed(actor.clone());
        match decide(services, &request, of, CommentersChange::End(person)).await {
            Err(problem) if problem.code() == "unknown_commenter" => {}
            done => drop(done?),
        }
    }
    Ok(())
}
