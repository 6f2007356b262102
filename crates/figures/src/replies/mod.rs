//! What figures are computed over: the replies to a collection as they stood at a position, each as it was submitted.

mod answers;
mod parsing;

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

pub use answers::{FlagSet, GivenAnswer, GivenValue, SubmittedAnswers};
pub use parsing::{Names, read_answers};

/// The replies to a collection, as they stood at a position.
#[derive(Clone, Debug)]
pub struct Replies {
    /// The position.
    pub position: u64,
    /// When it was recorded.
    pub time: Option<String>,
    /// The last position up to there at which a reply came, was replaced or withdrawn.
    pub changed: u64,
    /// Each party's, in the order of the replies' ids.
    pub replies: Vec<SubmittedReply>,
}

/// A reply as it was submitted.
#[derive(Clone, Debug)]
pub struct SubmittedReply {
    /// The reply.
    pub reply: Uuid,
    /// The position at which this version of it was submitted.
    pub submission: u64,
    /// 1, 2, 3 of the reply.
    pub version: u32,
    /// Whose it is.
    pub party: ReplyParty,
    /// When it was submitted, in RFC 3339.
    pub received_at: String,
    /// The day on which it came, where the Secretariat entered it.
    pub received_on: Option<String>,
    /// What of it may be counted.
    pub countable: Countable,
    /// What was answered.
    pub answers: Arc<SubmittedAnswers>,
}

/// The party of a reply, as it was invited: a later change of its group changes no figure.
#[derive(Clone, Debug)]
pub struct ReplyParty {
    /// Its id.
    pub id: Uuid,
    /// Its code: ISO 3166-1 alpha-3 of a State.
    pub code: Arc<str>,
    /// Its kind: `member_state`.
    pub kind: Arc<str>,
    /// Its regional group; none: it is of no group.
    pub regional_group: Option<Arc<str>>,
    /// Its region by M49.
    pub region: Option<Arc<str>>,
    /// Its sub-region by M49.
    pub sub_region: Option<Arc<str>>,
}

/// What of a reply may be counted for whoever reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Countable {
    /// All of it.
    Whole,
    /// These sections of it, by their codes.
    Sections(BTreeSet<String>),
}

impl Countable {
    /// Whether anything of it may be counted.
    pub fn has_any(&self) -> bool {
        match self {
            Self::Whole => true,
            Self::Sections(sections) => !sections.is_empty(),
        }
    }

    /// Whether what is asked in this section may be counted.
    pub fn has(&self, section: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Sections(sections) => sections.contains(section),
        }
    }
}
