//! A contribution: money, staff or help in kind, for the Office, a meeting or a project. Pledged, received, or taken back.

use std::sync::Arc;

use jiff::civil::Date;

use super::money::Currencies;
use super::party::PartyKind;
use super::words::{self, Words};
use super::{PartyId, fault};

mod checks;
mod events;
#[cfg(test)]
mod tests;

pub use events::{
    ContributionCancelled, ContributionCorrected, ContributionPledged, ContributionReceived, Form,
    InKind, Recipient, Staff,
};

/// The most characters of an earmark or a reason.
pub const WORDS_CHARS: u32 = 5_000;

// Events

events! {
    /// What happens to a contribution.
    pub enum Event {
        ContributionPledged = "contribution_pledged",
        ContributionCorrected = "contribution_corrected",
        ContributionReceived = "contribution_received",
        ContributionCancelled = "contribution_cancelled",
    }
}

// State

code_enum! {
    /// What help in kind is for.
    pub enum Purpose as "ContributionPurpose" {
        /// The place and the services of a meeting.
        Hosting = "hosting",
        /// Work on information-gathering instruments.
        PreparingInstruments = "preparing_instruments",
        /// Translation and interpretation.
        Translation = "translation",
        /// Experts who lend their time.
        Experts = "experts",
        /// Something else.
        Other = "other",
    }
}

code_enum! {
    /// Where a contribution stands.
    pub enum Status as "ContributionStatus" {
        /// It is promised.
        Pledged = "pledged",
        /// It is there.
        Received = "received",
        /// It will not come.
        Cancelled = "cancelled",
    }
}

/// A contribution as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// What was pledged, as it is known now.
    pub pledged: ContributionPledged,
    /// What was wrong with what was recorded of it before.
    pub correction: Option<Words>,
    /// Where it stands.
    pub status: Status,
    /// The day on which it was received, or taken back.
    pub ended_on: Option<Date>,
    /// Why it was taken back.
    pub reason: Option<Words>,
}

/// None until it is pledged.
pub type State = Option<Contribution>;

fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (None, Event::ContributionPledged(event)) => Some(Contribution {
            pledged: event.clone(),
            correction: None,
            status: Status::Pledged,
            ended_on: None,
            reason: None,
        }),
        (Some(mut contribution), Event::ContributionCorrected(event)) => {
            contribution.pledged = event.pledged.clone();
            contribution.correction = Some(event.reason.clone());
            Some(contribution)
        }
        (Some(mut contribution), Event::ContributionReceived(event)) => {
            contribution.status = Status::Received;
            contribution.ended_on = Some(event.on);
            Some(contribution)
        }
        (Some(mut contribution), Event::ContributionCancelled(event)) => {
            contribution.status = Status::Cancelled;
            contribution.ended_on = Some(event.on);
            contribution.reason = Some(event.reason.clone());
            Some(contribution)
        }
        (state, _) => state,
    }
}

// Commands

/// What somebody wants of a contribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Record a pledge.
    Pledge(Pledge),
    /// Record it as it should have been recorded, as long as it was not taken back.
    Correct {
        /// What is pledged; an earmark that is left out stays.
        pledge: Pledge,
        /// What was wrong.
        reason: Words,
    },
    /// Record that it was received.
    Receive {
        /// On which day.
        on: Date,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Record that it will not come.
    Cancel {
        /// On which day that became known.
        on: Date,
        /// Why.
        reason: Words,
        /// The day on which this is recorded.
        today: Date,
    },
}

/// What is pledged. The giver's kind is looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// By whom.
    pub from: PartyId,
    /// For what.
    pub to: Recipient,
    /// What.
    pub what: Form,
    /// What it must be used for.
    pub earmarked: Option<Words>,
    /// On which day.
    pub on: Date,
    /// The day on which this is recorded.
    pub today: Date,
}

/// What decisions on a contribution read of other streams and of the reference data.
#[derive(Clone, Debug)]
pub struct Context {
    /// The kind of the party that gives, where one is named and there is such a party.
    pub giver: Option<PartyKind>,
    /// Whether there is such a meeting or project, and whether it goes on; none: there is not. The Office is always there.
    pub recipient: Option<TakesPlace>,
    /// The currencies that there are.
    pub currencies: Arc<Currencies>,
}

/// Whether a meeting or a project was not cancelled.
pub type TakesPlace = bool;

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ContributionAlreadyPledged = "contribution_already_pledged", "there is a contribution with this id already";
        UnknownContribution = "unknown_contribution", "there is no such contribution";
        ContributionFaulty(faults) = "contribution_faulty", "what is said of the contribution has faults";
        ContributionAlreadyReceived = "contribution_already_received", "the contribution was received already";
        ContributionIsCancelled = "contribution_is_cancelled", "the contribution was taken back";
    }
}

// Decide

decider!(Contribution);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(contribution) = state else {
        return match command {
            Command::Pledge(pledge) => {
                let pledged = checks::pledged(pledge, None, context);
                let pledged = pledged.map_err(Refusal::ContributionFaulty)?;
                Ok(vec![pledged.into()])
            }
            _ => Err(Refusal::UnknownContribution),
        };
    };
    match (command, contribution.status) {
        (Command::Pledge(_), _) => Err(Refusal::ContributionAlreadyPledged),
        (_, Status::Cancelled) => Err(Refusal::ContributionIsCancelled),
        (Command::Correct { pledge, reason }, _) => {
            checks::corrected(contribution, pledge, reason, context)
        }
        (_, Status::Received) => Err(Refusal::ContributionAlreadyReceived),
        (Command::Receive { on, today }, Status::Pledged) => {
            let faults = fault::day_order_faults(on, contribution.pledged.on, today);
            checks::unless_faulty(faults, ContributionReceived { on })
        }
        (Command::Cancel { on, reason, today }, Status::Pledged) => {
            let mut faults = fault::day_order_faults(on, contribution.pledged.on, today);
            faults.extend(words::fault(&reason, "/reason", WORDS_CHARS));
            checks::unless_faulty(faults, ContributionCancelled { on, reason })
        }
    }
}
