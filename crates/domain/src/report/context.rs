//! What decisions on a report read of other streams.

use super::*;

/// What decisions on a report read of other streams. What is not in the sets is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Of the collections named, those that there are.
    pub collections: BTreeSet<CollectionId>,
    /// Of the instruments named, those that there are.
    pub instruments: BTreeSet<InstrumentId>,
    /// Of the answers named, those of submitted replies in the report's collections.
    pub answers: BTreeSet<AnswerLink>,
    /// What a publication rests on; without it nothing is published.
    pub grounds: Option<PublicationGrounds>,
}

/// What the publication of a report rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationGrounds {
    /// The meeting named; none where there is no such meeting.
    pub meeting: Option<Sitting>,
    /// Whether the document named is recorded.
    pub is_document_recorded: bool,
    /// Of the report's collections, those whose figures were never released by the position that was compiled.
    pub unreleased: Vec<CollectionId>,
    /// Whether a party's consent, or what it submitted, changed since the body was made.
    pub has_moved: bool,
}

/// What is known of a meeting that a report is put before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// What kind of meeting it is.
    pub kind: MeetingKind,
    /// The number of the session, or of the Congress.
    pub session: Option<u16>,
    /// Whether it does not take place.
    pub is_cancelled: bool,
}

impl Sitting {
    /// What a meeting says of itself; none where there is no such meeting.
    pub fn from_meeting(meeting: &meeting::State) -> Option<Self> {
        meeting.as_ref().map(|meeting| Self {
            kind: meeting.kind,
            session: meeting.session,
            is_cancelled: meeting.status == meeting::Status::Cancelled,
        })
    }
}
