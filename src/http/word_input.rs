//! Words as they arrive, `{"text", "lang"}`, set beside the log.

use serde::Deserialize;
use utoipa::ToSchema;

use super::answer_input::store;
use super::problem::Problem;
use crate::domain::content::words_fault;
use crate::domain::fault::pointer;
use crate::domain::{ContentRef, Fault, Lang};
use crate::log::NewContent;

/// Words in a language.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWords {
    /// The words.
    text: String,
    /// ar, zh, en, fr, ru, es
    #[schema(value_type = String)]
    pub lang: Lang,
}

impl NewWords {
    /// The words as a new content; `at` is their place in the request.
    ///
    /// # Errors
    /// `faulty`, where they say nothing or too much.
    pub(super) fn store(
        &self,
        at: &str,
        max: usize,
        faulty: &'static str,
        contents: &mut Vec<NewContent>,
    ) -> Result<ContentRef, Problem> {
        keep(&self.text, &pointer(at, "text"), max, faulty, contents)
    }
}

/// Words as a new content; `at` is their place in the request.
///
/// # Errors
/// `faulty`, where they say nothing or too much.
pub(super) fn keep(
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
    store(text.to_owned(), contents)
}
