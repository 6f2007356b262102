//! Replies as they are found: whether the caller may see one.

use std::ops::Deref;
use std::sync::Arc;

use crate::desk::PresentResource;
use crate::desk::{AskedAt, Desk, DeskError, LoadedState};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::problem::Problem;
use crate::http::rights::sight::Sight;
use crate::http::services::Services;
use crate::reading::delegations::last_named;
use crate::reading::replies;
use crate::reading::viewer::{self, Viewer};
use access::{Principal, Role};
use domain::delegation::{Delegation, Office};
use domain::questionnaire::{AnswerMap, AnswerValue};
use domain::reply::{self, Reply};
use domain::{CollectionId, PartyId, PersonId, ReplyId};
use event_log::ReadError;

/// A reply as the caller sees it.
#[derive(Debug)]
pub struct VisibleReply {
    reply: PresentResource<Reply>,
    /// How much of it that is.
    pub sight: Sight,
    /// As of when it is said what its collection asks, where it can be changed.
    pub asked: AskedAt,
    /// All its answers.
    pub whole: AnswerMap<AnswerValue>,
    /// Its answers, as far as their number is told: of a draft all its party's, of which others are told no more.
    pub answered: AnswerMap<AnswerValue>,
}

impl Deref for VisibleReply {
    type Target = PresentResource<Reply>;

    fn deref(&self) -> &PresentResource<Reply> {
        &self.reply
    }
}

impl VisibleReply {
    /// So much of a reply.
    async fn new(
        desk: &Desk,
        id: ReplyId,
        reply: PresentResource<Reply>,
        sight: Sight,
        asked: AskedAt,
    ) -> Result<Self, DeskError> {
        let all = reply.answers.clone();
        let reply = match sight {
            Sight::Whole => reply,
            Sight::Submitted => {
                let shown = reply.as_submitted();
                reply.seen_as(shown)
            }
            Sight::Sections(_) => {
                let form = desk.form_of_reply(&reply, asked).await?;
                let shown = sight.show(&reply, &form);
                reply.seen_as(shown)
            }
        };
        let reply = match sight {
            // When something was saved, and how often, is its party's too.
            Sight::Submitted => {
                let told =
                    replies::last_told_position(desk.log().pool(), id.0, Some(reply.position))
                        .await;
                reply.at(told.map_err(ReadError::from)?)
            }
            Sight::Whole | Sight::Sections(_) => reply,
        };
        let is_withheld = sight.withholds(&reply);
        let answered = if is_withheld {
            all.clone()
        } else {
            reply.answers.clone()
        };
        Ok(Self {
            reply,
            sight,
            asked,
            whole: all,
            answered,
        })
    }

    /// A reply as whoever has just changed it sees it: for its party, or for the Secretariat.
    ///
    /// # Errors
    /// `not_found`, where it is not there.
    pub async fn after_write(
        services: &Services,
        caller: &Caller,
        id: ReplyId,
        loaded: &LoadedState<reply::State>,
    ) -> Result<Self, Problem> {
        let reply = PresentResource::from_loaded(loaded).ok_or(Problem::not_found("reply"))?;
        let sight = match caller.principal.role.is_secretariat() {
            true => Sight::of_secretariat(&reply),
            false => Sight::Whole,
        };
        // The decision guarded the collection.
        Ok(Self::new(&services.desk, id, reply, sight, AskedAt::Known).await?)
    }
}

/// A reply that the caller may see, as far as they see it, as this process knows it, or as it is in the database.
///
/// # Errors
/// `not_found`, for a reply of another party too.
pub async fn visible(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    fresh: bool,
) -> Result<VisibleReply, Problem> {
    let (reply, delegation) = found(services, caller, id, fresh).await?;
    let sight = Sight::for_principal(&caller.principal, &reply, &delegation);
    let asked = if fresh { AskedAt::Now } else { AskedAt::Known };
    Ok(VisibleReply::new(&services.desk, id, reply, sight, asked).await?)
}

/// A reply of which the caller may see something, and who acts for its party.
async fn found(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    fresh: bool,
) -> Result<(PresentResource<Reply>, Arc<Delegation>), Problem> {
    if !is_known_to_be_seen(services, caller, id) && !is_seen(services, caller, id).await? {
        return Err(Problem::not_found("reply"));
    }
    let mut seen = delegated(services, caller, id, fresh).await?;
    if !fresh && seen.is_none() {
        // What is known by heart may be of yesterday: another process may have named whoever asks.
        seen = delegated(services, caller, id, true).await?;
    }
    let (reply, delegation) = seen.ok_or(Problem::not_found("reply"))?;
    // What the Secretariat entered is nobody's in particular: whoever was replaced elsewhere does not see it either.
    if caller.principal.role == Role::FocalPoint
        && reply.begun_by.is_none()
        && delegation.office == Office::Unfilled
        && is_replaced_now(services, reply.party, PersonId(caller.principal.id)).await?
    {
        return Err(Problem::not_found("reply"));
    }
    Ok((reply, delegation))
}

