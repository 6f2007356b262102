//! Clarifications: what the Secretariat asks about a submitted reply, and what becomes of it.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::notices;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::{self, NewWords};
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::history::{NumberedClarification, ReplyHistory};
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::{AsOf, NoticeView, WordsShape};
use crate::http::services::Services;
use domain::collection::{Collection, Status};
use domain::notice::{self, CommandNotice};
use domain::reply::{Command, Event, Outcome};
use domain::{Lang, ReplyId};

/// A clarification.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClarificationView {
    /// 1, 2, 3 within the reply.
    clarification: u32,
    /// The submitted version that it is about.
    version: u32,
    /// The code of the question whose answer it is about; null where it is about the whole reply.
    question: Option<String>,
    /// What is asked.
    #[schema(value_type = WordsShape)]
    text: Value,
    /// open, answered (in words), resubmitted (the reply was submitted anew), withdrawn, lapsed (the reply was withdrawn)
    state: &'static str,
    /// What was answered in words.
    #[schema(value_type = Option<WordsShape>)]
    answer: Option<Value>,
    /// The version that was submitted in answer.
    answered_by_version: Option<u32>,
    /// Where and when it was asked.
    asked: AsOf,
    /// Where and when it came to an end.
    ended: Option<AsOf>,
    /// In the answer to a command: what whoever gave it should know of what came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

/// The clarifications of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClarificationsView {
    /// The reply.
    reply: Uuid,
    /// In the order in which they were asked.
    items: Vec<ClarificationView>,
}

impl ClarificationView {
    fn from_clarification(asked: &NumberedClarification, words: &StoredWords) -> Self {
        let said = &asked.clarification;
        let show = |text: &domain::Words| words.show(&text.content, Some(text.lang));
        let (state, answer, answered_by_version) = match &said.outcome {
            Outcome::Open => ("open", None, None),
            Outcome::Answered(text) => ("answered", Some(show(text)), None),
            Outcome::Resubmitted(version) => ("resubmitted", None, Some(*version)),
            Outcome::Withdrawn => ("withdrawn", None, None),
            Outcome::Lapsed => ("lapsed", None, None),
        };
        Self {
            clarification: asked.number,
            version: said.version,
            question: said.question.clone(),
            text: show(&said.text),
            state,
            answer,
            answered_by_version,
            asked: asked.asked.clone(),
            ended: asked.ended.clone(),
            notices: Vec::new(),
        }
    }
}

/// Words as they are shown, of all these clarifications.
pub(in crate::http) async fn clarification_words(
    services: &Services,
    caller: &Caller,
    all: &[NumberedClarification],
) -> Result<StoredWords, Problem> {
    let references = all.iter().flat_map(|asked| {
        let answer = match &asked.clarification.outcome {
            Outcome::Answered(text) => Some(&text.content),
            _ => None,
        };
        [&asked.clarification.text.content]
            .into_iter()
            .chain(answer)
    });
    StoredWords::read(services, caller, references).await
}

/// What the Secretariat asked about a reply, and what was answered; to a contributor, about the sections that it reads.
#[utoipa::path(get, path = "/v1/replies/{reply}/clarifications", tag = "replies", params(At), responses((status = 200, body = ClarificationsView)))]
pub async fn list_clarifications(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let history = ReplyHistory::visible(services, caller, id, lookup.position()).await?;
    let words = clarification_words(services, caller, &history.clarifications).await?;
    let items = history.clarifications.iter();
    let view = ClarificationsView {
        reply: id.0,
        items: items
            .map(|asked| ClarificationView::from_clarification(asked, &words))
            .collect(),
    };
    let reader = history.sight.tagged(Reader::any()).words(words.changed);
    let tag = Tag::Resource(history.position, reader);
    Ok(lookup.answer(&tag, &view))
}

/// A clarification to ask for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RequestClarification {
    /// The code of the question whose answer it is about; the whole reply, if left out.
    question: Option<String>,
    /// What is asked: at most 10,000 characters.
    text: String,
    /// The language that it is in.
    #[schema(example = "en")]
    lang: Lang,
}

