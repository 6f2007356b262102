//! What is asked of the desk, and what comes of it.

use uuid::Uuid;

use super::LoadedState;
use access::intake::IntakeExceeded;
use domain::{Decider, Refusal};
use event_log::{Actor, AppendError, CommandId, ReadError};

/// Who wants something, and how it is told apart from other wishes.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who.
    pub actor: Actor,
    /// The command's identity.
    pub command: CommandId,
    /// If-Match: positions, one of which must be that of the last event of the stream.
    pub if_match: Option<Vec<u64>>,
}

impl Request {
    /// What follows of something else that was asked for: no client named it by a key.
    pub fn unkeyed(actor: Actor) -> Self {
        let command = CommandId {
            id: clock::new_id(),
            request: None,
        };
        Self {
            actor,
            command,
            if_match: None,
        }
    }
}

/// A decision on record.
#[derive(Clone, Debug)]
pub struct RecordedDecision<D: Decider> {
    /// The stream that the events belong to.
    pub stream: Uuid,
    /// What happened; empty where nothing would change.
    pub events: Vec<D::Event>,
    /// The state right after.
    pub now: LoadedState<D::State>,
    /// The position right after it; the answer shows other streams as of there too. None where nothing changed and the command
    /// had no key under which its position was kept: then other streams are shown as of now.
    pub as_of: Option<u64>,
    /// Whether the same command had been decided on before, by this process or another.
    pub is_repeated: bool,
}

/// What comes of a command.
pub type Decision<D> = Result<RecordedDecision<D>, DecisionError<<D as Decider>::Refusal>>;

/// Why a command has no effect.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError<R: Refusal> {
    /// A rule refuses it.
    #[error(transparent)]
    Refused(R),
    /// It could not be decided on, or not be recorded.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl<R: Refusal> From<ReadError> for DecisionError<R> {
    fn from(error: ReadError) -> Self {
        Self::Desk(error.into())
    }
}

/// Why a command has no effect, whatever the rules say of it.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// If-Match names another state than the current one.
    #[error("the object has changed: its current position is {current}")]
    Stale {
        /// Position of the last event that changed the object; 0 where there is none.
        current: u64,
    },
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Others were faster each time.
    #[error("the object changed again and again")]
    TooManyRetries,
    /// What the command refers to does not exist.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// More is to be stored than its party may on a day.
    #[error(transparent)]
    UsedUp(#[from] IntakeExceeded),
    /// Reading failed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Appending failed.
    #[error(transparent)]
    Append(AppendError),
}
