//! Files on a reply: what is attached to a draft, and taken away again.

use serde::{Deserialize, Serialize};

use super::file_types::FileType;
use super::{Event, Refusal, Reply};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::{ContentRef, FileId};

/// The most bytes of a file: 10 MiB.
pub const MAX_FILE_BYTES: usize = 10 << 20;
/// The most files that a reply has at a time.
pub const MAX_FILES: usize = 100;
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
    Ok(vec![file.into()])
}

pub(super) fn remove(reply: &Reply, file: FileId) -> Result<Vec<Event>, Refusal> {
    if reply.files.contains_key(&file) {
        Ok(vec![ReplyFileRemoved { file }.into()])
    } else {
        Err(Refusal::UnknownFile)
    }
}