/// A reply and who acts for its party, if it is there and the caller is one of them or needs not to be.
async fn delegated(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    fresh: bool,
) -> Result<Option<(PresentResource<Reply>, Arc<Delegation>)>, Problem> {
    let loaded = services.desk.load::<Reply>(id.0, fresh).await?;
    let Some(reply) = PresentResource::from_loaded(&loaded) else {
        return Ok(None);
    };
    caller.authorise_party(reply.party, "reply")?;
    let delegation = services
        .desk
        .ids()
        .delegation(reply.collection, reply.party);
    let delegation = services
        .desk
        .load_provisional::<Delegation>(delegation.0, fresh);
    let delegation = delegation.await?.state;
    let is_seen = is_delegated(&caller.principal, &delegation, reply.begun_by);
    Ok(is_seen.then_some((reply, delegation)))
}

/// Whether the caller sees the reply as far as this process knows by heart. It asks nothing, so that a reply that it knows of,
/// and that is not the caller's, takes it no longer to refuse than one that is not there.
fn is_known_to_be_seen(services: &Services, caller: &Caller, id: ReplyId) -> bool {
    let Some(known) = services.desk.known::<Reply>(id.0) else {
        return false;
    };
    let Some(reply) = known.state.as_ref() else {
        return false;
    };
    let principal = &caller.principal;
    if principal.role.is_secretariat() || !principal.sees(reply.party) {
        return principal.role.is_secretariat();
    }
    let delegation = services
        .desk
        .ids()
        .delegation(reply.collection, reply.party);
    let delegation = services.desk.known::<Delegation>(delegation.0);
    delegation.is_some_and(|delegation| {
        let is_anybodys = reply.begun_by.is_none() && delegation.state.office == Office::Unfilled;
        let is_judged = principal.role != Role::FocalPoint || !is_anybodys;
        is_judged && is_delegated(principal, &delegation.state, reply.begun_by)
    })
}

async fn is_seen(services: &Services, caller: &Caller, id: ReplyId) -> Result<bool, Problem> {
    let principal = &caller.principal;
    if principal.role.is_secretariat() {
        return Ok(true);
    }
    let eyes = Viewer {
        person: principal.id,
        role: principal.role.as_str(),
        party: principal.party.map(|party| party.0),
    };
    Ok(viewer::reply(services.log().pool(), id.0, eyes).await?)
}

/// Whether the last office that a person was given for a party has ended and nobody named them since, for this reply's
/// collection neither.
pub(in crate::http) async fn is_replaced_now(
    services: &Services,
    party: PartyId,
    person: PersonId,
) -> Result<bool, Problem> {
    let last = last_named(services.log().pool(), party.0, person.0).await?;
    let Some(collection) = last else {
        return Ok(false);
    };
    let delegation = services
        .desk
        .ids()
        .delegation(CollectionId(collection), party);
    let delegation = services.desk.load::<Delegation>(delegation.0, true).await?;
    Ok(delegation.state.focal_point() != Some(person))
}

/// Whether somebody who may see what is the party's may see its reply: a focal point who was replaced may not any more,
/// and a colleague only once admitted.
fn is_delegated(
    principal: &Principal,
    delegation: &Delegation,
    begun_by: Option<PersonId>,
) -> bool {
    let person = PersonId(principal.id);
    match principal.role {
        Role::FocalPoint => delegation.is_focal_point(person, begun_by),
        Role::Contributor => delegation.contributors.contains_key(&person),
        _ => true,
    }
}

/// A reply as of now or then, as far as the caller sees it: rights are always those of now, and what was a draft then is
/// still nobody's but its party's.
///
/// # Errors
/// `not_found`, `before_it_existed`.
pub async fn visible_at<Q>(lookup: &Lookup<Q>, id: ReplyId) -> Result<VisibleReply, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let (mut reply, delegation) = found(services, caller, id, true).await?;
    let desk = &services.desk;
    if let Some(position) = lookup.position() {
        let then = desk.load_settled::<Reply>(id.0, position).await?;
        reply = PresentResource::from_loaded(&then).ok_or(Problem::new("before_it_existed"))?;
    }
    let sight = Sight::for_principal(&caller.principal, &reply, &delegation);
    let asked = AskedAt::from(lookup.position());
    Ok(VisibleReply::new(desk, id, reply, sight, asked).await?)
}
