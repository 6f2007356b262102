//! Redactions: words or a file beside the log are deleted, because they name somebody or must not be there.
//!
//! A stream per content, whose id is the content's own. The log deletes the content with the event, in one transaction.

use serde::{Deserialize, Serialize};

use super::ContentId;

#[cfg(test)]
mod tests;

// Events

events! {
    /// What happens to a content.
    pub enum Event {
        ContentRedacted = "content_redacted",
    }
}

/// A content is deleted. What committed to it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRedacted {
    /// The content.
    pub content: ContentId,
    /// Why.
    pub reason: Reason,
}

code_enum! {
    /// Why a content is redacted. A code and nothing else: a sentence could repeat what must be forgotten.
    pub enum Reason as "RedactionReason" {
        /// It names a person.
        NamesAPerson = "names_a_person",
        /// It says something else of a person who can be told from it.
        OtherPersonalData = "other_personal_data",
        /// It is information that must not be kept here.
        RestrictedInformation = "restricted_information",
        /// It was not meant to be sent.
        SentByMistake = "sent_by_mistake",
    }
}

// State

/// Why it was redacted; none while it is there.
pub type State = Option<Reason>;

// Commands

/// What somebody wants of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Delete it.
    Redact {
        /// Which.
        content: ContentId,
        /// Why.
        reason: Reason,
    },
}

/// What is stored under a content's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Nothing.
    Nothing,
    /// What somebody typed or sent.
    Words,
    /// A questionnaire, or what a report is compiled or published of: it holds no words of anybody's, and what refers to it
    /// would have no meaning without it.
    Structure,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        UnknownContent = "unknown_content", "there is no such content";
        ContentAlreadyRedacted = "content_already_redacted", "the content is redacted already";
        ContentNotRedactable = "content_not_redactable", "a questionnaire, or a report's body, holds no words that could be redacted";
    }
}

// Decide

/// The aggregate.
#[derive(Clone, Copy, Debug)]
pub struct Redaction;

decider!(Redaction);

fn evolve(state: State, event: &Event) -> State {
    let Event::ContentRedacted(event) = event;
    state.or(Some(event.reason))
}

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Command::Redact { content, reason } = command;
    match (state, context) {
        (Some(_), _) => Err(Refusal::ContentAlreadyRedacted),
        (None, Context::Nothing) => Err(Refusal::UnknownContent),
        (None, Context::Structure) => Err(Refusal::ContentNotRedactable),
        (None, Context::Words) => Ok(vec![ContentRedacted { content, reason }.into()]),
    }
}
