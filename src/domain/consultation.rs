//! A consultation: one round in which a revision of an instrument is forwarded for comments.
//!
//! Its id is computed from the instrument and the round, and rounds count up without a gap: so whoever decides on the
//! instrument can guard all of its rounds, and the next one that does not exist yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::collection::Deadline;
use super::comment::Undisposed;
use super::instrument::{self, Stage};
use super::party::PartyKind;
use super::{Decider, InstrumentId, PartyId, Texts};
use super::{fault, size};

mod checks;
mod events;
#[cfg(test)]
mod tests;

pub use events::{
    Asked, CommentsPublished, ConsultationClosed, ConsultationExtended, ConsultationOpened,
    ConsultationPartiesAsked, ConsultationReopened,
};

/// The most parties of one event.
const PARTIES_PER_EVENT: usize = 300;

// Events

events! {
    /// What happens to a consultation.
    pub enum Event {
        ConsultationOpened = "consultation_opened",
        ConsultationPartiesAsked = "consultation_parties_asked",
        ConsultationExtended = "consultation_extended",
        ConsultationClosed = "consultation_closed",
        ConsultationReopened = "consultation_reopened",
        CommentsPublished = "comments_published",
    }
}

// State

/// A consultation as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consultation {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The revision that was forwarded.
    pub revision: u32,
    /// 1, 2, 3 within the instrument.
    pub round: u32,
    /// What it is called, where it has a name of its own.
    pub title: Option<Texts>,
    /// The note verbale or letter.
    pub reference: String,
    /// The day of that letter.
    pub opened_on: Date,
    /// Until when comments are expected.
    pub until: Deadline,
    /// The kinds of party that it is addressed to as a whole.
    pub audiences: Vec<PartyKind>,
    /// Whether comments are taken.
    pub status: Status,
    /// Who was asked.
    pub asked: BTreeMap<PartyId, Asked>,
    /// The day on which its comments and their dispositions were published.
    pub published: Option<Date>,
}

code_enum! {
    /// Whether a consultation takes comments.
    pub enum Status {
        /// It does.
        Open = "open",
        /// It does not.
        Closed = "closed",
    }
}

/// None until the consultation is opened.
pub type State = Option<Consultation>;

fn evolve(state: State, event: &Event) -> State {
    let Some(mut consultation) = state else {
        return match event {
            Event::ConsultationOpened(event) => Some(Consultation::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::ConsultationOpened(_) => {}
        Event::ConsultationPartiesAsked(event) => {
            let parties = event.parties.iter();
            let asked = parties.map(|asked| (asked.party, asked.clone()));
            consultation.asked.extend(asked);
        }
        Event::ConsultationExtended(event) => consultation.until = event.until.clone(),
        Event::ConsultationClosed(_) => consultation.status = Status::Closed,
        Event::ConsultationReopened(_) => consultation.status = Status::Open,
        Event::CommentsPublished(event) => consultation.published = Some(event.on),
    }
    Some(consultation)
}

impl From<ConsultationOpened> for Consultation {
    fn from(event: ConsultationOpened) -> Self {
        let ConsultationOpened {
            instrument,
            revision,
            round,
            title,
            reference,
            opened_on,
            until,
            audiences,
        } = event;
        Self {
            instrument,
            revision,
            round,
            title,
            reference,
            opened_on,
            until,
            audiences,
            status: Status::Open,
            asked: BTreeMap::new(),
            published: None,
        }
    }
}

// Commands

/// What somebody wants of a consultation.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Forward a revision.
    Open {
        /// What the event will say.
        opening: ConsultationOpened,
        /// Who is asked from the start.
        asked: Vec<Asked>,
    },
    /// Ask more parties.
    Ask {
        /// Who.
        parties: Vec<Asked>,
    },
    /// Give more time.
    Extend {
        /// Until when, from now on.
        until: Deadline,
    },
    /// Take no more comments.
    Close {
        /// Why, where there is something to say.
        reason: Option<String>,
    },
    /// Take comments again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Let everybody read the comments, and what became of them.
    Publish {
        /// The day.
        on: Date,
    },
}

/// What decisions on a consultation read of other streams.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The instrument: for opening and reopening.
    pub instrument: Arc<instrument::State>,
    /// Its comments that have no disposition: for publishing.
    pub undisposed: Vec<Undisposed>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ConsultationAlreadyExists = "consultation_already_exists", "there is a consultation with this id already";
        UnknownConsultation = "unknown_consultation", "there is no such consultation";
        ConsultationFaulty(faults) = "consultation_faulty", "what is said of the consultation has faults";
        UnknownRevision = "unknown_revision", "the instrument has no such revision";
        RevisionSuperseded = "revision_superseded", "a later revision has taken the place of this one";
        RevisionAlreadyApproved = "revision_already_approved", "the revision is approved already";
        InstrumentPresented = "instrument_presented", "the revision is before a meeting that decides on it";
        InstrumentWithdrawn = "instrument_withdrawn", "the instrument is withdrawn";
        PartyAlreadyAsked(faults) = "party_already_asked", "parties were asked already";
        ConsultationClosed = "consultation_closed", "the consultation is closed";
        ConsultationOpen = "consultation_open", "the consultation is open";
        CommentsAlreadyPublished = "comments_already_published", "the comments of the consultation are published already";
        CommentsUndisposed(faults) = "comments_undisposed", "comments have no disposition yet";
    }
}

