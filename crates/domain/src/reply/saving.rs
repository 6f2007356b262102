//! Saving answers and taking them back: what changes, and whether the questionnaire has the questions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Event, Refusal, Reply, ReplyAnswered, ReplyCleared, ReplyFileAttached, ReplyFileRemoved,
};
use crate::fault::{self, Fault, pointer};
use crate::phrase::expected;
use crate::questionnaire::fields::Taking;
use crate::questionnaire::{Answer, AnswerValue, Change, Comment, Field, FieldType, Flags, Form};
use crate::size;

mod entries;

/// The most answers that one event holds, whatever their size.
const MAX_ANSWERS: usize = 300;
/// The most codes that one event clears.
const MAX_CLEARED: usize = 1_000;

/// What is said of one answer. What is not said of it stays as it is when this is decided, so that two who change different parts
/// of an answer at once both have their way.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChange {
    /// The field's address.
    pub code: String,
    /// What is answered.
    pub value: NewValue,
    /// What becomes of what is said of the figure.
    pub flags: Change<Flags>,
    /// What becomes of the comment.
    pub comment: Change<Comment>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// What was answered before.
    Stays,
    /// This.
    Becomes(AnswerValue),
    /// That an entry of a list is there: where it stands already, or after the others.
    IsThere,
}

/// The answer as a whole, in the place of the one before.
impl From<Answer> for AnswerChange {
    fn from(answer: Answer) -> Self {
        Self {
            code: answer.code,
            value: NewValue::Becomes(answer.value),
            flags: Change::Becomes(answer.flags),
            comment: answer.comment.map_or(Change::Goes, Change::Becomes),
        }
    }
}

impl AnswerChange {
    /// The answer that it makes of the one that is held; none where there is nothing for a comment to stand beside.
    fn applied_to(self, reply: &Reply, next: &mut entries::NextOrder<'_>) -> Option<Answer> {
        let held = || reply.answers.get(&self.code).cloned();
        let value = match self.value {
            NewValue::Stays => held()?,
            NewValue::Becomes(value) => value,
            NewValue::IsThere => held().unwrap_or_else(|| next.entry(&self.code)),
        };
        let comment = match self.comment {
            Change::Stays => reply.comments.get(&self.code).cloned(),
            Change::Becomes(comment) => Some(comment),
            Change::Goes => None,
        };
        let flags = match self.flags {
            // Of what is missing there is no figure of which anything could be said.
            _ if value.missing_kind().is_some() => Flags::default(),
            Change::Stays => reply.flags.get(&self.code).cloned().unwrap_or_default(),
            Change::Becomes(flags) => flags,
            Change::Goes => Flags::default(),
        };
        Some(Answer {
            code: self.code,
            value,
            flags,
            comment,
        })
    }
}

pub(super) fn save(
    reply: &Reply,
    form: &Form,
    changes: Vec<AnswerChange>,
    clear: Vec<String>,
) -> Result<Vec<Event>, Refusal> {
    let mut changes: BTreeMap<String, AnswerChange> = changes
        .into_iter()
        .map(|change| (change.code.clone(), change))
        .collect();
    let clear: BTreeSet<String> = clear
        .into_iter()
        .filter(|code| !changes.contains_key(code))
        .collect();
    look_up(form, &changes, &clear)?;
    entries::add_missing(reply, form, &mut changes, &clear)?;
    let clear = entries::with_parts(reply, form, clear, &changes);
    let mut events = removals(reply, &clear, &changes);

    let mut alone = Vec::new();
    let mut answers = Vec::new();
    let mut next = entries::NextOrder::of(reply, &changes);
    for (code, change) in changes {
        let is_comment = matches!(change.comment, Change::Becomes(_));
        match change.applied_to(reply, &mut next) {
            Some(answer) => answers.push(answer),
            None if is_comment => alone.push(
                fault::COMMENT_WITHOUT_ANSWER
                    .at(pointer(&pointer("/answers", &code), "comment"))
                    .of_question(&code),
            ),
            // A blank has no comment that could go.
            None => {}
        }
    }
    fault::none(alone).map_err(Refusal::AnswersFaulty)?;
    events.extend(self::events(reply, answers, clear));
    Ok(events)
}

/// Refuses what is of no field, or not of its field's type.
fn look_up(
    form: &Form,
    changes: &BTreeMap<String, AnswerChange>,
    clear: &BTreeSet<String>,
) -> Result<(), Refusal> {
    let mut unknown = Vec::new();
    let mut wrong = Vec::new();
    for (code, AnswerChange { value, .. }) in changes {
        match form.field(code) {
            None => unknown.push(unknown_field(form, code)),
            Some(located) if !takes(located.field, value) => {
                let fault = fault::ANSWER_OF_WRONG_TYPE
                    .at(pointer("/answers", code))
                    .of_question(&located.field.question);
                let kind = located.field.value_type();
                let expected = kind.map_or(expected::ENTRY, FieldType::expected);
                wrong.push(fault.words("expected", expected));
            }
            Some(_) => {}
        }
    }
    unknown.extend(
        clear
            .iter()
            .filter(|code| form.field(code).is_none())
            .map(|code| unknown_field(form, code)),
    );
    fault::none(unknown).map_err(Refusal::UnknownQuestion)?;
    fault::none(wrong).map_err(Refusal::WrongAnswerType)
}

