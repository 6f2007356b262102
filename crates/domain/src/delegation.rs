//! A delegation: who acts for one party in one collection. One person at a time is its focal point; contributors draft
//! the sections that they are admitted to. Events name persons by id; the directory knows who they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decider::unless;
use super::fault::{self, pointer};
use super::questionnaire::Questionnaire;
use super::reply::Consent;
use super::{CollectionId, PartyId, PersonId, collection};

#[cfg(test)]
mod tests;

/// The most contributors of a delegation.
const MAX_CONTRIBUTORS: usize = 200;

// Events

events! {
    /// What happens to a delegation.
    pub enum Event {
        FocalPointNominated = "focal_point_nominated",
        FocalPointNamed = "focal_point_named",
        FocalPointEnded = "focal_point_ended",
        ContributorAdmitted = "contributor_admitted",
        ContributorDismissed = "contributor_dismissed",
    }
}

/// Of whom the delegation is. Every event says so, since a stream's id does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationKey {
    /// The collection.
    pub collection: CollectionId,
    /// The party.
    pub party: PartyId,
}

/// A permanent mission proposes a focal point; an officer has to name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocalPointNominated {
    /// Whose delegation.
    #[serde(flatten)]
    pub of: DelegationKey,
    /// Who.
    pub person: PersonId,
}

/// Somebody is the focal point from now on, and nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocalPointNamed {
    /// Whose delegation.
    #[serde(flatten)]
    pub of: DelegationKey,
    /// Who.
    pub person: PersonId,
}

/// Nobody is the focal point until somebody is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocalPointEnded {
    /// Whose delegation.
    #[serde(flatten)]
    pub of: DelegationKey,
}

/// A colleague may draft these sections from now on, and no others; they read those, and what is opened to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributorAdmitted {
    /// Whose delegation.
    #[serde(flatten)]
    pub of: DelegationKey,
    /// Who.
    pub person: PersonId,
    /// The codes of the sections, in order.
    pub sections: BTreeSet<String>,
    /// What else they may read of the reply; none: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<Consent>,
}

/// A colleague may draft nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributorDismissed {
    /// Whose delegation.
    #[serde(flatten)]
    pub of: DelegationKey,
    /// Who.
    pub person: PersonId,
}

// State

/// A delegation as it is now; one of which nothing was ever said is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delegation {
    /// The focal point's office.
    pub office: Office,
    /// Whom the permanent mission nominates, until somebody is named.
    pub nominated: Option<PersonId>,
    /// The contributors, each with what they were admitted to.
    pub contributors: BTreeMap<PersonId, ContributorAdmission>,
}

/// What a contributor was admitted to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContributorAdmission {
    /// The codes of the sections to draft.
    pub sections: BTreeSet<String>,
    /// What else of the reply is opened to them to read.
    pub reads: Option<Consent>,
}

impl ContributorAdmission {
    /// The codes of the sections that they read; none where the whole reply is opened to them.
    pub fn readable(&self) -> Option<BTreeSet<String>> {
        match &self.reads {
            Some(Consent::All(_)) => None,
            Some(Consent::Sections(opened)) => Some(&self.sections | opened),
            None => Some(self.sections.clone()),
        }
    }
}

/// The office of the focal point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Office {
    /// Nobody was ever named: whichever of the party's focal points begins the reply holds it.
    #[default]
    Unfilled,
    /// This person's, and nobody else's.
    Held(PersonId),
    /// The last one ended, and nobody has been named since.
    Vacant,
}

/// What there is from the start, without an event.
pub type State = Delegation;

impl Delegation {
    /// The focal point, if one was named.
    pub fn focal_point(&self) -> Option<PersonId> {
        match self.office {
            Office::Held(person) => Some(person),
            Office::Unfilled | Office::Vacant => None,
        }
    }

    /// Whether this person may act as the focal point, where `began` is who began the reply.
    pub fn is_focal_point(&self, person: PersonId, began: Option<PersonId>) -> bool {
        match self.office {
            Office::Held(holder) => holder == person,
            Office::Unfilled => began.is_none_or(|began| began == person),
            Office::Vacant => false,
        }
    }
}

fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::FocalPointNominated(event) => state.nominated = Some(event.person),
        Event::FocalPointNamed(event) => {
            state.office = Office::Held(event.person);
            state.nominated = None;
            state.contributors.remove(&event.person);
        }
        Event::FocalPointEnded(_) => state.office = Office::Vacant,
        Event::ContributorAdmitted(event) => {
            let admitted = ContributorAdmission {
                sections: event.sections.clone(),
                reads: event.reads.clone(),
            };
            state.contributors.insert(event.person, admitted);
        }
        Event::ContributorDismissed(event) => {
            state.contributors.remove(&event.person);
        }
    }
    state
}

// Commands

/// What somebody wants of a delegation.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Whose.
    pub of: DelegationKey,
    /// What.
    pub change: DelegationChange,
}

