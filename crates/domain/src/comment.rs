//! A comment: what a party says of an instrument, a section or a question in a consultation, and what became of it.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::{self, Fault, FaultCode};
use super::questionnaire::difference::{Differences, PlacedItem};
use super::questionnaire::{Form, JsonTrue, Question};
use super::{CommentId, ConsultationId, ContentRef, Lang, PartyId, consultation, instrument};

mod events;
mod rules;
#[cfg(test)]
mod tests;

pub use events::{
    CommentCorrected, CommentDisposed, CommentMade, CommentWithdrawn, EnteredOnBehalf,
};

// Events

events! {
    /// What happens to a comment.
    pub enum Event {
        CommentMade = "comment_made",
        CommentCorrected = "comment_corrected",
        CommentWithdrawn = "comment_withdrawn",
        CommentDisposed = "comment_disposed",
    }
}

/// What a comment is about: `{"instrument": true}`, `{"section": "A"}`, `{"question": "A1"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentSubject {
    /// The instrument as a whole.
    Instrument(JsonTrue),
    /// The section with this code.
    Section(String),
    /// The question with this code.
    Question(String),
}

impl CommentSubject {
    /// Whether what it is about is the same on both sides of these differences: a section with its questions.
    pub fn is_unchanged(&self, differences: &Differences<'_>) -> bool {
        let mut questions = differences.questions.iter();
        match self {
            Self::Instrument(_) => differences.is_empty(),
            Self::Question(code) => !questions.any(|question| question.code == *code),
            Self::Section(code) => {
                let mut sections = differences.sections.iter();
                let is_in =
                    |placed: &PlacedItem<'_, Question>| placed.section == Some(code.as_str());
                !sections.any(|section| section.code == *code)
                    && !questions.any(|question| {
                        question.from.as_ref().is_some_and(is_in)
                            || question.to.as_ref().is_some_and(is_in)
                    })
            }
        }
    }
}

code_enum! {
    /// What became of a comment.
    pub enum Disposition as "CommentDisposition" {
        /// A revision is to take it up as it is.
        Accepted = "accepted",
        /// In part.
        AcceptedInPart = "accepted_in_part",
        /// It is not.
        NotAccepted = "not_accepted",
        /// It asks for no change.
        Noted = "noted",
    }
}

impl Disposition {
    /// Whether a revision can take the comment up.
    pub const fn changes_the_instrument(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedInPart)
    }
}

// State

/// A comment as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The consultation.
    pub consultation: ConsultationId,
    /// The party whose comment it is.
    pub party: PartyId,
    /// What it says.
    pub said: CommentContent,
    /// Where the Secretariat has it from, if it was received on paper.
    pub entered_on_behalf: Option<EnteredOnBehalf>,
    /// Whether its party took it back.
    pub withdrawn: bool,
    /// What became of it, once that is decided.
    pub disposition: Option<CommentDisposed>,
}

/// What a comment says, of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentContent {
    /// Of what.
    pub on: CommentSubject,
    /// The language of its words.
    pub lang: Lang,
    /// The comment.
    pub text: ContentRef,
    /// The wording that it proposes.
    pub wording: Option<ContentRef>,
}

/// None until the comment is made.
pub type State = Option<Comment>;

/// A comment that stands in the way of its instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockingComment {
    /// The comment.
    pub comment: CommentId,
    /// The code of its party.
    pub party: String,
}

impl BlockingComment {
    /// The fault that it is where it has no disposition.
    pub fn undisposed(&self) -> Fault {
        self.fault(fault::COMMENT_WITHOUT_DISPOSITION)
    }

    /// The fault that it is where it is accepted, and no revision takes it up.
    pub fn not_taken_up(&self) -> Fault {
        self.fault(fault::COMMENT_NOT_TAKEN_UP)
    }

    fn fault(&self, kind: FaultCode) -> Fault {
        let at = fault::pointer("/comments", self.comment);
        kind.at(at)
            .arg("comment", self.comment)
            .arg("party", &self.party)
    }
}

