//! Words with their language: what people typed, beside the log as a content.

use super::Fault;
use super::fault;
use super::questionnaire::TextAnswer;

/// Words: where they are, in which language, and how long.
pub type Words = TextAnswer;

/// The fault of words that must say something, in at most `max` characters.
pub(super) fn fault(words: &Words, at: &str, max: u32) -> Option<Fault> {
    if words.length == 0 {
        Some(fault::BLANK.at(at))
    } else if words.length > max {
        Some(fault::TEXT_TOO_LONG.at(at).arg("max", max))
    } else {
        None
    }
}
