//! A collection: an approved revision sent out for replies.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::fault;
use super::{Decider, InstrumentId, PartyId, Texts, instrument, size};

mod checks;
mod events;
mod release;
#[cfg(test)]
mod tests;

pub(super) use checks::deadline_fault;
pub use events::{
    CollectionClosed, CollectionOpened, CollectionReopened, Deadline, FiguresReleased, Invitation,
    Notice, PartiesInvited,
};
pub use release::{Counted, LEAST_THRESHOLD, Release};

const REASON_CHARS: usize = 1_000;
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
    }
}

// State

/// A collection as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its revision.
    pub revision: u32,
    /// What the collection is called.
    pub title: Texts,
    /// The note verbale or letter.
    pub reference: String,
    /// The day of that letter.
    pub opened_on: Date,
    /// Until when replies are expected.
    pub deadline: Deadline,
    /// The session that it serves.
    pub session: Option<u16>,
    /// What every figure must say.
    pub notices: Vec<Notice>,
    /// How many newly counted replies a release needs.
    pub release_threshold: u16,
    /// What was released, oldest first.
    pub releases: Vec<Release>,
    /// Whether replies are taken.
    pub status: Status,
    /// Who is invited.
    pub invited: BTreeMap<PartyId, Invitation>,
}

code_enum! {
    /// Whether a collection takes replies.
    pub enum Status {
        /// It does.
        Open = "open",
        /// It does not.
        Closed = "closed",
    }
}

/// None until the collection is opened.
pub type State = Option<Collection>;

fn evolve(state: State, event: &Event) -> State {
    let Some(mut collection) = state else {
        return match event {
            Event::CollectionOpened(event) => Some(Collection::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::CollectionOpened(_) => {}
        Event::PartiesInvited(event) => {
            collection.invited.extend(
                event
                    .parties
                    .iter()
                    .map(|invited| (invited.party, invited.clone())),
            );
        }
        Event::CollectionClosed(_) => collection.status = Status::Closed,
        Event::CollectionReopened(_) => collection.status = Status::Open,
        Event::FiguresReleased(event) => collection.releases.push(Release {
            release: event.release,
            position: event.position,
        }),
    }
    Some(collection)
}

impl From<CollectionOpened> for Collection {
    fn from(event: CollectionOpened) -> Self {
        let CollectionOpened {
            instrument,
            revision,
            title,
            reference,
            opened_on,
            deadline,
            session,
            notices,
            release_threshold,
        } = event;
        let (status, invited, releases) = (Status::Open, BTreeMap::new(), Vec::new());
        Self {
            instrument,
            revision,
            title,
            reference,
            opened_on,
            deadline,
            session,
            notices,
            release_threshold,
            releases,
            status,
            invited,
        }
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
    },
    /// Take no more replies.
    Close {
        /// Why, where there is something to say.
        reason: Option<String>,
    },
    /// Take replies again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Show the public the figures as of a position.
    Release {
        /// A position that there is.
        position: u64,
    },
}

/// What decisions on a collection read of other streams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What is known of the revision that is to be sent out.
    pub approved_revision: RevisionStanding,
    /// What was counted at the position that is to be released.
    pub counted: Counted,
}

/// What is known of a revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RevisionStanding {
    /// There is no such revision.
    #[default]
    Unknown,
    /// There is, and nobody approved it.
    NotApproved,
    /// It is approved.
    Approved,
}

impl RevisionStanding {
    /// What the instrument says of the revision.
    pub fn of(instrument: &instrument::State, revision: u32) -> Self {
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
        ReleaseBeforeLast = "release_before_last", "the position lies before that of the last release";
        TooFewNewlyCounted(faults) = "too_few_newly_counted", "too few replies were newly counted since the last release";
    }
}

// Decide

impl Decider for Collection {
    type Command = Command;
    type Context = Context;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
        let Some(collection) = state else {
            return match command {
                Command::Open { opening, invited } => {
                    open(opening, invited, context.approved_revision)
                }
                _ => Err(Refusal::UnknownCollection),
            };
        };
        match (command, collection.status) {
            (Command::Open { .. }, _) => Err(Refusal::CollectionAlreadyExists),
            (Command::Invite { .. } | Command::Close { .. }, Status::Closed) => {
                Err(Refusal::CollectionClosed)
            }
            (Command::Reopen { .. }, Status::Open) => Err(Refusal::CollectionOpen),
            (Command::Invite { parties }, Status::Open) => invite(collection, parties),
            (Command::Close { reason }, Status::Open) => {
                sound(reason.as_ref())?;
                Ok(vec![CollectionClosed { reason }.into()])
            }
            (Command::Reopen { reason }, Status::Closed) => {
                sound(Some(&reason))?;
                Ok(vec![CollectionReopened { reason }.into()])
            }
            (Command::Release { position }, _) => {
                release::decide(collection, position, context.counted)
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn open(
    opening: CollectionOpened,
    invited: Vec<Invitation>,
    revision: RevisionStanding,
) -> Result<Vec<Event>, Refusal> {
    match revision {
        RevisionStanding::Unknown => return Err(Refusal::UnknownRevision),
        RevisionStanding::NotApproved => return Err(Refusal::RevisionNotApproved),
        RevisionStanding::Approved => {}
    }
    let mut faults = checks::opening(&opening);
    faults.extend(checks::repeated(
        &invited,
        &BTreeSet::new(),
        fault::PARTY_LISTED_TWICE,
        "/invited",
    ));
    fault::none(faults).map_err(Refusal::CollectionFaulty)?;
    let mut events = vec![opening.into()];
    events.extend(invitations(invited));
    Ok(events)
}

fn invite(collection: &Collection, parties: Vec<Invitation>) -> Result<Vec<Event>, Refusal> {
    let already: BTreeSet<PartyId> = collection.invited.keys().copied().collect();
    let faults = checks::repeated(&parties, &already, fault::INVITED_ALREADY, "/parties");
    fault::none(faults).map_err(Refusal::PartyAlreadyInvited)?;
    Ok(invitations(parties))
}

fn invitations(parties: Vec<Invitation>) -> Vec<Event> {
    let parts = size::parts(parties, PARTIES_PER_EVENT).into_iter();
    parts
        .map(|parties| PartiesInvited { parties }.into())
        .collect()
}

fn sound(reason: Option<&String>) -> Result<(), Refusal> {
    match reason.and_then(|reason| fault::of_text(reason, "/reason", REASON_CHARS)) {
        Some(fault) => Err(Refusal::CollectionFaulty(vec![fault])),
        None => Ok(()),
    }
}
