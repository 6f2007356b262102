//! How faults are told: in the reader's language, so many of them, and so much of what was sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{Fault, Lang};
use crate::texts;

/// How many faults a problem lists at most.
pub(super) const MOST_FAULTS: usize = 100;
/// How many characters of what was sent are sent back in one place.
const MOST_SAID: usize = 1_000;

/// One thing that is wrong with a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultBody {
    /// Stable.
    code: &'static str,
    /// JSON pointer (RFC 6901) into the request's body.
    pointer: String,
    /// The code of the question concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// What was wrong and what would be right.
    detail: String,
}

impl FaultBody {
    /// A fault in the reader's language.
    pub fn of(fault: &Fault, languages: &[Lang]) -> Self {
        Self {
            code: fault.code,
            pointer: brief(&fault.pointer),
            question: fault.question.as_deref().map(brief),
            detail: detail(fault.code, languages, &fault.args),
        }
    }

    /// The first of these faults in the reader's language, and how many there are, where that is more.
    pub fn first_of(faults: &[Fault], languages: &[Lang]) -> (Vec<Self>, Option<usize>) {
        let first = faults.iter().take(MOST_FAULTS);
        let first = first.map(|fault| Self::of(fault, languages));
        (first.collect(), total(faults.len()))
    }
}

/// How many faults there are, where they are not all listed.
pub(super) fn total(faults: usize) -> Option<usize> {
    (faults > MOST_FAULTS).then_some(faults)
}

/// What is sent back of what was sent: as much of it as whoever sent it needs to find it again.
pub(super) fn brief(said: &str) -> String {
    match said.char_indices().nth(MOST_SAID) {
        None => said.to_owned(),
        Some((end, _)) => said[..end].to_owned(),
    }
}

/// The text of a code, its placeholders filled with what was sent, in brief.
pub(super) fn detail(code: &str, languages: &[Lang], args: &[(&'static str, String)]) -> String {
    let args = args.iter().map(|(name, value)| (*name, brief(value)));
    let args: Vec<_> = args.collect();
    texts::text(&format!("problem.{code}"), languages, &args)
}
