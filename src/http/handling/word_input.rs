//! Words as they arrive, `{"text", "lang"}`, set beside the log.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::new_content;
use crate::http::problem::Problem;
use domain::content::words_fault;
use domain::fault::pointer;
use domain::questionnaire::TextAnswer;
use domain::{ContentRef, Fault, Lang, blank};
use event_log::NewContent;

/// Words in a language.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewWords {
    /// The words.
    text: String,
    /// ar, zh, en, fr, ru, es
    pub lang: Lang,
}

impl NewWords {
    /// The words as a new content; `at` is their place in the request.
    ///
    /// # Errors
    /// `faulty`, where they say nothing or too much.
    pub(in crate::http) fn store(
        &self,
        at: &str,
        max: usize,
        faulty: &'static str,
        contents: &mut Vec<NewContent>,
    ) -> Result<ContentRef, Problem> {
        keep(&self.text, &pointer(at, "text"), max, faulty, contents)
    }

    /// The words as a new content, with their length: the core says where they say nothing or too much.
    ///
    /// # Errors
    /// There is no randomness for the salt.
    pub(in crate::http) fn as_answer(
        &self,
        contents: &mut Vec<NewContent>,
    ) -> Result<TextAnswer, Problem> {
        as_answer(&self.text, self.lang, contents)
    }
}

/// Words as a new content, with their length; those of which nothing can be seen have none.
///
/// # Errors
/// There is no randomness for the salt.
pub(in crate::http) fn as_answer(
    text: &str,
    lang: Lang,
    contents: &mut Vec<NewContent>,
) -> Result<TextAnswer, Problem> {
    let said = if blank::is_blank(text) { "" } else { text };
    Ok(TextAnswer {
        content: new_content::words(text.to_owned(), contents)?,
        lang,
        length: u32::try_from(said.chars().count()).unwrap_or(u32::MAX),
    })
}

/// Words as a new content; `at` is their place in the request.
///
/// # Errors
/// `faulty`, where they say nothing or too much.
pub(in crate::http) fn keep(
    text: &str,
    at: &str,
    max: usize,
    faulty: &'static str,
    contents: &mut Vec<NewContent>,
) -> Result<ContentRef, Problem> {
    let faults: Vec<Fault> = words_fault(text, at, max).into_iter().collect();
    if !faults.is_empty() {
        return Err(Problem::new(faulty).faults(faults));
    }
    new_content::words(text.to_owned(), contents)
}
