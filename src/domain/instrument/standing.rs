//! What decisions on an instrument know of comments and meetings.

use super::super::{InstrumentId, comment, consultation};
use super::Route;

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
    pub fn of(
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

/// What a meeting can decide on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forum {
    /// An intersessional meeting of the Commission.
    Intersessional,
    /// A session of the Commission.
    Session,
    /// Any other meeting: it approves no instrument.
    Other,
}

/// What is known of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingStanding {
    /// What it can decide on.
    pub forum: Forum,
    /// What it is called.
    pub name: String,
}

impl MeetingStanding {
    /// Whether it is of the kind that a route asks for.
    pub fn serves(&self, route: Route) -> bool {
        match route {
            Route::Intersessional => self.forum == Forum::Intersessional,
            Route::Presentation => self.forum == Forum::Session,
        }
    }
}
