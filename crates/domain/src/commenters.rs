//! Who comments for one party in one consultation, beside its focal points and its mission: an organization has neither. Events
//! name persons by id; the directory knows who they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decider::unless;
use super::{ConsultationId, PartyId, PersonId, consultation};

#[cfg(test)]
mod tests;

/// The most who comment for a party in a consultation.
const MAX_COMMENTERS: usize = 50;

// Events

events! {
    /// What happens to those who comment for a party.
    pub enum Event {
        CommenterNamed = "commenter_named",
        CommenterEnded = "commenter_ended",
    }
}

/// For whom, in what. Every event says so, since a stream's id does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentersKey {
    /// The consultation.
    pub consultation: ConsultationId,
    /// The party.
    pub party: PartyId,
}

/// Somebody comments for the party from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommenterNamed {
    /// For whom.
    #[serde(flatten)]
    pub of: CommentersKey,
    /// Who.
    pub person: PersonId,
}

/// Somebody comments for the party no more. What they said stays the party's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommenterEnded {
    /// For whom.
    #[serde(flatten)]
    pub of: CommentersKey,
    /// Who.
    pub person: PersonId,
}

// State

/// Who comments for the party now; nobody, before anybody is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commenters {
    /// Who.
    pub persons: BTreeSet<PersonId>,
}

/// What there is from the start, without an event.
pub type State = Commenters;

fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::CommenterNamed(event) => {
            state.persons.insert(event.person);
        }
        Event::CommenterEnded(event) => {
            state.persons.remove(&event.person);
        }
    }
    state
}

// Commands

/// What somebody wants of those who comment for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// For whom.
    pub of: CommentersKey,
    /// What.
    pub change: CommentersChange,
}

/// What is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentersChange {
    /// Let somebody comment for the party.
    Name(PersonId),
    /// Let somebody comment for it no more.
    End(PersonId),
}

/// What decisions on them read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The consultation.
    pub consultation: Arc<consultation::State>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        UnknownConsultation = "unknown_consultation", "there is no such consultation";
        PartyNotAsked = "party_not_asked", "the party was not asked for its comments";
        UnknownCommenter = "unknown_commenter", "the person does not comment for the party";
        TooManyCommenters = "too_many_commenters", "as many comment for the party as may";
    }
}

// Decide

decider!(Commenters);

/// Also once the consultation is closed: whoever comments reads what becomes of the comments.
fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let consultation = context.consultation.as_ref().as_ref();
    let consultation = consultation.ok_or(Refusal::UnknownConsultation)?;
    let Command { of, change } = command;
    if !consultation.asked.contains_key(&of.party) {
        return Err(Refusal::PartyNotAsked);
    }
    match change {
        CommentersChange::Name(person) => {
            let known = state.persons.contains(&person);
            if !known && state.persons.len() >= MAX_COMMENTERS {
                return Err(Refusal::TooManyCommenters);
            }
            Ok(unless(known, CommenterNamed { of, person }))
        }
        CommentersChange::End(person) if state.persons.contains(&person) => {
            Ok(vec![CommenterEnded { of, person }.into()])
        }
        CommentersChange::End(_) => Err(Refusal::UnknownCommenter),
    }
}
