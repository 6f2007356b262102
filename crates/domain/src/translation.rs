//! Translations of what people typed: attributed, later, beside the original and never in its place.
//!
//! A stream per content that is translated. A translation's words are a content of their own, which can be redacted.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ContentId, ContentRef, Lang};

#[cfg(test)]
mod tests;

code_enum! {
    /// Who translated: it is shown beside every translation.
    pub enum Translator {
        /// The translation service of the Secretariat.
        Secretariat = "secretariat",
        /// The party whose words they are, as it sent it in.
        Party = "party",
        /// A program; nobody has revised it.
        Machine = "machine",
    }
}

// Events

events! {
    /// What happens to the translations of a content.
    pub enum Event {
        TextTranslated = "text_translated",
        TranslationWithdrawn = "translation_withdrawn",
    }
}

/// There is a translation into a language; one that there was is superseded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextTranslated {
    /// What is translated.
    pub content: ContentId,
    /// Into which language.
    pub lang: Lang,
    /// The translation.
    pub text: ContentRef,
    /// Who translated.
    pub by: Translator,
}

/// A translation is shown no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslationWithdrawn {
    /// Of what.
    pub content: ContentId,
    /// Into which language.
    pub lang: Lang,
}

// State

/// The translations of a content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Those that hold, by language.
    pub held: BTreeMap<Lang, TextTranslated>,
    /// Every content that ever held one: they go with the original when it is redacted.
    pub ever: BTreeSet<ContentId>,
}

// Commands

/// What somebody wants of a content's translations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Add one, or replace it.
    Translate(TextTranslated),
    /// Withdraw one.
    Withdraw {
        /// Of what.
        content: ContentId,
        /// Into which language.
        lang: Lang,
    },
}

/// What is stored under the content's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Nothing, or nothing any more.
    Nothing,
    /// What somebody typed.
    Words,
    /// A translation: the original is what is translated.
    Translation,
    /// A file, a questionnaire, a report: nothing that is typed in one language.
    Other,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        UnknownContent = "unknown_content", "there is no such content";
        ContentNotTranslatable = "content_not_translatable", "only what somebody typed is translated";
        UnknownTranslation = "unknown_translation", "there is no translation into this language";
    }
}

// Decide

/// The aggregate.
#[derive(Clone, Copy, Debug)]
pub struct Translations;

decider!(Translations);

fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::TextTranslated(event) => {
            state.ever.insert(event.text.content);
            state.held.insert(event.lang, event.clone());
        }
        Event::TranslationWithdrawn(event) => _ = state.held.remove(&event.lang),
    }
    state
}

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    match (command, context) {
        (Command::Translate(_), Context::Nothing) => Err(Refusal::UnknownContent),
        (Command::Translate(_), Context::Translation | Context::Other) => {
            Err(Refusal::ContentNotTranslatable)
        }
        (Command::Translate(translated), Context::Words) => {
            let known = state.held.get(&translated.lang);
            Ok(if known == Some(&translated) {
                Vec::new()
            } else {
                vec![translated.into()]
            })
        }
        (Command::Withdraw { content, lang }, _) if state.held.contains_key(&lang) => {
            Ok(vec![TranslationWithdrawn { content, lang }.into()])
        }
        (Command::Withdraw { .. }, _) => Err(Refusal::UnknownTranslation),
    }
}
