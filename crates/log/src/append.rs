//! What an append carries, and how it can end.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::content::NewContent;
use super::envelope::{self, OpenEnvelope};

/// Who did something: stored in every event. Persons' names are not; they live in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The principal's id.
    pub principal: Uuid,
    /// The role in which the principal acted.
    pub role: String,
    /// The party for which the principal acted, if for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Uuid>,
}

/// A command's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandId {
    /// Made from principal and Idempotency-Key, or new where the client gave no key.
    pub id: Uuid,
    /// SHA-256 of the request, where the client gave a key: the same key must carry the same request.
    pub request: Option<[u8; 32]>,
}

/// An event to record.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// A new UUIDv7; its random bits keep the leaf hash from being guessed.
    pub id: Uuid,
    /// What happened.
    pub kind: &'static str,
    /// The event's data: an object.
    pub data: Value,
}

/// One decision to record, whole or not at all.
#[derive(Clone, Debug)]
pub struct Append {
    /// Which command this is.
    pub command: CommandId,
    /// Who gave it.
    pub actor: Actor,
    /// The stream that it adds to.
    pub stream: Uuid,
    /// The version at which the decision read that stream; 0: it must not exist.
    pub expected: i32,
    /// Other streams that the decision read, each at its version.
    pub guards: Vec<(Uuid, i32)>,
    /// What happened. None only where the command carries a key: then it is remembered that it changed nothing.
    pub events: Vec<NewEvent>,
    /// Words and documents that the events commit to.
    pub contents: Vec<NewContent>,
}

/// Where an append stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendReceipt {
    /// Position of its first event; one more than `last` where it has none.
    pub first: u64,
    /// Position of its last event; of the log's head at that moment where it has none.
    pub last: u64,
    /// Whether the same command had recorded it before.
    pub repeated: bool,
}

/// Why the log refused an append that it understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendRefusal {
    /// A stream has moved on since the decision read it.
    #[error("a stream that the decision read has moved on")]
    Conflict,
    /// The command id was used before, for another request.
    #[error("the idempotency key was used before, for another request")]
    KeyReused,
}

/// How an append can fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The log refused it.
    #[error(transparent)]
    Refused(#[from] AppendRefusal),
    /// As many appends wait already as are allowed to.
    #[error("the log's queue is full")]
    Busy,
    /// The append could not be recorded; nothing of it was.
    #[error("the append could not be recorded: {0}")]
    NotRecorded(String),
    /// The database's views were built from other definitions than this program has.
    #[error("view definitions differ: {0}")]
    ViewsDiffer(String),
    /// The database's clock made a jump.
    #[error("a clock is wrong: {0}")]
    ClockJumped(String),
    /// The database does not answer; whether the append was recorded is not known. The same command may be sent again.
    #[error("the database does not answer: {0}")]
    Unknown(String),
    /// An envelope would exceed the limit.
    #[error("an event has {size} bytes; at most {} are possible", envelope::LIMIT)]
    TooLarge {
        /// The envelope's size in bytes, about.
        size: usize,
    },
    /// The server is stopping.
    #[error("the writer has stopped")]
    Stopped,
}

/// An append whose events are already written, as far as they are known before the lock.
#[derive(Debug)]
pub struct SealedAppend {
    pub(super) command: CommandId,
    pub(super) stream: Uuid,
    pub(super) expected: i32,
    pub(super) guards: Vec<(Uuid, i32)>,
    pub(super) events: Vec<(&'static str, OpenEnvelope)>,
    pub(super) contents: Vec<NewContent>,
}

impl Append {
    /// Writes the events, and refuses what the log could not hold before it reaches a batch.
    ///
    /// # Errors
    /// [`AppendError::NotRecorded`], [`AppendError::TooLarge`].
    pub fn seal(self) -> Result<SealedAppend, AppendError> {
        if self.events.is_empty() && self.command.request.is_none() {
            return Err(AppendError::NotRecorded("it has no event".into()));
        }
        let mut events = Vec::with_capacity(self.events.len());
        for event in &self.events {
            let open =
                OpenEnvelope::write(&self.actor, self.command.id, event).ok_or_else(|| {
                    AppendError::NotRecorded(format!(
                        "{} has a number that is no exact integer",
                        event.kind
                    ))
                })?;
            let size = open.text.len() + envelope::SPLICED;
            if size > envelope::LIMIT {
                return Err(AppendError::TooLarge { size });
            }
            events.push((event.kind, open));
        }
        Ok(SealedAppend {
            command: self.command,
            stream: self.stream,
            expected: self.expected,
            guards: self.guards,
            events,
            contents: self.contents,
        })
    }
}

impl SealedAppend {
    /// The version at which its stream stands once it is recorded.
    pub(super) fn reached(&self) -> i32 {
        let events = i32::try_from(self.events.len()).unwrap_or(i32::MAX);
        self.expected.saturating_add(events)
    }

    /// About how many bytes it carries: events and contents.
    pub fn size(&self) -> usize {
        let events: usize = self.events.iter().map(|(_, open)| open.text.len()).sum();
        let contents: usize = self.contents.iter().map(|content| content.body.len()).sum();
        events + contents
    }
}
