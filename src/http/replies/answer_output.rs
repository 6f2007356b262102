//! Answers in the shape in which they are sent.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::questionnaire::AnswerValue;
use domain::reply::Reply;

/// Answers in the shape in which they are sent, by question code, and the position at which their words were last redacted or
/// translated.
pub(in crate::http) async fn shown_answers(
    services: &Services,
    caller: &Caller,
    reply: &Reply,
    codes: &[&str],
) -> Result<(BTreeMap<String, Value>, u64), Problem> {
    let held = || {
        codes
            .iter()
            .filter_map(|code| reply.answers.get_key_value(*code))
    };
    let texts = held().filter_map(|(_, value)| value.content());
    let comments = codes.iter().filter_map(|code| reply.comments.get(*code));
    let references = texts.chain(comments.map(|comment| &comment.content));
    let words = StoredWords::read(services, caller, references).await?;
    let answers = held().map(|(code, value)| {
        let mut shown = match value {
            AnswerValue::Text(text) => json!({"value": words.show(&text.content, Some(text.lang))}),
            AnswerValue::Link(plain) | AnswerValue::Email(plain) => {
                json!({"value": words.show_plain(&plain.content)})
            }
            AnswerValue::NotAvailable(_) => {
                json!({"missing": "not_available", "not_available": true})
            }
            AnswerValue::Missing(kind) => json!({"missing": kind}),
            AnswerValue::Entry(order) => json!({"value": {"order": order}}),
            AnswerValue::Ranking(values) => json!({"value": values}),
            AnswerValue::Money(value) => json!({"value": value}),
            AnswerValue::Month(value) => json!({"value": value}),
            AnswerValue::Files(files) => json!({"value": files}),
            AnswerValue::Choice(value) => json!({"value": value}),
            AnswerValue::Choices(values) => json!({"value": values}),
            AnswerValue::WholeNumber(value) => json!({"value": value}),
            AnswerValue::Decimal(value) => json!({"value": value}),
            AnswerValue::Date(value) => json!({"value": value}),
            AnswerValue::Year(value) => json!({"value": value}),
        };
        if let Some(flags) = reply.flags.get(code) {
            shown["flags"] = json!(flags);
        }
        if let Some(comment) = reply.comments.get(code) {
            shown["comment"] = words.show(&comment.content, Some(comment.lang));
        }
        (code.clone(), shown)
    });
    Ok((answers.collect(), words.changed))
}
