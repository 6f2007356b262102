//! A consultation: one round in which a revision of an instrument is forwarded for comments.
//!
//! Its id is computed from the instrument and the round, and rounds count up without a gap: so whoever decides on the
//! instrument can guard all of its rounds, and the next one that does not exist yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::collection::{Contact, Deadline};
use super::comment::BlockingComment;
use super::fault;
use super::instrument;
use super::party::PartyKind;
use super::words::Words;
use super::{InstrumentId, PartyId, Texts};

mod checks;
mod events;
mod rules;
#[cfg(test)]
mod tests;

pub use events::{
    CommentsPublished, ConsultationClosed, ConsultationExtended, ConsultationOpened,
    ConsultationPartiesAsked, ConsultationReopened, ConsultedParty, Reason,
};

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
    /// Whom to ask about it.
    pub contact: Option<Contact>,
    /// Whether comments are taken.
    pub status: Status,
    /// Why it was closed or reopened last, where that was said.
    pub why: Option<Reason>,
    /// Who was asked.
    pub asked: BTreeMap<PartyId, ConsultedParty>,
    /// The day on which its comments and their dispositions were published.
    pub published: Option<Date>,
}

code_enum! {
    /// Whether a consultation takes comments.
    pub enum Status as "ConsultationStatus" {
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
            consultation.audiences.extend(&event.audiences);
        }
        Event::ConsultationExtended(event) => consultation.until = event.until.clone(),
        Event::ConsultationClosed(event) => {
            consultation.status = Status::Closed;
            consultation.why.clone_from(&event.reason);
        }
        Event::ConsultationReopened(event) => {
            consultation.status = Status::Open;
            consultation.why = Some(event.reason.clone());
        }
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
            contact,
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
            contact,
            status: Status::Open,
            why: None,
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
        asked: Vec<ConsultedParty>,
    },
    /// Ask more parties.
    Ask {
        /// By name: none of them was asked before.
        named: Vec<ConsultedParty>,
        /// Everybody of these kinds.
        audiences: Vec<PartyKind>,
        /// Who that is; whoever was asked before is not asked again.
        others: Vec<ConsultedParty>,
    },
    /// Give more time.
    Extend {
        /// Until when, from now on.
        until: Deadline,
    },
    /// Take no more comments.
    Close {
        /// Why, where there is something to say.
        reason: Option<Words>,
    },
    /// Take comments again.
    Reopen {
        /// Why.
        reason: Words,
    },
    /// Let everybody read the comments, and what became of them.
    Publish {
        /// The day.
        on: Date,
    },
}

/// What decisions on a consultation read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The instrument: for opening and reopening, which are refused where it was not looked at.
    pub instrument: Arc<instrument::State>,
    /// Its comments that have no disposition: for publishing, which is refused where nobody looked.
    pub undisposed: Option<Vec<BlockingComment>>,
    /// The day on which this is decided, by the clock of UTC.
    pub today: Date,
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

decider!(Consultation);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(consultation) = state else {
        return match command {
            Command::Open { opening, asked } => rules::open(opening, asked, context),
            _ => Err(Refusal::UnknownConsultation),
        };
    };
    match (command, consultation.status) {
        (Command::Open { .. }, _) => Err(Refusal::ConsultationAlreadyExists),
        (Command::Ask { .. } | Command::Extend { .. } | Command::Close { .. }, Status::Closed) => {
            Err(Refusal::ConsultationClosed)
        }
        (Command::Reopen { .. } | Command::Publish { .. }, Status::Open) => {
            Err(Refusal::ConsultationOpen)
        }
        (
            Command::Ask {
                named,
                audiences,
                others,
            },
            Status::Open,
        ) => rules::ask(consultation, named, audiences, others),
        (Command::Extend { until }, Status::Open) => {
            let faults = checks::extension(consultation, &until);
            fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
            Ok(vec![ConsultationExtended { until }.into()])
        }
        (Command::Close { reason }, Status::Open) => {
            rules::checked_reason(reason.as_ref())?;
            let reason = reason.map(Reason::Words);
            Ok(vec![ConsultationClosed { reason }.into()])
        }
        (Command::Reopen { reason }, Status::Closed) => {
            rules::reopen(consultation, context, reason)
        }
        (Command::Publish { on }, Status::Closed) => rules::publish(consultation, context, on),
    }
}
