//! A meeting: of experts, intersessional, a session of the Commission, or a Congress. Convened, held, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::classification::Classification;
use super::fault;
use super::party::Party;
use super::questionnaire::TextAnswer;
use super::{InstrumentId, PartyId, Texts};
use super::{resources, size};

mod checks;
mod events;
pub mod seats;
mod state;
#[cfg(test)]
mod tests;

pub use super::resources::{ResourcesRecorded as MeetingResourcesRecorded, ResourcesState};
pub use events::{
    AgendaItemRecorded, MeetingCancelled, MeetingConvened, MeetingHeld, MeetingOutcomeRecorded,
    MeetingParticipantsRecorded, MeetingRescheduled, MeetingSeatsAllocated, Participant,
    RevisionMade,
};
pub use seats::Seats;
use state::evolve;
pub use state::{Meeting, Representation, State};

code_enum! {
    /// What kind of meeting.
    pub enum MeetingKind {
        /// A meeting of experts, whose seats are shared out among the regional groups.
        ExpertGroup = "expert_group",
        /// An intersessional meeting of the Commission.
        Intersessional = "intersessional",
        /// A session of the Commission on Crime Prevention and Criminal Justice.
        CommissionSession = "commission_session",
        /// A United Nations Congress on Crime Prevention and Criminal Justice.
        Congress = "congress",
    }
}

impl MeetingKind {
    /// Whether it is one of a numbered row.
    pub const fn is_numbered(self) -> bool {
        matches!(self, Self::CommissionSession | Self::Congress)
    }
}

code_enum! {
    /// In which capacity a party takes part.
    pub enum Capacity as "ParticipantCapacity" {
        /// As an expert, on a seat of the State's regional group.
        Expert = "expert",
        /// As a member of the Commission, or a State at a Congress.
        Member = "member",
        /// As an observer, beside the seats.
        Observer = "observer",
        /// As the secretariat of the meeting.
        Secretariat = "secretariat",
    }
}

code_enum! {
    /// Where a meeting stands.
    pub enum Status as "MeetingStatus" {
        /// It is to take place.
        Convened = "convened",
        /// It took place; its outcome is not on record.
        Held = "held",
        /// It took place, and its outcome is on record.
        Concluded = "concluded",
        /// It will not take place.
        Cancelled = "cancelled",
    }
}

// Events

events! {
    /// What happens to a meeting.
    pub enum Event {
        MeetingConvened = "meeting_convened",
        MeetingSeatsAllocated = "meeting_seats_allocated",
        MeetingParticipantsRecorded = "meeting_participants_recorded",
        MeetingRescheduled = "meeting_rescheduled",
        MeetingHeld = "meeting_held",
        MeetingCancelled = "meeting_cancelled",
        AgendaItemRecorded = "agenda_item_recorded",
        MeetingOutcomeRecorded = "meeting_outcome_recorded",
        MeetingResourcesRecorded = "meeting_resources_recorded",
    }
}

// Commands

/// What somebody wants of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Convene it.
    Convene(MeetingConvened),
    /// Share out so many experts' seats among the regional groups.
    AllocateSeats {
        /// How many.
        seats: u16,
    },
    /// Let these be those who take part, in place of those listed before.
    RecordParticipants(Vec<Delegation>),
    /// Move it to other days, or another place.
    Reschedule {
        /// Its first day.
        starts_on: Date,
        /// Its last day.
        ends_on: Date,
        /// Where; none: where it was to meet before.
        place: Option<Texts>,
    },
    /// Record that it took place.
    Hold {
        /// The day on which it began.
        starts_on: Date,
        /// The day on which it ended.
        ends_on: Date,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Give it up.
    Cancel {
        /// Why.
        reason: TextAnswer,
    },
    /// Record an item of the agenda, new or in place of the one with this number.
    RecordAgendaItem(AgendaItemRecorded),
    /// Record what came of it, in place of what was recorded before.
    RecordOutcome {
        /// The revisions that it made.
        revisions: Vec<RevisionMade>,
        /// Its decision, as people cite it.
        decision: Option<String>,
        /// A summary.
        summary: Option<TextAnswer>,
    },
    /// Record how it stands with the resources that it is subject to.
    RecordResources {
        /// How, and since when.
        resources: MeetingResourcesRecorded,
        /// The day on which this is recorded.
        today: Date,
    },
}

/// A party that takes part, in a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The party.
    pub party: PartyId,
    /// In which capacity.
    pub capacity: Capacity,
    /// How many persons.
    pub persons: u16,
}

/// What decisions on a meeting read of other streams and of the reference data. What is not in the maps is not there.
#[derive(Clone, Debug)]
pub struct Context {
    /// The categories that there are.
    pub classification: Arc<Classification>,
    /// The regional groups' seats on the Commission.
    pub commission: Seats,
    /// The parties that the command names, as far as there are such.
    pub parties: BTreeMap<PartyId, Party>,
    /// The instruments that the command names, each with its number of revisions.
    pub revisions: BTreeMap<InstrumentId, u32>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        MeetingAlreadyConvened = "meeting_already_convened", "there is a meeting with this id already";
        UnknownMeeting = "unknown_meeting", "there is no such meeting";
        MeetingFaulty(faults) = "meeting_faulty", "what is said of the meeting has faults";
        MeetingAlreadyHeld = "meeting_already_held", "the meeting was held already";
        MeetingNotHeld = "meeting_not_held", "the meeting was not held yet";
        MeetingIsCancelled = "meeting_is_cancelled", "the meeting was cancelled";
        NoSeatsToAllocate = "no_seats_to_allocate", "only at a meeting of experts are seats shared out among the regional groups";
    }
}

