//! What the events of a need say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::comment::EnteredOnBehalf;
use super::super::words::Words;
use super::super::{NeedId, PartyId, ProjectId, ReplyId};

code_enum! {
    /// How soon help is needed, as the State sees it. It orders nothing and ranks nobody.
    pub enum Urgency as "NeedUrgency" {
        /// Whenever it can be given.
        Low = "low",
        /// Within the years that plans are made for.
        Medium = "medium",
        /// Soon.
        High = "high",
        /// Now.
        Immediate = "immediate",
    }
}

code_enum! {
    /// With whom a State shares what is otherwise for itself and the Secretariat.
    pub enum Sharing as "NeedSharing" {
        /// With nobody.
        Nobody = "nobody",
        /// With donors.
        Donors = "donors",
        /// With everybody.
        All = "all",
    }
}

/// What is needed, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedParticulars {
    /// The code of the category that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The code of the standard that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// The code of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version of the list of types that the code is from. The decision fills it in.
    pub types_version: u32,
    /// How soon.
    pub urgency: Urgency,
    /// The need in the State's own words. A row or an entry that states one may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Words>,
    /// The obstacle that help would remove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
}

/// What stands in the way: a difficulty that the reply tells of, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The code of the question, under the heading of difficulties, whose answer tells it.
    Question(String),
    /// Words.
    Words(Words),
}

/// A need is written down beside a reply's answers; it is indicated when the reply's submission names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDrafted {
    /// Whose need.
    pub party: PartyId,
    /// The reply.
    pub reply: ReplyId,
    /// 1, 2, 3 within the reply.
    pub number: u32,
    /// What is needed.
    #[serde(flatten)]
    pub about: NeedParticulars,
}

/// A draft is put otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedEdited {
    /// What is needed, as a whole.
    #[serde(flatten)]
    pub about: NeedParticulars,
}

/// A draft is given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDropped {}

/// Something is done for the first time with a need that a row, an entry or a group of a reply states. What is said of it, and whether
/// it is stated still, is for the reply's submissions to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedStated {
    /// Whose need.
    pub party: PartyId,
    /// The reply.
    pub reply: ReplyId,
    /// The address of the row, the entry or the group.
    pub at: String,
}

/// A State indicates a need, outside of any reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedIndicated {
    /// Whose need.
    pub party: PartyId,
    /// What is needed.
    #[serde(flatten)]
    pub about: NeedParticulars,
    /// Where the Secretariat has it from; none where the State indicated it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_on_behalf: Option<EnteredOnBehalf>,
}

/// The Secretariat has taken the need up as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedConfirmed {}

/// The need is the same as another, which stands for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedMerged {
    /// The other.
    pub into: NeedId,
}

/// The Secretariat does not take the need up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDeclined {
    /// Why.
    pub reason: Words,
}

/// The need is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedMet {
    /// When.
    pub on: Date,
    /// The completed project that met it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// What there is to say of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Words>,
}

/// The need is there no longer, though nobody met it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedLapsed {
    /// When.
    pub on: Date,
    /// Why, where there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
}

/// The State decides with whom the need is shared, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedShared {
    /// With whom.
    pub with: Sharing,
}
