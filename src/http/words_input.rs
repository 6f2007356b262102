//! Words as they arrive, to be set beside the log.

use serde::Deserialize;
use utoipa::ToSchema;

use super::answer_input::store;
use super::problem::Problem;
use crate::domain::{Lang, Words};
use crate::log::NewContent;

/// Words with their language.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsInput {
    /// What is said.
    text: String,
    /// ar, zh, en, fr, ru, es
    #[schema(value_type = String, example = "en")]
    lang: Lang,
}

impl WordsInput {
    /// The words as a new content; a text of nothing but space has no length.
    ///
    /// # Errors
    /// There is no randomness for its salt.
    pub fn store(&self, contents: &mut Vec<NewContent>) -> Result<Words, Problem> {
        words(&self.text, self.lang, contents)
    }
}

/// Words as a new content.
///
/// # Errors
/// There is no randomness for its salt.
pub fn words(text: &str, lang: Lang, contents: &mut Vec<NewContent>) -> Result<Words, Problem> {
    let said = if text.trim().is_empty() { "" } else { text };
    let length = u32::try_from(said.chars().count()).unwrap_or(u32::MAX);
    Ok(Words {
        content: store(text.to_owned(), contents)?,
        lang,
        length,
    })
}
