//! Answers as they arrive, made ready for the core: types checked, words set beside the log.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use crate::http::handling::new_content;
use crate::http::problem::Problem;
use domain::fault;
use domain::questionnaire::{
    AnswerInput, AnswerValue, Change, ChangeInput, Extent, Form, LinkAnswer, TextAnswer, parse,
};
use domain::reply::{self, AnswerChange, NewValue, Reply};
use domain::{Fault, Lang};
use event_log::{NewContent, content};

/// Answers as the core takes them, with the words that are kept beside the log.
pub(in crate::http) struct AnswerChanges {
    pub answers: Vec<AnswerChange>,
    pub clear: Vec<String>,
    pub contents: Vec<NewContent>,
}

/// Reads answers, each given as question, value and place in the request; `held` is the reply as it is. It is looked at only
/// for words that are sent again: what stays is for the decision to say.
///
/// # Errors
/// `unknown_question`, `answers_faulty`: with every fault.
pub(in crate::http) async fn read(
    pool: &PgPool,
    form: &Form,
    held: &Reply,
    extent: Extent,
    given: &[(&str, &Value, String)],
) -> Result<AnswerChanges, Problem> {
    let mut changes = AnswerChanges {
        answers: Vec::new(),
        clear: Vec::new(),
        contents: Vec::new(),
    };
    let mut inputs: Vec<Input<'_>> = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    for (code, value, at) in given {
        let Some(located) = form.field(code) else {
            let unknown = reply::unknown_field(form, code);
            faults.push(Fault {
                pointer: at.clone(),
                ..unknown
            });
            continue;
        };
        if value.is_null() {
            changes.clear.push((*code).to_owned());
            continue;
        }
        match parse(located.field, value, extent, at) {
            Ok(ChangeInput {
                value: Change::Goes,
                ..
            }) => changes.clear.push((*code).to_owned()),
            Ok(change) => inputs.push(Input { code, change }),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        let unknown = [fault::NO_SUCH_QUESTION.code, fault::NO_SUCH_FIELD.code];
        let is_unknown = |fault: &Fault| unknown.contains(&fault.code);
        let code = if faults.iter().all(is_unknown) {
            "unknown_question"
        } else {
            "answers_faulty"
        };
        return Err(Problem::new(code).faults(faults));
    }
    let words = words_held(pool, held, &inputs).await?;
    let contents = &mut changes.contents;
    for Input { code, change } in inputs {
        let known = HeldTexts::for_answer(held, code);
        let value = match change.value {
            Change::Stays | Change::Goes => NewValue::Stays,
            Change::Becomes(AnswerInput::Value(value)) => NewValue::Becomes(value),
            Change::Becomes(AnswerInput::Entry(Some(order))) => {
                NewValue::Becomes(AnswerValue::Entry(order))
            }
            Change::Becomes(AnswerInput::Entry(None)) => NewValue::IsThere,
            Change::Becomes(AnswerInput::Text { text, lang }) => {
                let text = keep(&known.texts, &words, text, lang, contents)?;
                NewValue::Becomes(AnswerValue::Text(text))
            }
            Change::Becomes(AnswerInput::Link(link)) => {
                NewValue::Becomes(AnswerValue::Link(known.plain(&words, link, contents)?))
            }
            Change::Becomes(AnswerInput::Email(email)) => {
                NewValue::Becomes(AnswerValue::Email(known.plain(&words, email, contents)?))
            }
        };
        let comment = match change.comment {
            Change::Stays => Change::Stays,
            Change::Goes => Change::Goes,
            Change::Becomes((text, lang)) => {
                Change::Becomes(keep(&known.comments, &words, text, lang, contents)?)
            }
        };
        let code = code.to_owned();
        changes.answers.push(AnswerChange {
            code,
            value,
            flags: change.flags,
            comment,
        });
    }
    Ok(changes)
}

