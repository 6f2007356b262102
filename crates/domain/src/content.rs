//! Contents: what people typed, and questionnaires, kept beside the log.

use serde::{Deserialize, Serialize};

use super::ContentId;
use super::fault::{self, Fault};

/// An event's commitment to a content: the content can be deleted and the log still holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    /// Where the content is.
    pub content: ContentId,
    /// SHA-256 of the content's salt and body, in lower-case hexadecimal.
    pub commitment: String,
}

/// The fault of words that must say something, in at most `max` characters. Their body is looked at before they are stored:
/// the events see only where they are.
pub fn words_fault(text: &str, at: &str, max: usize) -> Option<Fault> {
    fault::of_text(text, at, max)
}
