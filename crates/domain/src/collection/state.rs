//! A collection as it is now, and how events change it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::{InstrumentId, PartyId, Texts};
use super::{
    Basis, CollectionOpened, Contact, Deadline, Event, Invitation, Notice, Reason, Release,
};

/// A collection as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The revision that it asks now.
    pub revision: u32,
    /// The revisions that it asked before, oldest first: each was corrected by the next.
    pub corrected: Vec<u32>,
    /// What the collection is called.
    pub title: Texts,
    /// The note verbale or letter.
    pub reference: String,
    /// The day of that letter.
    pub opened_on: Date,
    /// Until when replies are expected of whoever has no more time.
    pub deadline: Deadline,
    /// Until when they are expected of parties whose own deadline was extended.
    pub own_deadlines: BTreeMap<PartyId, Deadline>,
    /// How often parties were reminded.
    pub reminders: usize,
    /// The session that it serves.
    pub session: Option<u16>,
    /// What every figure must say.
    pub notices: Vec<Notice>,
    /// On whom its public figures stand.
    pub basis: Basis,
    /// How many newly counted replies a release needs, where it asked for more than the least.
    pub release_threshold: Option<u16>,
    /// The year to which the columns of years of the questionnaire are relative.
    pub reference_year: Option<i16>,
    /// Whom to ask about it.
    pub contact: Option<Contact>,
    /// What was released, oldest first.
    pub releases: Vec<Release>,
    /// Whether replies are taken.
    pub status: Status,
    /// Why it was closed or reopened last, where something was said.
    pub status_reason: Option<Reason>,
    /// Who is invited.
    pub invited: BTreeMap<PartyId, Invitation>,
}

code_enum! {
    /// Whether a collection takes replies.
    pub enum Status as "CollectionStatus" {
        /// It does.
        Open = "open",
        /// It does not.
        Closed = "closed",
    }
}

/// None until the collection is opened.
pub type State = Option<Collection>;

pub(super) fn evolve(state: State, event: &Event) -> State {
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
        Event::CollectionClosed(event) => {
            collection.status = Status::Closed;
            collection.status_reason = event.reason.clone();
        }
        Event::CollectionReopened(event) => {
            collection.status = Status::Open;
            collection.status_reason = Some(event.reason.clone());
        }
        Event::FiguresReleased(event) => collection.releases.push(Release {
            release: event.release,
            position: event.position,
        }),
        Event::DeadlineExtended(event) => match &event.parties {
            None => collection.deadline = event.deadline.clone(),
            Some(parties) => {
                let own = parties.iter().map(|party| (*party, event.deadline.clone()));
                collection.own_deadlines.extend(own);
            }
        },
        Event::QuestionnaireCorrected(event) => {
            collection.corrected.push(event.from);
            collection.revision = event.revision;
        }
        Event::RemindersSent(_) => collection.reminders += 1,
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
            basis,
            release_threshold,
            reference_year,
            contact,
        } = event;
        let (status, invited, releases) = (Status::Open, BTreeMap::new(), Vec::new());
        Self {
            instrument,
            revision,
            corrected: Vec::new(),
            title,
            reference,
            opened_on,
            deadline,
            own_deadlines: BTreeMap::new(),
            reminders: 0,
            session,
            notices,
            basis,
            release_threshold,
            reference_year,
            contact,
            releases,
            status,
            status_reason: None,
            invited,
        }
    }
}