/// Asks about a submitted reply, and tells the party's focal point by letter. Until that is answered, or needed no longer, the
/// reply can be changed and submitted anew, as long as the collection is open; answered in words it can be after the close
/// too. What was submitted last counts meanwhile.
#[utoipa::path(post, path = "/v1/replies/{reply}/clarifications", tag = "replies", request_body = RequestClarification, responses((status = 201, body = ClarificationView)))]
pub async fn request_clarification(
    mut write: Write<RequestClarification>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let request = write.request();
    let (services, caller, body) = (&write.services, &write.caller, &write.body);
    let acting = ReplyActor::on(services, caller, id).await?;
    let text = word_input::as_answer(&body.text, body.lang, &mut write.contents)?;
    let ask = Command::Clarify {
        question: body.question.clone(),
        text,
    };
    let decided = acting.decide(request, &write.contents, ask).await?;
    let number = decided.events.iter().find_map(|event| match event {
        Event::ClarificationRequested(asked) => Some(asked.clarification),
        _ => None,
    });
    let number = number.ok_or(Problem::new("internal"))?;
    let id = acting.held.collection;
    services.letters.reach(services.head()).await;
    let position = decided.now.position;
    let then = services.desk.load_as_of::<Collection>(id.0, position);
    let then = then.await?.state;
    let is_closed = then
        .as_ref()
        .as_ref()
        .is_some_and(|then| then.status == Status::Closed);
    let in_words = is_closed.then(|| CommandNotice::new(notice::ANSWER_IN_WORDS_ALONE));
    let told = notices::notices_for_reader(in_words, &caller.languages);
    let asked = (acting.id, number);
    clarification_answer(services, caller, asked, position, true, told).await
}

/// Answers in words what was asked. An answer in changed answers is the reply, submitted anew.
#[utoipa::path(post, path = "/v1/replies/{reply}/clarifications/{clarification}/answer", tag = "replies", request_body = NewWords, responses((status = 201, body = ClarificationView)))]
pub async fn answer_clarification(
    mut write: Write<NewWords>,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let acting = ReplyActor::on(services, caller, id).await?;
    let number = number(&path.1)?;
    let text = write.body.as_answer(&mut write.contents)?;
    let answer = Command::AnswerClarification {
        clarification: number,
        text,
    };
    let decided = acting
        .decide(write.request(), &write.contents, answer)
        .await?;
    let position = decided.now.position;
    let answered = (acting.id, number);
    clarification_answer(services, caller, answered, position, true, Vec::new()).await
}

/// Says that a clarification is needed no longer.
#[utoipa::path(delete, path = "/v1/replies/{reply}/clarifications/{clarification}", tag = "replies", responses((status = 200, body = ClarificationView)))]
pub async fn withdraw_clarification(
    caller: Caller,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = ReplyActor::on(&services, &caller, id).await?;
    let number = number(&path.1)?;
    let withdraw = Command::WithdrawClarification {
        clarification: number,
    };
    let decided = acting.decide(caller.request(&[]), &[], withdraw).await?;
    let position = decided.now.position;
    let withdrawn = (acting.id, number);
    clarification_answer(&services, &caller, withdrawn, position, false, Vec::new()).await
}

fn number(text: &str) -> Result<u32, Problem> {
    text.parse()
        .map_err(|_| Problem::not_found("clarification"))
}

/// A clarification as it was right after what was done to it.
async fn clarification_answer(
    services: &Services,
    caller: &Caller,
    (id, number): (ReplyId, u32),
    position: u64,
    is_new: bool,
    notices: Vec<NoticeView>,
) -> Result<HttpResponse, Problem> {
    let history = ReplyHistory::read(services, id, Some(position)).await?;
    let mut all = history.clarifications.into_iter();
    let asked = all.find(|asked| asked.number == number);
    let asked = asked.ok_or(Problem::not_found("clarification"))?;
    let words = clarification_words(services, caller, std::slice::from_ref(&asked)).await?;
    let view = ClarificationView {
        notices,
        ..ClarificationView::from_clarification(&asked, &words)
    };
    let location = is_new.then(|| format!("/v1/replies/{id}/clarifications"));
    Ok(conditional::write_answer(location, position, &view))
}
