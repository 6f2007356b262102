//! Saving answers and taking them back: what changes, and whether the questionnaire has the questions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Refusal, Reply, ReplyAnswered, ReplyCleared};
use crate::domain::fault::{self, Fault, pointer};
use crate::domain::questionnaire::{Answer, MAX_QUESTIONS, Questionnaire};
use crate::domain::size;

pub(super) fn save(
    reply: &Reply,
    questionnaire: &Questionnaire,
    answers: Vec<Answer>,
    clear: Vec<String>,
) -> Result<Vec<Event>, Refusal> {
    let answers: BTreeMap<String, Answer> = answers
        .into_iter()
        .map(|answer| (answer.code.clone(), answer))
        .collect();
    let clear: BTreeSet<String> = clear
        .into_iter()
        .filter(|code| !answers.contains_key(code))
        .collect();

    let mut unknown = Vec::new();
    let mut wrong = Vec::new();
    for (code, Answer { value, .. }) in &answers {
        match questionnaire.question(code) {
            None => unknown.push(unknown_question(code)),
            Some(question) if !question.takes(value) => {
                let fault = fault::ANSWER_OF_WRONG_TYPE
                    .at(pointer("/answers", code))
                    .of_question(code);
                wrong.push(
                    fault
                        .arg("type", question.type_code())
                        .arg("expected", question.type_code()),
                );
            }
            Some(_) => {}
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

    // Only what changes is an event: an autosave that repeats itself leaves no trace.
    let changed = answers.into_values().filter(|answer| {
        reply.answers.get(&answer.code) != Some(&answer.value)
            || reply.comments.get(&answer.code) != answer.comment.as_ref()
    });
    let changed: Vec<Answer> = changed.collect();
    let cleared: Vec<String> = clear
        .into_iter()
        .filter(|code| reply.answers.contains_key(code))
        .collect();
    let mut events: Vec<Event> = size::parts(changed, MAX_QUESTIONS)
        .into_iter()
        .map(|answers| ReplyAnswered { answers }.into())
        .collect();
    if !cleared.is_empty() {
        events.push(ReplyCleared { codes: cleared }.into());
    }
    Ok(events)
}

pub(super) fn unknown_question(code: &str) -> Fault {
    fault::NO_SUCH_QUESTION
        .at(pointer("/answers", code))
        .of_question(code)
        .arg("code", code)
}
