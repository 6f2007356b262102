//! What the events of a contribution say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::money::Money;
use super::super::party::PartyKind;
use super::super::questionnaire::JsonTrue;
use super::super::words::Words;
use super::super::{Decimal, MeetingId, PartyId, ProjectId};
use super::Purpose;

/// A party promises money, staff or help in kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionPledged {
    /// Who gives.
    pub from: PartyId,
    /// Its kind on that day: paragraph 4 tells institutes apart from others who give.
    pub from_kind: PartyKind,
    /// For the Office, a meeting or a project.
    pub to: Recipient,
    /// What is given.
    pub what: Form,
    /// What it must be used for: words beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earmarked: Option<Words>,
    /// The day of the pledge.
    pub on: Date,
}

/// For what somebody gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The United Nations Office on Drugs and Crime (paragraph 10).
    Office(JsonTrue),
    /// A meeting (paragraph 4).
    Meeting(MeetingId),
    /// A project.
    Project(ProjectId),
}

/// What somebody gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Money.
    Money(Money),
    /// Persons who work for a time.
    Staff(Staff),
    /// Help in kind.
    InKind(InKind),
}

/// Persons who work for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewStaff)]
pub struct Staff {
    /// How many persons for how many months, a decimal, answered as a text: two persons for three months are 6.
    pub person_months: Decimal,
}

/// Help in kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewInKind)]
pub struct InKind {
    /// What it is for.
    pub purpose: Purpose,
}

/// What was recorded of a contribution was not so: this is, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionCorrected {
    /// As it should have been recorded.
    #[serde(flatten)]
    pub pledged: ContributionPledged,
    /// What was wrong: words beside the log.
    pub reason: Words,
}

/// What was promised is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionReceived {
    /// Since which day.
    pub on: Date,
}

/// What was promised will not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionCancelled {
    /// The day on which that became known.
    pub on: Date,
    /// Why: words beside the log.
    pub reason: Words,
}
