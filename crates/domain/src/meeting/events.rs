//! What the events of a meeting say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::party::{PartyKind, RegionalGroup};
use super::super::questionnaire::TextAnswer;
use super::super::{InstrumentId, PartyId, Texts, times};
use super::{Capacity, MeetingKind, Seats};

/// A meeting is to take place, or is known to have taken place: its dates are data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ConveneMeeting)]
pub struct MeetingConvened {
    /// What kind of meeting.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: Texts,
    /// Where it meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Texts>,
    /// Its first day; it may be long past.
    #[serde(deserialize_with = "times::read_day")]
    pub starts_on: Date,
    /// Its last day.
    #[serde(deserialize_with = "times::read_day")]
    pub ends_on: Date,
    /// The number of the session or the Congress, which they must have; for other kinds, of the session that it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u16>,
    /// The codes of the categories of standards that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The operative paragraph of resolution 2004/28 that asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<u8>,
}

/// The experts' seats are shared out among the regional groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSeatsAllocated {
    /// How many seats there are.
    pub seats: u16,
    /// How many each group has.
    pub by_group: Seats,
    /// The seats on the Commission, in whose proportion they are shared out.
    pub commission: Seats,
}

/// Who took part, or is to: the whole list, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingParticipantsRecorded {
    /// Each party and capacity once.
    pub participants: Vec<Participant>,
}

/// A party's delegation in one capacity. Persons are counted, never named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The party.
    pub party: PartyId,
    /// In which capacity.
    pub capacity: Capacity,
    /// How many persons.
    pub persons: u16,
    /// The party's kind.
    pub kind: PartyKind,
    /// Its regional group on the meeting's first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regional_group: Option<RegionalGroup>,
}

/// The meeting is to take place at another time or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingRescheduled {
    /// Its first day now.
    pub starts_on: Date,
    /// Its last day now.
    pub ends_on: Date,
    /// Where it meets now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Texts>,
}

/// The meeting took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingHeld {
    /// What kind of meeting it was.
    pub kind: MeetingKind,
    /// The day on which it began.
    pub starts_on: Date,
    /// The day on which it ended.
    pub ends_on: Date,
}

/// The meeting will not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingCancelled {
    /// Why: words beside the log.
    pub reason: TextAnswer,
}

/// An item of the agenda, new or in place of the one with the same number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RecordAgendaItem)]
pub struct AgendaItemRecorded {
    /// As people cite it: `5`, `3 (a)`. An item that has this number already is replaced.
    #[schema(example = "8")]
    pub number: String,
    /// What it is about.
    pub title: Texts,
}

/// What came of the meeting: the whole outcome, in place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingOutcomeRecorded {
    /// The meeting's kind.
    pub kind: MeetingKind,
    /// The revisions of instruments that it made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionMade>,
    /// Its decision, resolution or declaration, as people cite it: `Bangkok Declaration`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// A summary: words beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<TextAnswer>,
}

/// A revision of an instrument.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
pub struct RevisionMade {
    /// The instrument.
    pub instrument: InstrumentId,
    /// 1, 2, 3 within it.
    pub revision: u32,
}