/// An answer as it arrived.
struct Input<'a> {
    code: &'a str,
    change: ChangeInput,
}

/// The words that a reply has in an answer, and had when it was submitted last: what is typed back is no change.
struct HeldTexts<'a> {
    texts: Vec<&'a TextAnswer>,
    /// Those without a language.
    plain: Vec<&'a LinkAnswer>,
    comments: Vec<&'a TextAnswer>,
}

impl<'a> HeldTexts<'a> {
    fn for_answer(held: &'a Reply, code: &str) -> Self {
        let (value, comment) = held.submitted_answer(code);
        let values = [held.answers.get(code), value].into_iter().flatten();
        let texts = values.clone().filter_map(|value| match value {
            AnswerValue::Text(text) => Some(text),
            _ => None,
        });
        let plain = values.filter_map(|value| match value {
            AnswerValue::Link(plain) | AnswerValue::Email(plain) => Some(plain),
            _ => None,
        });
        let comments = [held.comments.get(code), comment].into_iter().flatten();
        Self {
            texts: texts.collect(),
            plain: plain.collect(),
            comments: comments.collect(),
        }
    }

    /// Where words without a language are: held already, or in a new content.
    fn plain(
        &self,
        words: &HashMap<Uuid, Vec<u8>>,
        given: String,
        contents: &mut Vec<NewContent>,
    ) -> Result<LinkAnswer, Problem> {
        let is_same = |known: &&&LinkAnswer| {
            let words = words.get(&known.content.content.0);
            words.map(Vec::as_slice) == Some(given.as_bytes())
        };
        if let Some(known) = self.plain.iter().find(is_same) {
            return Ok((*known).clone());
        }
        let length = u32::try_from(given.chars().count()).unwrap_or(u32::MAX);
        Ok(LinkAnswer {
            content: new_content::words(given, contents)?,
            length,
        })
    }
}

/// The words that the reply has where those given may be the same: of the same language and length.
async fn words_held(
    pool: &PgPool,
    held: &Reply,
    inputs: &[Input<'_>],
) -> Result<HashMap<Uuid, Vec<u8>>, Problem> {
    let mut alike = Vec::new();
    for input in inputs {
        let known = HeldTexts::for_answer(held, input.code);
        let text = match &input.change.value {
            Change::Becomes(AnswerInput::Text { text, lang }) => Some((text, *lang)),
            _ => None,
        };
        let comment = match &input.change.comment {
            Change::Becomes((text, lang)) => Some((text, *lang)),
            _ => None,
        };
        if let Change::Becomes(AnswerInput::Link(given) | AnswerInput::Email(given)) =
            &input.change.value
        {
            let length = given.chars().count();
            let same = known
                .plain
                .iter()
                .filter(|known| known.length as usize == length);
            alike.extend(same.map(|known| known.content.content.0));
        }
        for (known, given) in [(known.texts, text), (known.comments, comment)] {
            let Some((text, lang)) = given else { continue };
            let length = text.chars().count();
            let known = known.into_iter();
            let known = known.filter(|known| known.lang == lang && known.length as usize == length);
            alike.extend(known.map(|known| known.content.content.0));
        }
    }
    if alike.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(content::bodies(pool, &alike).await?)
}

/// Where words are: those held, if they are the same, since an autosave that repeats itself leaves no trace; or a new
/// content.
fn keep(
    known: &[&TextAnswer],
    words: &HashMap<Uuid, Vec<u8>>,
    text: String,
    lang: Lang,
    contents: &mut Vec<NewContent>,
) -> Result<TextAnswer, Problem> {
    let same = |known: &&&TextAnswer| {
        let words = words.get(&known.content.content.0);
        known.lang == lang && words.map(Vec::as_slice) == Some(text.as_bytes())
    };
    if let Some(known) = known.iter().find(same) {
        return Ok((*known).clone());
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    Ok(TextAnswer {
        content: new_content::words(text, contents)?,
        lang,
        length,
    })
}