fn evolve(state: State, event: &Event) -> State {
    let Some(mut comment) = state else {
        return match event {
            Event::CommentMade(event) => Some(Comment::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::CommentMade(_) => {}
        Event::CommentCorrected(event) => comment.said = CommentContent::from(event.clone()),
        Event::CommentWithdrawn(_) => comment.withdrawn = true,
        Event::CommentDisposed(event) => comment.disposition = Some(event.clone()),
    }
    Some(comment)
}

impl From<CommentMade> for Comment {
    fn from(event: CommentMade) -> Self {
        let CommentMade {
            consultation,
            party,
            on,
            lang,
            text,
            wording,
            entered_on_behalf,
        } = event;
        Self {
            consultation,
            party,
            said: CommentContent {
                on,
                lang,
                text,
                wording,
            },
            entered_on_behalf,
            withdrawn: false,
            disposition: None,
        }
    }
}

impl From<CommentCorrected> for CommentContent {
    fn from(event: CommentCorrected) -> Self {
        let CommentCorrected {
            on,
            lang,
            text,
            wording,
        } = event;
        Self {
            on,
            lang,
            text,
            wording,
        }
    }
}

// Commands

/// Who changes a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentingCapacity {
    /// Its party. Whose comment it is, is seen to before.
    Party,
    /// The Secretariat, which may correct only what it entered itself.
    Secretariat,
}

/// What somebody wants of a comment.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Make it.
    Make(CommentMade),
    /// Say it otherwise.
    Correct {
        /// Who.
        by: CommentingCapacity,
        /// What it says from now on.
        said: CommentContent,
    },
    /// Take it back.
    Withdraw {
        /// Who.
        by: CommentingCapacity,
    },
    /// Say what becomes of it.
    Dispose(CommentDisposed),
}

/// What decisions on a comment read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The comment's own id.
    pub comment: CommentId,
    /// Its consultation.
    pub consultation: Arc<consultation::State>,
    /// The instrument that is consulted on: for dispositions, and for what comes on paper once the consultation is closed.
    pub instrument: Arc<instrument::State>,
    /// Whether whoever acts for the party was replaced as its focal point.
    pub is_replaced: bool,
    /// The revision that is consulted on.
    pub form: Arc<Form>,
    /// The day on which this is decided, by the clock of UTC: what was received on paper was not received later.
    pub today: Date,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        CommentAlreadyExists = "comment_already_exists", "there is a comment with this id already";
        UnknownComment = "unknown_comment", "there is no such comment";
        UnknownConsultation = "unknown_consultation", "there is no such consultation";
        CommentFaulty(faults) = "comment_faulty", "what is said in the comment has faults";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        PartyNotAsked = "party_not_asked", "the party was not asked for its comments";
        ConsultationClosed = "consultation_closed", "the consultation is closed";
        CommentWithdrawn = "comment_withdrawn", "the comment is withdrawn";
        CommentHasDisposition = "comment_has_disposition", "the comment has a disposition, and stays as it is";
        CommentOfTheParty = "comment_of_the_party", "only its party changes a comment that it made itself";
        DispositionFaulty(faults) = "disposition_faulty", "what is said of the disposition has faults";
        DispositionFixed = "disposition_fixed", "the instrument was presented, or the comments are published: dispositions are what they are";
        CommentTakenUp = "comment_taken_up", "a revision takes the comment up: it stays accepted";
    }
}

// Decide

decider!(Comment);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(comment) = state else {
        return match command {
            Command::Make(made) => rules::make(made, context),
            _ => Err(Refusal::UnknownComment),
        };
    };
    match command {
        Command::Make(_) => Err(Refusal::CommentAlreadyExists),
        _ if comment.withdrawn => Err(Refusal::CommentWithdrawn),
        Command::Correct { by, said } => rules::correct(comment, context, by, said),
        Command::Withdraw { by } => rules::withdraw(comment, context, by),
        Command::Dispose(disposed) => rules::dispose(comment, context, disposed),
    }
}
