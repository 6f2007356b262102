//! A meeting as it is now.

use jiff::civil::Date;

use super::super::Texts;
use super::super::party::RegionalGroup;
use super::super::questionnaire::TextAnswer;
use super::super::resources::ResourcesRecorded;
use super::events::{
    AgendaItemRecorded, MeetingConvened, MeetingOutcomeRecorded, MeetingSeatsAllocated, Participant,
};
use super::{Capacity, Event, MeetingKind, Status};

/// A meeting as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What kind of meeting.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: Texts,
    /// Where it meets.
    pub place: Option<Texts>,
    /// Its first day: the actual one once it was held.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
    /// See [`MeetingConvened::session`].
    pub session: Option<u16>,
    /// The codes of the categories that it is about.
    pub categories: Vec<String>,
    /// The paragraph of resolution 2004/28 that asks for it.
    pub mandate: Option<u8>,
    /// Where it stands.
    pub status: Status,
    /// The experts' seats, once they are shared out.
    pub seats: Option<MeetingSeatsAllocated>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Its agenda, in the order in which it was recorded.
    pub agenda: Vec<AgendaItemRecorded>,
    /// Why it was cancelled.
    pub cancelled: Option<TextAnswer>,
    /// What came of it.
    pub outcome: Option<MeetingOutcomeRecorded>,
    /// How it stood with its resources, in the order in which that was recorded: the last is how it stands.
    pub resources: Vec<ResourcesRecorded>,
}

/// None until the meeting is convened.
pub type State = Option<Meeting>;

/// How a regional group is represented among the experts of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Representation {
    /// The group.
    pub group: RegionalGroup,
    /// Its seats.
    pub seats: u16,
    /// The experts of its States that are recorded.
    pub experts: u32,
}

impl Representation {
    /// How many experts are missing.
    pub fn shortfall(&self) -> u32 {
        u32::from(self.seats).saturating_sub(self.experts)
    }
}

impl Meeting {
    /// Whether it took place.
    pub const fn was_held(&self) -> bool {
        matches!(self.status, Status::Held | Status::Concluded)
    }

    /// Seats and experts of each group; empty before the seats are shared out.
    pub fn representation(&self) -> Vec<Representation> {
        let Some(allocated) = &self.seats else {
            return Vec::new();
        };
        let experts = |group| {
            let of_group = self.participants.iter().filter(move |participant| {
                participant.capacity == Capacity::Expert
                    && participant.regional_group == Some(group)
            });
            of_group
                .map(|participant| u32::from(participant.persons))
                .sum()
        };
        let groups = RegionalGroup::ALL.iter().copied();
        groups
            .map(|group| Representation {
                group,
                seats: allocated.by_group.for_group(group),
                experts: experts(group),
            })
            .collect()
    }
}

impl From<MeetingConvened> for Meeting {
    fn from(event: MeetingConvened) -> Self {
        let MeetingConvened {
            kind,
            title,
            place,
            starts_on,
            ends_on,
            session,
            categories,
            mandate,
        } = event;
        Self {
            kind,
            title,
            place,
            starts_on,
            ends_on,
            session,
            categories,
            mandate,
            status: Status::Convened,
            seats: None,
            participants: Vec::new(),
            agenda: Vec::new(),
            cancelled: None,
            outcome: None,
            resources: Vec::new(),
        }
    }
}

pub(super) fn evolve(state: State, event: &Event) -> State {
    let Some(mut meeting) = state else {
        return match event {
            Event::MeetingConvened(event) => Some(Meeting::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::MeetingConvened(_) => {}
        Event::MeetingSeatsAllocated(event) => meeting.seats = Some(event.clone()),
        Event::MeetingParticipantsRecorded(event) => {
            meeting.participants.clone_from(&event.participants);
        }
        Event::MeetingRescheduled(event) => {
            meeting.starts_on = event.starts_on;
            meeting.ends_on = event.ends_on;
            meeting.place.clone_from(&event.place);
        }
        Event::MeetingHeld(event) => {
            meeting.starts_on = event.starts_on;
            meeting.ends_on = event.ends_on;
            meeting.status = Status::Held;
        }
        Event::MeetingCancelled(event) => {
            meeting.cancelled = Some(event.reason.clone());
            meeting.status = Status::Cancelled;
        }
        Event::AgendaItemRecorded(event) => {
            let same = meeting
                .agenda
                .iter_mut()
                .find(|item| item.number == event.number);
            match same {
                Some(item) => *item = event.clone(),
                None => meeting.agenda.push(event.clone()),
            }
        }
        Event::MeetingOutcomeRecorded(event) => {
            meeting.outcome = Some(event.clone());
            meeting.status = Status::Concluded;
        }
        Event::MeetingResourcesRecorded(event) => meeting.resources.push(event.clone()),
    }
    Some(meeting)
}
