//! Files on a reply: what is attached to a draft, and taken away again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::file_types::FileType;
use super::{Event, Refusal, Reply, State, state};
use crate::fault;
use crate::questionnaire::Questionnaire;
use crate::{ContentId, ContentRef, FileId};

/// The most bytes of a file: 10 MiB.
pub const MAX_FILE_BYTES: usize = 10 << 20;
/// The most files that a reply has at a time.
pub const MAX_FILES: usize = 100;
/// The most bytes of all files that are kept of a reply, those of its submitted versions among them: 100 MiB.
pub const MAX_REPLY_BYTES: u64 = 100 << 20;

/// A file is attached. Its bytes and its name, which may name a person, are contents beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyFileAttached {
    /// The file's id in the reply.
    pub file: FileId,
    /// Its bytes.
    #[serde(flatten)]
    pub content: ContentRef,
    /// Its name.
    pub name: ContentRef,
    /// A type that is taken, and by which the bytes are known (in events of before they were looked at: as the sender said).
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// The code of the question that it belongs to; none where it belongs to the whole reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// Files that no submitted version held, and that nobody can come back to, are deleted: their bytes and their names. What
/// committed to them stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyFilesDeleted {
    /// The contents.
    pub contents: Vec<ContentId>,
}

/// A file is taken away. What earlier versions of the reply held of it stays, as with answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyFileRemoved {
    /// Which.
    pub file: FileId,
}

pub(super) fn attach(
    reply: &Reply,
    questionnaire: &Questionnaire,
    file: ReplyFileAttached,
) -> Result<Vec<Event>, Refusal> {
    if let Some(code) = &file.question
        && questionnaire.question(code).is_none()
    {
        return Err(Refusal::UnknownQuestion(vec![
            super::saving::unknown_question(code),
        ]));
    }
    if file.media_type.parse::<FileType>().is_err() {
        return Err(Refusal::FileTypeNotAllowed);
    }
    match usize::try_from(file.size) {
        Ok(0) => return Err(Refusal::FileEmpty),
        Ok(size) if size <= MAX_FILE_BYTES => {}
        _ => return Err(Refusal::FileTooLarge),
    }
    if reply.files.len() >= MAX_FILES {
        return Err(Refusal::TooManyFiles);
    }
    let kept: u64 = reply.file_sizes().into_values().sum();
    if kept + file.size > MAX_REPLY_BYTES {
        let full = fault::NO_ROOM.at("").arg("max", MAX_REPLY_BYTES);
        let full = full.arg("left", MAX_REPLY_BYTES.saturating_sub(kept));
        return Err(Refusal::ReplyFull(vec![full]));
    }
    Ok(vec![file.into()])
}

pub(super) fn remove(reply: &Reply, file: FileId) -> Result<Vec<Event>, Refusal> {
    if reply.files.contains_key(&file) {
        Ok(vec![ReplyFileRemoved { file }.into()])
    } else {
        Err(Refusal::UnknownFile)
    }
}

/// The events, and what they delete: what was only in a draft goes with it.
pub(super) fn with_deletions(before: &State, mut events: Vec<Event>) -> Vec<Event> {
    let lets_go = |event: &Event| {
        matches!(
            event,
            Event::ReplyFileRemoved(_)
                | Event::ReplySubmitted(_)
                | Event::AmendmentBegun(_)
                | Event::AmendmentDiscarded(_)
                | Event::ReplyWithdrawn(_)
        )
    };
    let held: BTreeMap<_, _> = before.iter().flat_map(Reply::drafted_files).collect();
    if held.is_empty() || !events.iter().any(lets_go) {
        return events;
    }
    let after = events.iter().fold(before.clone(), state::evolve);
    let left = after.map(|reply| reply.file_sizes()).unwrap_or_default();
    let gone = held.iter().filter(|(id, _)| !left.contains_key(id));
    let contents: Vec<ContentId> = gone
        .flat_map(|(_, file)| [file.content.content, file.name.content])
        .collect();
    if !contents.is_empty() {
        // Before the last, which is what was asked for, and whose place a receipt names.
        let last = events.len().saturating_sub(1);
        events.insert(last, ReplyFilesDeleted { contents }.into());
    }
    events
}
