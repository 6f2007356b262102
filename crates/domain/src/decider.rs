//! What every aggregate of the core has in common.

use std::error::Error;

use serde::Serialize;
use serde_json::Value;

use super::Fault;

/// An aggregate: its events tell its state, and its state decides on commands.
pub trait Decider {
    /// What somebody wants to happen.
    type Command;
    /// What the decision reads of other streams; each of them is guarded by the shell.
    type Context;
    /// What has happened.
    type Event: DomainEvent;
    /// What the events amount to. The default is the state before the first event.
    type State: Default + Clone + Send + Sync + 'static;
    /// Why a command cannot happen.
    type Refusal: Refusal;

    /// The events that the command gives (none when nothing would change), or why it is refused.
    ///
    /// # Errors
    ///
    /// Returns the rule that the command breaks.
    fn decide(
        state: &Self::State,
        context: &Self::Context,
        command: Self::Command,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// The state after the event. Total: an event that cannot follow leaves the state as it is.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;
}

/// An event as it is stored: a kind and an object of data. The log makes canonical JSON of it.
pub trait DomainEvent: Sized + Clone + Send + Sync + 'static {
    /// Every kind of the aggregate, in snake case: `reply_submitted`.
    const KINDS: &'static [&'static str];

    /// This event's kind, one of [`Self::KINDS`].
    fn kind(&self) -> &'static str;

    /// This event's data, always a JSON object, without floats.
    fn to_data(&self) -> Value;

    /// Reads a stored event. Shapes that older programs wrote are brought up to date here, never in the log.
    ///
    /// # Errors
    ///
    /// Says which kind is unknown, or what about its data is not as the kind wants it.
    fn from_stored(kind: &str, data: Value) -> Result<Self, StoredEventError>;
}

/// What follows from a command, where it is one event.
pub(super) fn one<E>(event: impl Into<E>) -> Vec<E> {
    vec![event.into()]
}

/// The same, where the command may change nothing.
pub(super) fn unless<E>(is_same: bool, event: impl Into<E>) -> Vec<E> {
    if is_same { Vec::new() } else { one(event) }
}

/// An event's data as JSON.
#[expect(
    clippy::expect_used,
    reason = "structs with text keys and no floats always have a JSON form"
)]
pub(super) fn data(event: &impl Serialize) -> Value {
    serde_json::to_value(event).expect("an event has a JSON form")
}

/// Why a stored event cannot be read: the log was written by a newer program, or is damaged.
#[derive(Debug, thiserror::Error)]
pub enum StoredEventError {
    /// No event of the aggregate has this kind.
    #[error("no event of this stream has the kind {kind:?}")]
    UnknownKind {
        /// The kind as stored.
        kind: String,
    },
    /// The data do not have the shape of the kind.
    #[error("the data of a stored {kind} are not as they must be: {source}")]
    Malformed {
        /// The kind as stored.
        kind: String,
        /// What is wrong with the data.
        source: serde_json::Error,
    },
}

/// Why a command cannot happen: what the rule says, for people and for programs.
pub trait Refusal: Error + Send + Sync + 'static {
    /// Stable, in snake case; a row of the API's table of problems.
    fn code(&self) -> &'static str;

    /// Everything that is wrong with the command, at once. Empty when the code says it all.
    fn faults(&self) -> Vec<Fault>;
}