// Decide

decider!(Meeting);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(meeting) = state else {
        return match command {
            Command::Convene(meeting) => convene(meeting, context),
            _ => Err(Refusal::UnknownMeeting),
        };
    };
    match command {
        Command::Convene(_) => Err(Refusal::MeetingAlreadyConvened),
        _ if meeting.status == Status::Cancelled => Err(Refusal::MeetingIsCancelled),
        // What was to be before the meeting.
        Command::Reschedule { .. } | Command::Hold { .. } | Command::Cancel { .. }
            if meeting.was_held() =>
        {
            Err(Refusal::MeetingAlreadyHeld)
        }
        Command::Reschedule {
            starts_on,
            ends_on,
            place,
        } => reschedule(meeting, starts_on, ends_on, place),
        Command::Hold {
            starts_on,
            ends_on,
            today,
        } => hold(meeting, starts_on, ends_on, today),
        Command::Cancel { reason } => {
            let faults = checks::words(&reason, "/reason");
            unless_faulty(faults.into_iter().collect(), MeetingCancelled { reason })
        }
        // What is often recorded long after it.
        Command::AllocateSeats { seats } => allocate(meeting, context, seats),
        Command::RecordParticipants(delegations) => participants(meeting, context, delegations),
        Command::RecordAgendaItem(item) if meeting.agenda.contains(&item) => Ok(Vec::new()),
        Command::RecordAgendaItem(item) => unless_faulty(checks::agenda_item(meeting, &item), item),
        Command::RecordResources { resources, today } => {
            resources::record(&meeting.resources, resources, today).map_err(Refusal::MeetingFaulty)
        }
        // What comes of it.
        Command::RecordOutcome { .. } if !meeting.was_held() => Err(Refusal::MeetingNotHeld),
        Command::RecordOutcome {
            revisions,
            decision,
            summary,
        } => {
            let outcome = MeetingOutcomeRecorded {
                kind: meeting.kind,
                revisions,
                decision,
                summary,
            };
            if meeting.outcome.as_ref() == Some(&outcome) {
                return Ok(Vec::new());
            }
            unless_faulty(checks::outcome(&outcome, &context.revisions), outcome)
        }
    }
}

/// The event, unless there are faults.
fn unless_faulty(
    faults: Vec<fault::Fault>,
    event: impl Into<Event>,
) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::MeetingFaulty)?;
    Ok(vec![event.into()])
}

fn convene(meeting: MeetingConvened, context: &Context) -> Result<Vec<Event>, Refusal> {
    unless_faulty(
        checks::convening(&meeting, &context.classification),
        meeting,
    )
}

fn allocate(meeting: &Meeting, context: &Context, seats: u16) -> Result<Vec<Event>, Refusal> {
    if meeting.kind != MeetingKind::ExpertGroup {
        return Err(Refusal::NoSeatsToAllocate);
    }
    let allocated = MeetingSeatsAllocated {
        seats,
        by_group: context.commission.apportion(seats),
        commission: context.commission.clone(),
    };
    if meeting.seats.as_ref() == Some(&allocated) {
        return Ok(Vec::new());
    }
    unless_faulty(
        checks::seats(seats, "/seats").into_iter().collect(),
        allocated,
    )
}

fn reschedule(
    meeting: &Meeting,
    starts_on: Date,
    ends_on: Date,
    place: Option<Texts>,
) -> Result<Vec<Event>, Refusal> {
    let mut faults: Vec<_> = checks::days(starts_on, ends_on).into_iter().collect();
    faults.extend(place.iter().flat_map(checks::place_faults));
    let rescheduled = MeetingRescheduled {
        starts_on,
        ends_on,
        place: place.or_else(|| meeting.place.clone()),
    };
    let as_it_was = (meeting.starts_on, meeting.ends_on, &meeting.place);
    if (starts_on, ends_on, &rescheduled.place) == as_it_was {
        return Ok(Vec::new());
    }
    unless_faulty(faults, rescheduled)
}

fn hold(
    meeting: &Meeting,
    starts_on: Date,
    ends_on: Date,
    today: Date,
) -> Result<Vec<Event>, Refusal> {
    let mut faults: Vec<_> = checks::days(starts_on, ends_on).into_iter().collect();
    faults.extend(fault::of_day(ends_on, today, "/ends_on"));
    let held = MeetingHeld {
        kind: meeting.kind,
        starts_on,
        ends_on,
    };
    unless_faulty(faults, held)
}

fn participants(
    meeting: &Meeting,
    context: &Context,
    delegations: Vec<Delegation>,
) -> Result<Vec<Event>, Refusal> {
    let mut faults = Vec::new();
    let mut participants = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, delegation) in delegations.iter().enumerate() {
        let at = format!("/participants/{index}");
        let Delegation {
            party,
            capacity,
            persons,
        } = *delegation;
        let Some(known) = context.parties.get(&party) else {
            faults.push(fault::NO_SUCH_PARTY.at(fault::pointer(&at, "party")));
            continue;
        };
        let participant = Participant {
            party,
            capacity,
            persons,
            kind: known.kind,
            regional_group: known.group_on(meeting.starts_on),
        };
        faults.extend(checks::participant(&participant, &at));
        if !seen.insert((party, capacity)) {
            faults.push(fault::PARTY_LISTED_TWICE.at(&at).arg("party", &known.code));
        }
        participants.push(participant);
    }
    let recorded = MeetingParticipantsRecorded { participants };
    faults.extend(size::fault(&recorded));
    if faults.is_empty() && recorded.participants == meeting.participants {
        return Ok(Vec::new());
    }
    unless_faulty(faults, recorded)
}
