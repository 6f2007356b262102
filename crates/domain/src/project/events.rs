//! What the events of a project say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::money::Money;
use super::super::party::PartyKind;
use super::super::words::Words;
use super::super::{NeedId, PartyId, ReplyId, RequestId, Texts};

/// What is planned, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is called.
    pub title: Texts,
    /// The accepted requests that it answers (paragraph 11).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<RequestId>,
    /// The needs that it meets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedId>,
    /// The submitted replies that it rests on (paragraph 12).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<ReplyId>,
    /// What it is to cost, each currency once. Never added up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budget: Vec<Money>,
    /// Whether it is for a country after a conflict (paragraph 12).
    #[serde(default)]
    pub post_conflict: bool,
    /// Who takes part beside the Office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    /// When it is to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<Date>,
    /// When it is to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// An entity of the United Nations system, or an intergovernmental organization, that takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Which.
    pub party: PartyId,
    /// Its kind when it was named.
    pub kind: PartyKind,
}

/// A project is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectProposed {
    /// What is planned.
    #[serde(flatten)]
    pub plan: Plan,
    /// The day of the proposal.
    pub on: Date,
}

/// It is planned otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectEdited {
    /// What is planned, as a whole.
    #[serde(flatten)]
    pub plan: Plan,
}

/// The money for it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFunded {
    /// Since which day.
    pub on: Date,
}

/// It is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectBegun {
    /// Since which day.
    pub on: Date,
}

/// It has ended as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectCompleted {
    /// On which day.
    pub on: Date,
}

/// It was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectCancelled {
    /// On which day.
    pub on: Date,
    /// Why: words beside the log.
    pub reason: Words,
}