// Decide

impl Decider for Consultation {
    type Command = Command;
    type Context = Context;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
        let Some(consultation) = state else {
            return match command {
                Command::Open { opening, asked } => open(opening, asked, context),
                _ => Err(Refusal::UnknownConsultation),
            };
        };
        match (command, consultation.status) {
            (Command::Open { .. }, _) => Err(Refusal::ConsultationAlreadyExists),
            (
                Command::Ask { .. } | Command::Extend { .. } | Command::Close { .. },
                Status::Closed,
            ) => Err(Refusal::ConsultationClosed),
            (Command::Reopen { .. } | Command::Publish { .. }, Status::Open) => {
                Err(Refusal::ConsultationOpen)
            }
            (Command::Ask { parties }, Status::Open) => ask(consultation, parties),
            (Command::Extend { until }, Status::Open) => {
                let faults = checks::extension(consultation, &until);
                fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
                Ok(vec![ConsultationExtended { until }.into()])
            }
            (Command::Close { reason }, Status::Open) => {
                sound(reason.as_ref())?;
                Ok(vec![ConsultationClosed { reason }.into()])
            }
            (Command::Reopen { reason }, Status::Closed) => reopen(consultation, context, reason),
            (Command::Publish { on }, Status::Closed) => publish(consultation, context, on),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn open(
    opening: ConsultationOpened,
    asked: Vec<Asked>,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    can_be_forwarded(&context.instrument, opening.revision)?;
    let mut faults = checks::opening(&opening);
    let kind = fault::PARTY_LISTED_TWICE;
    faults.extend(checks::repeated(&asked, &BTreeSet::new(), kind));
    fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
    let mut events = vec![opening.into()];
    events.extend(parties_asked(asked));
    Ok(events)
}

/// Only the latest revision of an instrument is forwarded, and none that is approved, withdrawn or being decided on.
fn can_be_forwarded(instrument: &instrument::State, number: u32) -> Result<(), Refusal> {
    let instrument = instrument.as_ref().ok_or(Refusal::UnknownRevision)?;
    let revision = instrument
        .revision(number)
        .ok_or(Refusal::UnknownRevision)?;
    match instrument.stage() {
        Stage::Withdrawn => Err(Refusal::InstrumentWithdrawn),
        _ if revision.approval.is_some() => Err(Refusal::RevisionAlreadyApproved),
        _ if revision.number != instrument.latest_revision() => Err(Refusal::RevisionSuperseded),
        Stage::Presented => Err(Refusal::InstrumentPresented),
        Stage::Drafting | Stage::Returned | Stage::Approved => Ok(()),
    }
}

fn ask(consultation: &Consultation, parties: Vec<Asked>) -> Result<Vec<Event>, Refusal> {
    let already: BTreeSet<PartyId> = consultation.asked.keys().copied().collect();
    let faults = checks::repeated(&parties, &already, fault::ASKED_ALREADY);
    fault::none(faults).map_err(Refusal::PartyAlreadyAsked)?;
    Ok(parties_asked(parties))
}

fn parties_asked(parties: Vec<Asked>) -> Vec<Event> {
    let parts = size::parts(parties, PARTIES_PER_EVENT).into_iter();
    parts
        .map(|parties| ConsultationPartiesAsked { parties }.into())
        .collect()
}

/// Once its comments are published, or its revision is no longer the one that is worked on, nothing can be added.
fn reopen(
    consultation: &Consultation,
    context: &Context,
    reason: String,
) -> Result<Vec<Event>, Refusal> {
    if consultation.published.is_some() {
        return Err(Refusal::CommentsAlreadyPublished);
    }
    can_be_forwarded(&context.instrument, consultation.revision)?;
    sound(Some(&reason))?;
    Ok(vec![ConsultationReopened { reason }.into()])
}

fn publish(
    consultation: &Consultation,
    context: &Context,
    on: Date,
) -> Result<Vec<Event>, Refusal> {
    if consultation.published.is_some() {
        return Err(Refusal::CommentsAlreadyPublished);
    }
    let undisposed = context.undisposed.iter().map(Undisposed::fault).collect();
    fault::none(undisposed).map_err(Refusal::CommentsUndisposed)?;
    if on < consultation.opened_on {
        let fault = fault::BEFORE_OPENING
            .at("/on")
            .arg("opened_on", consultation.opened_on);
        return Err(Refusal::ConsultationFaulty(vec![fault]));
    }
    Ok(vec![CommentsPublished { on }.into()])
}

fn sound(reason: Option<&String>) -> Result<(), Refusal> {
    match reason.and_then(|reason| checks::reason(reason)) {
        Some(fault) => Err(Refusal::ConsultationFaulty(vec![fault])),
        None => Ok(()),
    }
}
