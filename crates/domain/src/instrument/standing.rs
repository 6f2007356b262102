//! What decisions on an instrument know of comments and meetings.

use jiff::civil::Date;

use super::super::comment::BlockingComment;
use super::super::meeting::{self, MeetingKind};
use super::super::{ConsultationId, InstrumentId, comment, consultation};
use super::Route;

/// What stands in the way of an instrument's presentation, approval or withdrawal.
#[derive(Clone, Debug)]
pub struct Obstacles {
    /// Its consultations that are still open.
    pub open: Vec<ConsultationId>,
    /// The comments in its consultations that have no disposition.
    pub undisposed: Vec<BlockingComment>,
    /// The comments that are accepted, and that no revision takes up.
    pub not_taken_up: Vec<BlockingComment>,
}

/// What is known of a comment that a revision is to take up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentStanding {
    /// There is no such comment, or it is withdrawn.
    Unknown,
    /// It is on another instrument.
    Foreign,
    /// It is not accepted, not even in part.
    NotAccepted,
    /// It is accepted, at least in part.
    Accepted,
}

impl CommentStanding {
    /// What a comment and its consultation say of it, for this instrument.
    pub fn from_comment(
        instrument: InstrumentId,
        comment: &comment::State,
        consultation: &consultation::State,
    ) -> Self {
        let comment = comment.as_ref().filter(|comment| !comment.withdrawn);
        let (Some(comment), Some(consultation)) = (comment, consultation) else {
            return Self::Unknown;
        };
        if consultation.instrument != instrument {
            return Self::Foreign;
        }
        match &comment.disposition {
            Some(disposed) if disposed.disposition.changes_the_instrument() => Self::Accepted,
            _ => Self::NotAccepted,
        }
    }
}

/// What is known of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingStanding {
    /// What kind of meeting it is.
    pub kind: MeetingKind,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Its first day.
    pub starts_on: Date,
    /// What it is called.
    pub name: String,
}

impl MeetingStanding {
    /// What a meeting says of itself; none where there is no such meeting.
    pub fn from_meeting(meeting: &meeting::State) -> Option<Self> {
        let meeting = meeting.as_ref()?;
        Some(Self {
            kind: meeting.kind,
            is_cancelled: meeting.status == meeting::Status::Cancelled,
            starts_on: meeting.starts_on,
            name: meeting.title.pick(&[])?.1.to_owned(),
        })
    }

    /// Whether it is of the kind that a route asks for.
    pub fn serves(&self, route: Route) -> bool {
        self.kind
            == match route {
                Route::Intersessional => MeetingKind::Intersessional,
                Route::Presentation => MeetingKind::CommissionSession,
            }
    }
}
