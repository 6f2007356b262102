//! Files on a reply: what is attached to a draft, and taken away again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::file_types::FileType;
use super::{AnswerChange, Event, NewValue, Refusal, Reply, State, saving, state};
use crate::fault;
use crate::questionnaire::{Answer, AnswerValue, Change, FieldType, Flags, Form};
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
    form: &Form,
    file: ReplyFileAttached,
) -> Result<Vec<Event>, Refusal> {
    if let Some(address) = &file.question
        && !(form.names(address) && is_there(reply, form, address))
    {
        return Err(Refusal::UnknownQuestion(vec![
            super::saving::unknown_field(form, address),
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
    let answered = answering(reply, form, &file)?;
    Ok([vec![file.into()], answered].concat())
}

/// Whether an entry is there, where an address is of one. What is answered by a file adds it.
fn is_there(reply: &Reply, form: &Form, address: &str) -> bool {
    let Some(located) = form.field(address) else {
        return true;
    };
    let list = form.list_of(located.index);
    let list = list.and_then(|list| form.fields().get(list));
    let Some((list, entry)) = list.zip(located.entry) else {
        return true;
    };
    let entry = format!("{}.{entry}", list.address);
    takes_files(form, address) || reply.answers.contains_key(&entry)
}

/// A file that is attached to a field of files is an answer to it.
fn answering(reply: &Reply, form: &Form, file: &ReplyFileAttached) -> Result<Vec<Event>, Refusal> {
    let Some(address) = file.question.as_deref().filter(|at| takes_files(form, at)) else {
        return Ok(Vec::new());
    };
    let mut files = answered_files(reply, address);
    files.push(file.file);
    let change = AnswerChange {
        code: address.to_owned(),
        value: NewValue::Becomes(AnswerValue::Files(files)),
        flags: Change::Stays,
        comment: Change::Stays,
    };
    saving::save(reply, form, vec![change], Vec::new())
}

fn takes_files(form: &Form, address: &str) -> bool {
    let located = form.field(address);
    let kind = located.and_then(|located| located.field.value_type());
    matches!(kind, Some(FieldType::File(_)))
}

/// The files that are the answer at an address.
fn answered_files(reply: &Reply, address: &str) -> Vec<FileId> {
    match reply.answers.get(address) {
        Some(AnswerValue::Files(files)) => files.clone(),
        _ => Vec::new(),
    }
}

pub(super) fn remove(reply: &Reply, file: FileId) -> Result<Vec<Event>, Refusal> {
    let held = reply.files.get(&file).ok_or(Refusal::UnknownFile)?;
    let mut events = vec![ReplyFileRemoved { file }.into()];
    if let Some(address) = &held.question {
        let before = answered_files(reply, address);
        let mut files = before.clone();
        files.retain(|one| *one != file);
        if files.is_empty() && !before.is_empty() {
            events.extend(saving::events(reply, [], [address.clone()]));
        } else if files != before {
            let answer = Answer {
                code: address.clone(),
                value: AnswerValue::Files(files),
                flags: Flags::default(),
                comment: reply.comments.get(address).cloned(),
            };
            events.extend(saving::events(reply, [answer], []));
        }
    }
    Ok(events)
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
