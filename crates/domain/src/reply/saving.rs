//! Saving answers and taking them back: what changes, and whether the questionnaire has the questions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Event, Refusal, Reply, ReplyAnswered, ReplyCleared};
use crate::fault::{self, Fault, pointer};
use crate::questionnaire::{Answer, AnswerValue, Change, Comment, MAX_QUESTIONS, Questionnaire};
use crate::size;

/// What is said of the answer to one question. What is not said of it stays as it is when this is decided, so that two who
/// change different parts of an answer at once both have their way.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChange {
    /// The question's code.
    pub code: String,
    /// What is answered; none where that stays.
    pub value: Option<AnswerValue>,
    /// What becomes of the comment.
    pub comment: Change<Comment>,
}

/// The answer as a whole, in the place of the one before.
impl From<Answer> for AnswerChange {
    fn from(answer: Answer) -> Self {
        Self {
            code: answer.code,
            value: Some(answer.value),
            comment: answer.comment.map_or(Change::Goes, Change::Becomes),
        }
    }
}

impl AnswerChange {
    /// The answer that it makes of the one that is held; none where there is nothing for a comment to stand beside.
    fn applied_to(self, reply: &Reply) -> Option<Answer> {
        let value = self
            .value
            .or_else(|| reply.answers.get(&self.code).cloned())?;
        let comment = match self.comment {
            Change::Stays => reply.comments.get(&self.code).cloned(),
            Change::Becomes(comment) => Some(comment),
            Change::Goes => None,
        };
        Some(Answer {
            code: self.code,
            value,
            comment,
        })
    }
}

pub(super) fn save(
    reply: &Reply,
    questionnaire: &Questionnaire,
    changes: Vec<AnswerChange>,
    clear: Vec<String>,
) -> Result<Vec<Event>, Refusal> {
    let changes: BTreeMap<String, AnswerChange> = changes
        .into_iter()
        .map(|change| (change.code.clone(), change))
        .collect();
    let clear: BTreeSet<String> = clear
        .into_iter()
        .filter(|code| !changes.contains_key(code))
        .collect();

    let mut unknown = Vec::new();
    let mut wrong = Vec::new();
    for (code, AnswerChange { value, .. }) in &changes {
        match (questionnaire.question(code), value) {
            (None, _) => unknown.push(unknown_question(code)),
            (Some(question), Some(value)) if !question.takes(value) => {
                let fault = fault::ANSWER_OF_WRONG_TYPE
                    .at(pointer("/answers", code))
                    .of_question(code);
                wrong.push(fault.words("expected", question.type_code().expected()));
            }
            (Some(_), _) => {}
        }
    }
    unknown.extend(
        clear
            .iter()
            .filter(|code| questionnaire.question(code).is_none())
            .map(|code| unknown_question(code)),
    );
    fault::none(unknown).map_err(Refusal::UnknownQuestion)?;
    fault::none(wrong).map_err(Refusal::WrongAnswerType)?;

    let mut alone = Vec::new();
    let mut answers = Vec::new();
    for (code, change) in changes {
        let is_comment = matches!(change.comment, Change::Becomes(_));
        match change.applied_to(reply) {
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
    Ok(events(reply, answers, clear))
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
        let is_same = comment.is_none() && reply.answers.get(&answer.code) == Some(&answer.value);
        (!is_same).then_some((answer, comment))
    });
    let parts = size::parts(changed.collect(), MAX_QUESTIONS).into_iter();
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
    let codes: Vec<String> = clear
        .into_iter()
        .filter(|code| reply.answers.contains_key(code))
        .collect();
    if !codes.is_empty() {
        let commented = codes
            .iter()
            .filter(|code| reply.comments.contains_key(*code));
        let uncommented = commented.cloned().collect();
        events.push(ReplyCleared { codes, uncommented }.into());
    }
    events
}

/// What becomes of a comment: its question's code, which the event has twice then.
#[derive(Serialize)]
enum CommentChange {
    Now(String),
    NoMore(String),
}

pub(super) fn unknown_question(code: &str) -> Fault {
    fault::NO_SUCH_QUESTION
        .at(pointer("/answers", code))
        .of_question(code)
        .arg("code", code)
}
