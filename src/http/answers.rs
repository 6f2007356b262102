//! Answers: one, or many at a time.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, put, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer_input::read;
use super::body::Body;
use super::caller::{self, Caller};
use super::collections::notices;
use super::conditional::{self, Reader, Tag};
use super::problem::Problem;
use super::query::Query;
use super::replies::{At, context, questionnaire, visible, visible_at};
use super::schemas::{AnswerShape, NoticeView};
use super::services::Services;
use crate::domain::ReplyId;
use crate::domain::fault::pointer;
use crate::domain::questionnaire::AnswerValue;
use crate::domain::reply::{Command, Event, Reply};
use crate::log::content;

/// The answers of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswersView {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed the reply.
    position: u64,
    /// Answers by question code; a question that is not here is blank.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    answers: BTreeMap<String, Value>,
    /// What a reader must know of the collection's answers, such as that they are made up.
    notices: Vec<NoticeView>,
}

/// The answers of a reply, in the shape in which they are sent.
#[utoipa::path(tag = "replies", params(At), responses((status = 200, body = AnswersView)))]
#[get("/v1/replies/{reply}/answers")]
pub async fn list_answers(
    request: HttpRequest,
    caller: Caller,
    reply: web::Path<String>,
    Query(asked): Query<At>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&reply, "reply")?;
    let loaded = visible_at(&services, &caller, id, &asked).await?;
    let held = loaded.state.as_ref().as_ref().map(|reply| &reply.answers);
    let texts: Vec<Uuid> = held
        .into_iter()
        .flat_map(BTreeMap::values)
        .filter_map(|value| match value {
            AnswerValue::Text(text) => Some(text.content.content.0),
            _ => None,
        })
        .collect();
    let words = content::bodies(services.log().pool(), &texts).await?;
    let answers = held.into_iter().flatten().map(|(code, value)| {
        let shown = match value {
            AnswerValue::Text(text) => {
                let words = words.get(&text.content.content.0);
                let words = words.map(|words| String::from_utf8_lossy(words));
                json!({"value": {"text": words, "lang": text.lang}})
            }
            AnswerValue::NotAvailable(_) => json!({"not_available": true}),
            AnswerValue::Choice(value) => json!({"value": value}),
            AnswerValue::Choices(values) => json!({"value": values}),
            AnswerValue::WholeNumber(value) => json!({"value": value}),
            AnswerValue::Decimal(value) => json!({"value": value}),
            AnswerValue::Date(value) => json!({"value": value}),
            AnswerValue::Year(value) => json!({"value": value}),
        };
        (code.clone(), shown)
    });
    let reply = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("reply"))?;
    let collection = services.collection(reply.collection, None).await?;
    let view = AnswersView {
        reply: id.0,
        position: loaded.position,
        answers: answers.collect(),
        notices: notices(&collection, &caller.languages),
    };
    Ok(conditional::answer(
        &request,
        &Tag::Resource(loaded.position, Reader::of(&caller.languages)),
        &view,
    ))
}

/// Answers to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveAnswers {
    /// By question code; null clears the answer.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    answers: BTreeMap<String, Value>,
}

/// What a save changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswersSaved {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed the reply; it is the reply's ETag.
    position: u64,
    /// Questions whose answer changed.
    saved: Vec<String>,
    /// Questions whose answer was cleared.
    cleared: Vec<String>,
}

/// Saves and clears answers, all of them or none. Types are checked now, the rest when the reply is submitted.
#[utoipa::path(tag = "replies", request_body = SaveAnswers, responses((status = 200, body = AnswersSaved)))]
#[patch("/v1/replies/{reply}/answers")]
pub async fn save_answers(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<SaveAnswers>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let given: Vec<(&str, &Value, String)> = body
        .value
        .answers
        .iter()
        .map(|(code, value)| (code.as_str(), value, pointer("/answers", code)))
        .collect();
    save(&services, &caller, &reply, &body.bytes, &given).await
}

/// Saves one answer.
#[utoipa::path(tag = "replies", request_body = AnswerShape, responses((status = 200, body = AnswersSaved)))]
#[put("/v1/replies/{reply}/answers/{question}")]
pub async fn save_answer(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<Value>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (reply, question) = path.into_inner();
    save(
        &services,
        &caller,
        &reply,
        &body.bytes,
        &[(&question, &body.value, String::new())],
    )
    .await
}

/// Clears an answer: the question is blank again.
#[utoipa::path(tag = "replies", responses((status = 200, body = AnswersSaved)))]
#[delete("/v1/replies/{reply}/answers/{question}")]
pub async fn clear_answer(
    caller: Caller,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (reply, question) = path.into_inner();
    save(
        &services,
        &caller,
        &reply,
        &[],
        &[(&question, &Value::Null, String::new())],
    )
    .await
}

async fn save(
    services: &Services,
    caller: &Caller,
    reply: &str,
    bytes: &[u8],
    given: &[(&str, &Value, String)],
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(reply, "reply")?;
    let loaded = visible(services, caller, id, false).await?;
    let held = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("reply"))?;
    let questionnaire = questionnaire(&services.desk, held.instrument, held.revision).await?;
    let changes = read(services.log().pool(), &questionnaire, &held.answers, given).await?;
    let hand = caller.hand()?;
    let decided = services
        .desk
        .decide::<Reply>(
            &caller.request(bytes),
            id.0,
            &changes.contents,
            async |reads| context(reads, held.collection, held.party, hand).await,
            || Command::Save {
                answers: changes.answers.clone(),
                clear: changes.clear.clone(),
            },
        )
        .await?;
    let mut view = AnswersSaved {
        reply: id.0,
        position: decided.now.position,
        saved: Vec::new(),
        cleared: Vec::new(),
    };
    for event in decided.events {
        match event {
            Event::ReplyAnswered(event) => view
                .saved
                .extend(event.answers.into_iter().map(|answer| answer.code)),
            Event::ReplyCleared(event) => view.cleared.extend(event.codes),
            Event::ReplyStarted(_) | Event::ReplySubmitted(_) | Event::PublicationDecided(_) => {}
        }
    }
    Ok(conditional::written(None, decided.now.position, &view))
}
