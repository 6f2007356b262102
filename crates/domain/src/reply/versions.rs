//! What two versions of a reply have in common, question by question, and what not.

use std::collections::BTreeMap;

use super::super::FileId;
use super::super::questionnaire::{AnswerValue, Comment, Questionnaire};
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

/// What a version holds of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldAnswer<'a> {
    /// The answer.
    pub value: &'a AnswerValue,
    /// The comment on it.
    pub comment: Option<&'a Comment>,
}

/// A question whose answer, comment or files are not the same in both versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// The question's code.
    pub question: &'a str,
    /// What became of the answer; none where only files are not the same.
    pub answer: Option<Change>,
    /// The answer in the earlier version; none where the question was blank.
    pub from: Option<HeldAnswer<'a>>,
    /// The answer in the later version.
    pub to: Option<HeldAnswer<'a>>,
    /// Its files that are in one version only.
    pub files: Vec<(Change, &'a ReplyFileAttached)>,
}

/// The differences between two versions, in the questionnaire's order.
pub fn differences<'a>(
    questionnaire: &'a Questionnaire,
    from: &'a Reply,
    to: &'a Reply,
) -> Vec<Difference<'a>> {
    let questions = questionnaire.questions();
    let differences = questions.map(|question| {
        let (from_held, to_held) = (held(from, &question.code), held(to, &question.code));
        let answer = match (from_held, to_held) {
            (None, Some(_)) => Some(Change::Added),
            (Some(_), None) => Some(Change::Removed),
            (from, to) => (from != to).then_some(Change::Changed),
        };
        Difference {
            question: &question.code,
            answer,
            from: from_held,
            to: to_held,
            files: files(Some(&question.code), &from.files, &to.files),
        }
    });
    differences
        .filter(|found| found.answer.is_some() || !found.files.is_empty())
        .collect()
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
        comment: reply.comments.get(code),
    })
}
