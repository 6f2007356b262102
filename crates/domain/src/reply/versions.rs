//! What two versions of a reply have in common, question by question, and what not.

use std::collections::{BTreeMap, BTreeSet};

use super::super::FileId;
use super::super::questionnaire::{AnswerValue, Comment, Flags, Form};
use super::{Reply, ReplyFileAttached};

code_enum! {
    /// What became of something from one version to another.
    pub enum Change as "AnswerChange" {
        /// It is in the later one only.
        Added = "added",
        /// It is in the earlier one only.
        Removed = "removed",
        /// It is in both, and not the same.
        Changed = "changed",
    }
}

/// What a version holds at an address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldAnswer<'a> {
    /// The answer.
    pub value: &'a AnswerValue,
    /// What is said of the figure.
    pub flags: Option<&'a Flags>,
    /// The comment on it.
    pub comment: Option<&'a Comment>,
}

/// A field whose answer, comment or files are not the same in both versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// The field's address.
    pub question: &'a str,
    /// What became of the answer; none where only files are not the same.
    pub answer: Option<Change>,
    /// The answer in the earlier version; none where the field was blank, or not asked.
    pub from: Option<HeldAnswer<'a>>,
    /// The answer in the later version.
    pub to: Option<HeldAnswer<'a>>,
    /// Its files that are in one version only.
    pub files: Vec<(Change, &'a ReplyFileAttached)>,
}

/// The differences between two versions, in the order in which fields are asked: of a list, entry by entry.
pub fn differences<'a>(form: &Form, from: &'a Reply, to: &'a Reply) -> Vec<Difference<'a>> {
    let mut addresses: BTreeSet<&str> = BTreeSet::new();
    for reply in [from, to] {
        addresses.extend(reply.answers.keys().map(String::as_str));
        let files = reply.files.values();
        addresses.extend(files.filter_map(|file| file.question.as_deref()));
    }
    let differences = addresses.into_iter().map(|address| {
        let (from_held, to_held) = (held(from, address), held(to, address));
        let answer = match (from_held, to_held) {
            (None, Some(_)) => Some(Change::Added),
            (Some(_), None) => Some(Change::Removed),
            (from, to) => (from != to).then_some(Change::Changed),
        };
        Difference {
            question: address,
            answer,
            from: from_held,
            to: to_held,
            files: files(Some(address), &from.files, &to.files),
        }
    });
    let mut differences: Vec<_> = differences
        .filter(|found| found.answer.is_some() || !found.files.is_empty())
        .collect();
    differences.sort_by_cached_key(|found| form.place_of(found.question, &to.answers));
    differences
}

/// The files of a question, or of the whole reply, that are in one version only.
pub fn files<'a>(
    question: Option<&str>,
    from: &'a BTreeMap<FileId, ReplyFileAttached>,
    to: &'a BTreeMap<FileId, ReplyFileAttached>,
) -> Vec<(Change, &'a ReplyFileAttached)> {
    let removed = from.iter().filter(|(id, _)| !to.contains_key(id));
    let removed = removed.map(|(_, file)| (Change::Removed, file));
    let added = to.iter().filter(|(id, _)| !from.contains_key(id));
    let added = added.map(|(_, file)| (Change::Added, file));
    removed
        .chain(added)
        .filter(|(_, file)| file.question.as_deref() == question)
        .collect()
}

fn held<'a>(reply: &'a Reply, code: &str) -> Option<HeldAnswer<'a>> {
    Some(HeldAnswer {
        value: reply.answers.get(code)?,
        flags: reply.flags.get(code),
        comment: reply.comments.get(code),
    })
}
