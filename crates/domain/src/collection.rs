//! A collection: an approved revision sent out for replies.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fault;
use super::questionnaire::Questionnaire;
use super::words::{self, Words};
use super::{PartyId, instrument, size};

mod checks;
mod correction;
mod deadline;
mod events;
mod release;
mod state;
#[cfg(test)]
mod tests;

pub(super) use checks::{contact_faults, deadline_fault};
pub use correction::MAX_REASONS;
pub use deadline::ReceiptTime;
pub use events::{
    CollectionClosed, CollectionOpened, CollectionReopened, Contact, Deadline, DeadlineExtended,
    FiguresReleased, Invitation, Letter, Notice, PartiesInvited, QuestionnaireCorrected, Reason,
    RemindersSent,
};
pub use release::{Basis, LEAST_THRESHOLD, Release, ReleaseCount};
use state::evolve;
pub use state::{Collection, State, Status};

const REASON_CHARS: u32 = 1_000;
/// The most parties of one event.
const PARTIES_PER_EVENT: usize = 300;

// Events

events! {
    /// What happens to a collection.
    pub enum Event {
        CollectionOpened = "collection_opened",
        PartiesInvited = "parties_invited",
        CollectionClosed = "collection_closed",
        CollectionReopened = "collection_reopened",
        FiguresReleased = "figures_released",
        DeadlineExtended = "deadline_extended",
        RemindersSent = "reminders_sent",
        QuestionnaireCorrected = "questionnaire_corrected",
    }
}

// Commands

/// What somebody wants of a collection.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Send a revision out.
    Open {
        /// What the event will say.
        opening: CollectionOpened,
        /// Who is invited from the start.
        invited: Vec<Invitation>,
    },
    /// Invite more parties.
    Invite {
        /// Who.
        parties: Vec<Invitation>,
        /// By which letter; by the one that opened the collection, if none.
        letter: Option<Letter>,
    },
    /// Give parties more time.
    Extend {
        /// Until when.
        deadline: Deadline,
        /// Whom; everybody, if none.
        parties: Option<Vec<PartyId>>,
        /// Why.
        reason: Words,
    },
    /// Ask a corrected revision from now on.
    Correct {
        /// Which.
        revision: u32,
        /// What was corrected, in one or several languages: the parties are told so.
        reason: Vec<Words>,
    },
    /// Remind parties that have not replied.
    Remind {
        /// Which.
        parties: Vec<PartyId>,
    },
    /// Take no more replies.
    Close {
        /// Why, where there is something to say.
        reason: Option<Words>,
    },
    /// Take replies again.
    Reopen {
        /// Why.
        reason: Words,
    },
    /// Show the public the figures as of a position.
    Release {
        /// A position that there is.
        position: u64,
    },
}

/// What decisions on a collection read of other streams.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// What is known of the revision that is to be sent out, or moved to; it is unknown where nobody looked.
    pub approved_revision: RevisionStanding,
    /// Whether its questionnaire has columns of years that the collection must say; where nobody looked, it has none.
    pub has_years: bool,
    /// What is asked, and what is to be asked in its place; where nobody looked, nothing is.
    pub correction: Option<(Arc<Questionnaire>, Arc<Questionnaire>)>,
    /// What was counted at the position that is to be released; where nobody counted, nothing is.
    pub counted: Option<ReleaseCount>,
    /// The parties whose focal points were reminded so lately that they are not to be again; where nobody looked, none is.
    pub reminded_lately: Option<BTreeSet<PartyId>>,
}

/// What is known of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionStanding {
    /// There is no such revision.
    Unknown,
    /// There is, and nobody approved it.
    NotApproved,
    /// It is approved.
    Approved,
}

impl RevisionStanding {
    /// What the instrument says of the revision.
    pub fn from_instrument(instrument: &instrument::State, revision: u32) -> Self {
        let revision = instrument
            .as_ref()
            .and_then(|instrument| instrument.revision(revision));
        revision.map_or(Self::Unknown, |revision| match revision.approval {
            Some(_) => Self::Approved,
            None => Self::NotApproved,
        })
    }
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        CollectionAlreadyExists = "collection_already_exists", "there is a collection with this id already";
        UnknownCollection = "unknown_collection", "there is no such collection";
        CollectionFaulty(faults) = "collection_faulty", "what is said of the collection has faults";
        UnknownRevision = "unknown_revision", "the instrument has no such revision";
        RevisionNotApproved = "revision_not_approved", "the revision is not approved";
        PartyAlreadyInvited(faults) = "party_already_invited", "parties are invited already";
        CollectionClosed = "collection_closed", "the collection is closed";
        CollectionOpen = "collection_open", "the collection is open";
        RevisionAlreadyAsked = "revision_already_asked", "the collection asks this revision already, or a later one";
        CorrectionContradicts(faults) = "correction_contradicts", "an answer already given could contradict the correction";
        ReleaseBeforeLast = "release_before_last", "the position lies before that of the last release";
        ReleaseUnchanged = "release_unchanged", "the last release shows the same figures";
        TooFewNewlyCounted(faults) = "too_few_newly_counted", "too few replies were newly counted since the last release";
    }
}

