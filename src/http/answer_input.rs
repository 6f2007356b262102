//! Answers as they arrive, made ready for the core: types checked, words set beside the log.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use super::problem::Problem;
use crate::domain::fault;
use crate::domain::questionnaire::{
    Answer, AnswerInput, AnswerValue, Questionnaire, TextAnswer, parse,
};
use crate::domain::{ContentId, ContentRef, Fault, Lang};
use crate::log::{NewContent, content};

/// Answers as the core takes them, with the words that are kept beside the log.
pub(super) struct Changes {
    pub answers: Vec<Answer>,
    pub clear: Vec<String>,
    pub contents: Vec<NewContent>,
}

/// Reads answers, each given as question, value and place in the request; `held` are those that the reply has.
///
/// # Errors
/// `unknown_question`, `answers_faulty`: with every fault.
pub(super) async fn read(
    pool: &PgPool,
    questionnaire: &Questionnaire,
    held: &BTreeMap<String, AnswerValue>,
    given: &[(&str, &Value, String)],
) -> Result<Changes, Problem> {
    let mut changes = Changes {
        answers: Vec::new(),
        clear: Vec::new(),
        contents: Vec::new(),
    };
    let mut inputs: Vec<(&str, AnswerInput)> = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for (code, value, at) in given {
        let Some(question) = questionnaire.question(code) else {
            let unknown = fault::NO_SUCH_QUESTION.at(at.clone()).of_question(code);
            faults.push(unknown.arg("code", code));
            continue;
        };
        if value.is_null() {
            changes.clear.push((*code).to_owned());
            continue;
        }
        match parse(question, value, at) {
            Ok(input) => inputs.push((code, input)),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        let is_unknown = |fault: &Fault| fault.code == fault::NO_SUCH_QUESTION.code;
        let code = if faults.iter().all(is_unknown) {
            "unknown_question"
        } else {
            "answers_faulty"
        };
        return Err(Problem::new(code).faults(faults));
    }
    let words = words_held(pool, held, &inputs).await?;
    for (code, input) in inputs {
        let value = match input {
            AnswerInput::Value(value) => value,
            AnswerInput::Text { text, lang } => match same(held.get(code), &words, &text, lang) {
                Some(value) => value,
                None => store(text, lang, &mut changes.contents)?,
            },
        };
        changes.answers.push(Answer {
            code: code.to_owned(),
            value,
        });
    }
    Ok(changes)
}

/// The words that the reply has where those given may be the same: of the same language and length.
async fn words_held(
    pool: &PgPool,
    held: &BTreeMap<String, AnswerValue>,
    inputs: &[(&str, AnswerInput)],
) -> Result<HashMap<Uuid, Vec<u8>>, Problem> {
    let alike = inputs
        .iter()
        .filter_map(|(code, input)| match (input, held.get(*code)?) {
            (AnswerInput::Text { text, lang }, AnswerValue::Text(known))
                if known.lang == *lang && known.length as usize == text.chars().count() =>
            {
                Some(known.content.content.0)
            }
            _ => None,
        });
    let alike: Vec<Uuid> = alike.collect();
    if alike.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(content::bodies(pool, &alike).await?)
}

/// The answer held, where its words are those given: an autosave that repeats itself leaves no trace.
fn same(
    held: Option<&AnswerValue>,
    words: &HashMap<Uuid, Vec<u8>>,
    text: &str,
    lang: Lang,
) -> Option<AnswerValue> {
    match held {
        Some(AnswerValue::Text(known))
            if known.lang == lang
                && words.get(&known.content.content.0).map(Vec::as_slice)
                    == Some(text.as_bytes()) =>
        {
            Some(AnswerValue::Text(known.clone()))
        }
        _ => None,
    }
}

/// Without randomness there is no salt, and then nothing may be stored.
fn store(text: String, lang: Lang, contents: &mut Vec<NewContent>) -> Result<AnswerValue, Problem> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let content = NewContent::new("text/plain; charset=utf-8", text.into_bytes())
        .map_err(|_| Problem::new("internal"))?;
    let reference = ContentRef {
        content: ContentId(content.id),
        commitment: content.commitment(),
    };
    contents.push(content);
    Ok(AnswerValue::Text(TextAnswer {
        content: reference,
        lang,
        length,
    }))
}