/// What is to change.
#[derive(Clone, Debug, PartialEq)]
pub enum DelegationChange {
    /// Propose a focal point.
    Nominate(PersonId),
    /// Make somebody the focal point; the one before is it no longer.
    Name(PersonId),
    /// Leave the office vacant.
    End,
    /// Let a colleague draft these sections, and no others.
    Admit {
        /// Who.
        person: PersonId,
        /// The sections' codes, as they were given.
        sections: Vec<String>,
        /// What else of the reply is opened to them to read.
        reads: Option<Consent>,
        /// Who admits; only the focal point may. None: the Secretariat.
        by: Option<PersonId>,
    },
    /// Let a colleague draft nothing any more.
    Dismiss {
        /// Who.
        person: PersonId,
        /// Who dismisses; only the focal point may. None: the Secretariat.
        by: Option<PersonId>,
    },
}

/// What decisions on a delegation read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The collection.
    pub collection: Arc<collection::State>,
    /// The revision that it asks.
    pub questionnaire: Arc<Questionnaire>,
    /// Who began the party's reply, if it is begun.
    pub begun_by: Option<PersonId>,
    /// Whether the last office that whoever asks was given for the party has ended: they admit nobody where nobody holds
    /// the office, unless they began the reply. Nor does whoever nobody looked at.
    pub is_replaced: Option<bool>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        UnknownCollection = "unknown_collection", "there is no such collection";
        PartyNotInvited = "party_not_invited", "the party is not invited to reply in the collection";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        IsFocalPoint = "is_focal_point", "the person is the party's focal point, and no contributor";
        NoFocalPoint = "no_focal_point", "the party has no focal point in the collection";
        UnknownContributor = "unknown_contributor", "the person is no contributor";
        TooManyContributors = "too_many_contributors", "the delegation has as many contributors as it may have";
        DelegationFaulty(faults) = "delegation_faulty", "what is said of the delegation has faults";
    }
}

// Decide

decider!(Delegation);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let collection = context.collection.as_ref().as_ref();
    let collection = collection.ok_or(Refusal::UnknownCollection)?;
    let Command { of, change } = command;
    if !collection.invited.contains_key(&of.party) {
        return Err(Refusal::PartyNotInvited);
    }
    match change {
        DelegationChange::Nominate(person) => {
            let known = state.nominated == Some(person) || state.focal_point() == Some(person);
            Ok(unless(known, FocalPointNominated { of, person }))
        }
        DelegationChange::Name(person) => {
            let known = state.focal_point() == Some(person);
            Ok(unless(known, FocalPointNamed { of, person }))
        }
        DelegationChange::End => match state.office {
            Office::Held(_) => Ok(vec![FocalPointEnded { of }.into()]),
            Office::Unfilled | Office::Vacant => Err(Refusal::NoFocalPoint),
        },
        DelegationChange::Admit {
            person,
            sections,
            reads,
            by,
        } => {
            may_admit(state, context, by)?;
            let questionnaire = &context.questionnaire;
            admit(state, questionnaire, of, person, (sections, reads))
        }
        DelegationChange::Dismiss { person, by } => {
            may_admit(state, context, by)?;
            if !state.contributors.contains_key(&person) {
                return Err(Refusal::UnknownContributor);
            }
            Ok(vec![ContributorDismissed { of, person }.into()])
        }
    }
}

fn may_admit(state: &State, context: &Context, by: Option<PersonId>) -> Result<(), Refusal> {
    let Some(person) = by else {
        return Ok(());
    };
    let is_nobodys = state.office == Office::Unfilled && context.begun_by.is_none();
    if (is_nobodys && context.is_replaced != Some(false))
        || !state.is_focal_point(person, context.begun_by)
    {
        return Err(Refusal::NotFocalPoint);
    }
    Ok(())
}

fn admit(
    state: &State,
    questionnaire: &Questionnaire,
    of: DelegationKey,
    person: PersonId,
    (sections, reads): (Vec<String>, Option<Consent>),
) -> Result<Vec<Event>, Refusal> {
    if state.focal_point() == Some(person) {
        return Err(Refusal::IsFocalPoint);
    }
    let known = |code: &String| {
        questionnaire
            .sections
            .iter()
            .any(|section| section.code == *code)
    };
    let no_such = |at: String, code: &String| fault::NO_SUCH_SECTION.at(at).arg("code", code);
    let unknown = sections.iter().enumerate().filter(|(_, code)| !known(code));
    let mut faults: Vec<_> = unknown
        .map(|(index, code)| no_such(pointer("/sections", index), code))
        .collect();
    // A set's members have no place in it: each is named by itself.
    if let Some(Consent::Sections(opened)) = &reads {
        let unknown = opened.iter().filter(|code| !known(code));
        faults.extend(unknown.map(|code| no_such(pointer("/reads/sections", code), code)));
    }
    if sections.is_empty() {
        faults.push(fault::LIST_EMPTY.at("/sections"));
    }
    fault::none(faults).map_err(Refusal::DelegationFaulty)?;
    let wanted = ContributorAdmission {
        sections: sections.into_iter().collect(),
        reads: reads.filter(|reads| *reads != Consent::Sections(BTreeSet::new())),
    };
    let held = state.contributors.get(&person);
    if held.is_none() && state.contributors.len() >= MAX_CONTRIBUTORS {
        return Err(Refusal::TooManyContributors);
    }
    let same = held == Some(&wanted);
    let ContributorAdmission { sections, reads } = wanted;
    let admitted = ContributorAdmitted {
        of,
        person,
        sections,
        reads,
    };
    Ok(unless(same, admitted))
}