// Decide

decider!(Collection);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(collection) = state else {
        return match command {
            Command::Open { opening, invited } => open(opening, invited, context),
            _ => Err(Refusal::UnknownCollection),
        };
    };
    match (command, collection.status) {
        (Command::Open { .. }, _) => Err(Refusal::CollectionAlreadyExists),
        (
            Command::Invite { .. }
            | Command::Extend { .. }
            | Command::Correct { .. }
            | Command::Remind { .. }
            | Command::Close { .. },
            Status::Closed,
        ) => Err(Refusal::CollectionClosed),
        (Command::Reopen { .. }, Status::Open) => Err(Refusal::CollectionOpen),
        (Command::Invite { parties, letter }, Status::Open) => invite(collection, parties, letter),
        (
            Command::Extend {
                deadline,
                parties,
                reason,
            },
            Status::Open,
        ) => deadline::extend(collection, deadline, parties, reason),
        (Command::Correct { revision, reason }, Status::Open) => {
            correction::correct(collection, context, revision, reason)
        }
        (Command::Remind { parties }, Status::Open) => remind(collection, context, parties),
        (Command::Close { reason }, Status::Open) => {
            sound(reason.as_ref())?;
            let reason = reason.map(Reason::Words);
            Ok(vec![CollectionClosed { reason }.into()])
        }
        (Command::Reopen { reason }, Status::Closed) => {
            sound(Some(&reason))?;
            let reason = Reason::Words(reason);
            Ok(vec![CollectionReopened { reason }.into()])
        }
        (Command::Release { position }, _) => {
            release::decide(collection, position, context.counted)
        }
    }
}

fn open(
    opening: CollectionOpened,
    invited: Vec<Invitation>,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    match context.approved_revision {
        RevisionStanding::Unknown => return Err(Refusal::UnknownRevision),
        RevisionStanding::NotApproved => return Err(Refusal::RevisionNotApproved),
        RevisionStanding::Approved => {}
    }
    let mut faults = checks::opening(&opening, context.has_years);
    faults.extend(checks::repeated_parties(
        &invited,
        &BTreeSet::new(),
        fault::PARTY_LISTED_TWICE,
        "/invited",
    ));
    fault::none(faults).map_err(Refusal::CollectionFaulty)?;
    let mut events = vec![opening.into()];
    events.extend(invitations(invited, None));
    Ok(events)
}

fn invite(
    collection: &Collection,
    parties: Vec<Invitation>,
    letter: Option<Letter>,
) -> Result<Vec<Event>, Refusal> {
    let faults = letter
        .as_ref()
        .map(|letter| checks::letter(letter, collection.opened_on));
    fault::none(faults.unwrap_or_default()).map_err(Refusal::CollectionFaulty)?;
    let already: BTreeSet<PartyId> = collection.invited.keys().copied().collect();
    let faults = checks::repeated_parties(&parties, &already, fault::INVITED_ALREADY, "/parties");
    fault::none(faults).map_err(Refusal::PartyAlreadyInvited)?;
    Ok(invitations(parties, letter))
}

fn invitations(parties: Vec<Invitation>, letter: Option<Letter>) -> Vec<Event> {
    let parts = size::parts(parties, PARTIES_PER_EVENT).into_iter();
    let invited = parts.map(|parties| PartiesInvited {
        parties,
        letter: letter.clone(),
    });
    invited.map(Event::from).collect()
}

fn remind(
    collection: &Collection,
    context: &Context,
    parties: Vec<PartyId>,
) -> Result<Vec<Event>, Refusal> {
    let strays = checks::not_invited(collection, &parties);
    fault::none(strays).map_err(Refusal::CollectionFaulty)?;
    // Each once, however often it is named, and whoever asks at the same time.
    let parties: BTreeSet<PartyId> = parties.into_iter().collect();
    let lately = context.reminded_lately.as_ref();
    let lately = lately.ok_or(Refusal::CollectionFaulty(Vec::new()))?;
    let parties = parties.difference(lately).copied();
    let parts = size::parts(parties.collect(), PARTIES_PER_EVENT);
    Ok(parts
        .into_iter()
        .map(|parties| RemindersSent { parties }.into())
        .collect())
}

fn sound(reason: Option<&Words>) -> Result<(), Refusal> {
    let fault = reason.and_then(|reason| words::fault(reason, "/reason", REASON_CHARS));
    fault::none(fault.into_iter().collect()).map_err(Refusal::CollectionFaulty)
}
