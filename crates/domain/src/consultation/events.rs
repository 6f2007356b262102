//! What the events of a consultation say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::collection::{Contact, Deadline};
use super::super::party::{PartyKind, RegionalGroup};
use super::super::words::Words;
use super::super::{InstrumentId, PartyId, Texts};

/// A revision is forwarded for comments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationOpened {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its revision: the latest, not yet approved.
    pub revision: u32,
    /// 1, 2, 3 within the instrument.
    pub round: u32,
    /// What it is called, where it has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Texts>,
    /// The note verbale or letter that asks for comments.
    pub reference: String,
    /// The day of that letter.
    pub opened_on: Date,
    /// Until when comments are expected.
    pub until: Deadline,
    /// The kinds of party that it is addressed to as a whole; who was asked by name alone is not in it.
    pub audiences: Vec<PartyKind>,
    /// Whom to ask about it, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// Parties are asked for their comments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationPartiesAsked {
    /// Kinds of party that it is addressed to as a whole from now on, beside those of the opening.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<PartyKind>,
    /// Who; at most 300 an event.
    pub parties: Vec<ConsultedParty>,
}

/// A party that is asked, with what it was on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultedParty {
    /// The party.
    pub party: PartyId,
    /// Its kind.
    pub kind: PartyKind,
    /// Its regional group on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regional_group: Option<RegionalGroup>,
}

/// There is more time for comments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationExtended {
    /// Until when they are expected now.
    pub until: Deadline,
}

/// Why: words beside the log, or, as it was stored before they were kept there, the text itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reason {
    /// Words, which can be redacted.
    Words(Words),
    /// What was said.
    Text(String),
}

/// No comment is taken any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationClosed {
    /// Why, where there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// Comments are taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationReopened {
    /// Why.
    pub reason: Reason,
}

/// Everybody may read its comments from now on, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentsPublished {
    /// The day.
    pub on: Date,
}