/// Whether a field takes what is answered.
fn takes(field: &Field, value: &NewValue) -> bool {
    let value = match value {
        NewValue::Stays => return true,
        NewValue::IsThere => return field.takes == Taking::Entry,
        NewValue::Becomes(value) => value,
    };
    if let Some(kind) = value.missing_kind() {
        return field.missing.contains(&kind);
    }
    match &field.takes {
        Taking::Value(kind) => !kind.is_derived() && kind.takes(value),
        Taking::Entry => matches!(value, AnswerValue::Entry(_)),
        Taking::Nothing => false,
    }
}

/// The files of what is cleared go with it, and those that are an answer no more: something else is answered in their place.
fn removals(
    reply: &Reply,
    clear: &BTreeSet<String>,
    changes: &BTreeMap<String, AnswerChange>,
) -> Vec<Event> {
    let is_gone = |file: &ReplyFileAttached| {
        let Some(address) = &file.question else {
            return false;
        };
        let is_answer = matches!(
            reply.answers.get(address),
            Some(AnswerValue::Files(files)) if files.contains(&file.file)
        );
        let is_replaced = match changes.get(address).map(|change| &change.value) {
            Some(NewValue::Becomes(AnswerValue::Files(files))) => !files.contains(&file.file),
            Some(NewValue::Becomes(_)) => true,
            Some(NewValue::Stays | NewValue::IsThere) | None => false,
        };
        is_answer && (is_replaced || clear.contains(address)) || entries::is_below(address, clear)
    };
    let gone = reply.files.values().filter(|file| is_gone(file));
    gone.map(|file| ReplyFileRemoved { file: file.file }.into())
        .collect()
}

/// The events that make the reply hold these answers, and those not any more. Only what changes is an event: an autosave that
/// repeats itself leaves no trace.
pub(super) fn events(
    reply: &Reply,
    answers: impl IntoIterator<Item = Answer>,
    clear: impl IntoIterator<Item = String>,
) -> Vec<Event> {
    let changed = answers.into_iter().filter_map(|answer| {
        let held = reply.comments.get(&answer.code);
        let comment = match (&answer.comment, held) {
            (now, held) if now.as_ref() == held => None,
            (Some(_), _) => Some(CommentChange::Now(answer.code.clone())),
            (None, _) => Some(CommentChange::NoMore(answer.code.clone())),
        };
        let flags = reply.flags.get(&answer.code);
        let is_same = comment.is_none()
            && reply.answers.get(&answer.code) == Some(&answer.value)
            && flags.map_or(answer.flags.is_empty(), |flags| *flags == answer.flags);
        (!is_same).then_some((answer, comment))
    });
    let parts = size::parts(changed.collect(), MAX_ANSWERS).into_iter();
    let mut events: Vec<Event> = parts
        .map(|part| {
            let mut answered = ReplyAnswered::default();
            for (answer, comment) in part {
                answered.answers.push(answer);
                match comment {
                    Some(CommentChange::Now(code)) => answered.commented.push(code),
                    Some(CommentChange::NoMore(code)) => answered.uncommented.push(code),
                    None => {}
                }
            }
            answered.into()
        })
        .collect();
    let codes = clear
        .into_iter()
        .filter(|code| reply.answers.contains_key(code) || reply.carried.contains(code))
        // Where its comment goes with it, its code is there twice.
        .map(|code| {
            (
                reply.comments.contains_key(&code).then(|| code.clone()),
                code,
            )
        });
    let parts = size::parts(codes.collect(), MAX_CLEARED).into_iter();
    events.extend(parts.map(|part| {
        let (uncommented, codes): (Vec<_>, Vec<_>) = part.into_iter().unzip();
        let uncommented = uncommented.into_iter().flatten().collect();
        ReplyCleared { codes, uncommented }.into()
    }));
    events
}

/// What becomes of a comment: its question's code, which the event has twice then.
#[derive(Serialize)]
enum CommentChange {
    Now(String),
    NoMore(String),
}

/// The fault of an address that is of no field: of no question, or of no field of its question.
pub fn unknown_field(form: &Form, address: &str) -> Fault {
    let at = pointer("/answers", address);
    let code = address.split('.').next().unwrap_or_default();
    if form.question(code).is_some() {
        return fault::NO_SUCH_FIELD
            .at(at)
            .of_question(code)
            .arg("address", address);
    }
    fault::NO_SUCH_QUESTION
        .at(at)
        .of_question(address)
        .arg("code", address)
}
