//! What the events of a collection say.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::party::{PartyKind, RegionalGroup};
use super::super::words::Words;
use super::super::{InstrumentId, PartyId, Texts};
use super::Basis;

/// A revision is sent out for replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionOpened {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its revision, an approved one.
    pub revision: u32,
    /// What the collection is called.
    pub title: Texts,
    /// The note verbale or letter that asks for replies: `CU/2011/26`.
    pub reference: String,
    /// The day of that letter.
    pub opened_on: Date,
    /// Until when replies are expected.
    pub deadline: Deadline,
    /// The session of the Commission that it serves, by number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u16>,
    /// What every figure of the collection must say of itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// On whom its public figures stand: every invitation repeats it, and it never changes.
    #[serde(default, skip_serializing_if = "Basis::is_default")]
    pub basis: Basis,
    /// How many newly counted replies a release of figures needs that stand on all, where that is more than the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_threshold: Option<u16>,
    /// The year to which the columns of years of the questionnaire are relative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_year: Option<i16>,
    /// Whom to ask about it, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// Whom to ask: an office, never a person. What follows from the opening names it, and answers to letters go there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contact {
    /// What it is called.
    #[schema(example = "Justice Section")]
    pub office: String,
    /// Its address.
    #[schema(example = "justice@example.org")]
    pub email: String,
}

/// An instant, with the zone in which people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The instant.
    pub at: Timestamp,
    /// The name of the zone in the IANA database: `Europe/Vienna`.
    pub time_zone: String,
}

/// A remark that travels with figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewNotice)]
pub struct Notice {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub text: Texts,
}

/// Parties are invited to reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartiesInvited {
    /// Who; at most 300 an event.
    pub parties: Vec<Invitation>,
    /// By which letter; by the one that opened the collection, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
}

/// A note verbale or letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// `CU/2011/26`.
    pub reference: String,
    /// Its date.
    pub dated: Date,
}

/// An invitation, with what the party was on that day: figures count by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The party.
    pub party: PartyId,
    /// Its kind.
    pub kind: PartyKind,
    /// Its regional group on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regional_group: Option<RegionalGroup>,
    /// Its M49 region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// Parties have more time. Who has a later deadline already keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineExtended {
    /// Until when.
    pub deadline: Deadline,
    /// Who; every party, invited or still to be, if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parties: Option<Vec<PartyId>>,
    /// Why.
    pub reason: Words,
}

/// From now on a corrected revision is asked. What was answered stays; what was submitted before is of the revision before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireCorrected {
    /// The revision that was asked until now.
    pub from: u32,
    /// The revision that is asked.
    pub revision: u32,
    /// What was corrected, once in each of one or several languages.
    pub reason: Vec<Words>,
}

/// The focal points of parties that have not replied are reminded by letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindersSent {
    /// Of which parties; at most 300 an event.
    pub parties: Vec<PartyId>,
}

/// No reply is taken from parties any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionClosed {
    /// Why, where there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Replies are taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionReopened {
    /// Why.
    pub reason: Reason,
}

/// Why a collection was closed or reopened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reason {
    /// In words beside the log.
    Words(Words),
    /// As it was stored before there was a language to it: in the log, where it stays.
    Stored(String),
}

/// Figures are released: the public sees them as of this position, and nothing between two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresReleased {
    /// 1, 2, 3 within the collection.
    pub release: u32,
    /// The state of the log that is shown.
    pub position: u64,
    /// How many replies of Member States there were; in events of before there was a basis, as many as were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied: Option<u32>,
    /// How many of them are counted: all, or those with a section that is.
    pub counted: u32,
    /// How many of these were not counted at the release before.
    pub newly_counted: u32,
    /// The state of the log by which consent is judged, which is that of the day of the release: who withdrew it since the
    /// position is not counted. This event's own position in events of before there was a basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_as_of: Option<u64>,
}
