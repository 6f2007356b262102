//! What is set beside the log, and how an event refers to it. Without randomness there is no salt, and then nothing may be
//! stored.

use serde::Serialize;

use crate::deciding::translation::WORDS;
use crate::http::problem::Problem;
use domain::{ContentId, ContentRef};
use event_log::NewContent;

/// Words as a new content.
pub(in crate::http) fn words(
    text: String,
    contents: &mut Vec<NewContent>,
) -> Result<ContentRef, Problem> {
    store(WORDS, text.into_bytes(), contents)
}

/// JSON as a new content.
pub(in crate::http) fn json(
    value: &impl Serialize,
    contents: &mut Vec<NewContent>,
) -> Result<ContentRef, Problem> {
    let bytes = serde_json::to_vec(value).map_err(|_| Problem::new("internal"))?;
    store("application/json", bytes, contents)
}

fn store(
    media_type: &'static str,
    bytes: Vec<u8>,
    contents: &mut Vec<NewContent>,
) -> Result<ContentRef, Problem> {
    let content = NewContent::new(media_type, bytes).map_err(|_| Problem::new("internal"))?;
    let reference = reference(&content);
    contents.push(content);
    Ok(reference)
}

/// How an event refers to a content.
pub(in crate::http) fn reference(content: &NewContent) -> ContentRef {
    ContentRef {
        content: ContentId(content.id),
        commitment: content.commitment(),
    }
}
