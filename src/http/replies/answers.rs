//! Answers: one, or many at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{AskedAt, Request};
use crate::http::conditional::{self, Reader};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::answer_input::read;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::published::SeenReply;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::{AnswerPatch, AnswerShape, NoticeView, collection_notices};
use crate::http::services::Services;
use crate::reading::answers as reading;
use domain::ReplyId;
use domain::fault::pointer;
use domain::questionnaire::Extent;
use domain::reply::{Command, Event};

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
#[utoipa::path(get, path = "/v1/replies/{reply}/answers", tag = "replies", params(At), responses((status = 200, body = AnswersView)))]
pub async fn list_answers(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, languages) = (&lookup.services, lookup.languages());
    let seen = SeenReply::read(&lookup, id).await?;
    let held: Vec<&str> = seen.reply.answers.keys().map(String::as_str).collect();
    let (answers, words) = shown_answers(services, &lookup.caller, &seen.reply, &held).await?;
    let collection = services.collection(seen.reply.collection, None).await?;
    let mut notices = collection_notices(&collection, languages);
    notices.extend(seen.notice(languages));
    let view = AnswersView {
        reply: id.0,
        position: seen.position,
        answers,
        notices,
    };
    let tag = seen.tag(seen.position, lookup.reader().words(words));
    Ok(lookup.answer(&tag, &view))
}

/// The answer to one question.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    /// The reply.
    reply: Uuid,
    /// The question's code.
    question: String,
    /// The position of the last event that changed this answer, which is its ETag; 0 where it was never given. To whoever is
    /// shown only what was submitted: of the submission. To the Secretariat that enters the reply: of what it typed itself, or of
    /// what was submitted, begun or discarded since.
    position: u64,
    /// The answer; null where the question is blank.
    #[schema(value_type = Option<AnswerShape>)]
    answer: Option<Value>,
    /// What whoever sees only what is published must know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

/// The answer to one question, with an entity tag of its own: two who work on different questions are not in each other's way.
#[utoipa::path(get, path = "/v1/replies/{reply}/answers/{question}", tag = "replies", params(At), responses((status = 200, body = AnswerView)))]
pub async fn get_answer(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let (reply, question) = path.into_inner();
    let id: ReplyId = caller::id(&reply, "reply")?;
    let seen = SeenReply::read(&lookup, id).await?;
    if !seen.form.names(&question) || !seen.sees(&question) {
        return Err(Problem::not_found("question"));
    }
    let position = seen.changed(services, (id, change_reader(caller)), &question);
    let position = position.await?;
    let (mut answer, words) = shown_answers(services, caller, &seen.reply, &[&question]).await?;
    let view = AnswerView {
        reply: id.0,
        position,
        answer: answer.remove(&question),
        question,
        notices: seen.notice(lookup.languages()).into_iter().collect(),
    };
    // Without a notice it is the same in every language.
    let reader = if view.notices.is_empty() {
        Reader::any()
    } else {
        lookup.reader()
    };
    let tag = seen.tag(position, reader.words(words));
    Ok(lookup.answer(&tag, &view))
}

/// As whom the caller is told when answers changed.
fn change_reader(caller: &Caller) -> reading::ChangeReader {
    match caller.principal.role.is_secretariat() {
        true => reading::ChangeReader::Secretariat,
        false => reading::ChangeReader::Party,
    }
}

/// What changes of answers.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveAnswers {
    /// By question code. What is not mentioned of an answer stays: a value without a comment leaves the comment, a comment
    /// without a value leaves the value. `"comment": null` takes the comment away; null in the answer's place, or for its
    /// value, clears the answer together with its comment.
    #[schema(value_type = BTreeMap<String, AnswerPatch>)]
    answers: BTreeMap<String, Value>,
}

/// What a save changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswersSaved {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed the reply; it is the reply's ETag. (That of the answer is in the answer's
    /// own header, where one answer is saved.)
    position: u64,
    /// Questions whose answer changed.
    saved: Vec<String>,
    /// Questions whose answer was cleared.
    cleared: Vec<String>,
    /// Questions of which the comment is new, or another than before; each is among `saved` too.
    commented: Vec<String>,
    /// Questions whose comment was taken away, by itself or together with the answer.
    uncommented: Vec<String>,
}

impl AnswersSaved {
    /// What these events saved and cleared.
    pub(super) fn new(id: ReplyId, position: u64, events: Vec<Event>) -> Self {
        let mut view = Self {
            reply: id.0,
            position,
            saved: Vec::new(),
            cleared: Vec::new(),
            commented: Vec::new(),
            uncommented: Vec::new(),
        };
        for event in events {
            match event {
                Event::ReplyAnswered(event) => {
                    let codes = event.answers.into_iter().map(|answer| answer.code);
                    view.saved.extend(codes);
                    view.commented.extend(event.commented);
                    view.uncommented.extend(event.uncommented);
                }
                Event::ReplyCleared(event) => {
                    view.cleared.extend(event.codes);
                    view.uncommented.extend(event.uncommented);
                }
                _ => {}
            }
        }
        view
    }
}

/// Changes and clears answers, all of them or none; what is not mentioned stays. Types are checked now, the rest when the reply is submitted.
#[utoipa::path(patch, path = "/v1/replies/{reply}/answers", tag = "replies", request_body = SaveAnswers, responses((status = 200, body = AnswersSaved)))]
pub async fn save_answers(
    write: Write<SaveAnswers>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let given: Vec<(&str, &Value, String)> = write
        .body
        .answers
        .iter()
        .map(|(code, value)| (code.as_str(), value, pointer("/answers", code)))
        .collect();
    let saving = AnswerSaving {
        one: None,
        extent: Extent::Parts,
        request: write.request(),
    };
    let saved = save(&write.services, &write.caller, id, saving, &given);
    saved.await.map(SavedAnswers::answer)
}

/// Saves what changes of answers, each given as address, value and place, where the reply stands at this position: all of them or
/// none. Answers the addresses that changed.
///
/// # Errors
/// `stale_if_match`, where it moved on; those of a save.
pub(in crate::http) async fn save_parts(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    position: u64,
    given: &[(&str, &Value, String)],
) -> Result<Vec<String>, Problem> {
    let saving = AnswerSaving {
        one: None,
        extent: Extent::Parts,
        request: Request {
            if_match: Some(vec![position]),
            ..caller.request(&[])
        },
    };
    let SavedAnswers { view, .. } = save(services, caller, id, saving, given).await?;
    Ok(view.saved.into_iter().chain(view.cleared).collect())
}

/// Saves one answer, in the place of the one before: without a comment it has none.
#[utoipa::path(put, path = "/v1/replies/{reply}/answers/{question}", tag = "replies", request_body = AnswerShape, responses((status = 200, body = AnswersSaved)))]
pub async fn save_answer(
    write: Write<Value>,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (_, question) = path.into_inner();
    let saving = AnswerSaving {
        one: Some(&question),
        extent: Extent::Whole,
        request: write.request(),
    };
    let given = [(question.as_str(), &write.body, String::new())];
    let saved = save(&write.services, &write.caller, id, saving, &given);
    saved.await.map(SavedAnswers::answer)
}

/// Clears an answer: the question is blank again.
#[utoipa::path(delete, path = "/v1/replies/{reply}/answers/{question}", tag = "replies", responses((status = 200, body = AnswersSaved)))]
pub async fn clear_answer(
    caller: Caller,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (_, question) = path.into_inner();
    let saving = AnswerSaving {
        one: Some(&question),
        extent: Extent::Whole,
        request: caller.request(&[]),
    };
    let given = [(question.as_str(), &Value::Null, String::new())];
    let saved = save(&services, &caller, id, saving, &given);
    saved.await.map(SavedAnswers::answer)
}

/// How answers are saved.
struct AnswerSaving<'a> {
    /// Where the request is about one answer, If-Match and ETag are of this answer, not of the whole reply.
    one: Option<&'a str>,
    extent: Extent,
    request: Request,
}

async fn save(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    saving: AnswerSaving<'_>,
    given: &[(&str, &Value, String)],
) -> Result<SavedAnswers, Problem> {
    let AnswerSaving {
        one,
        extent,
        request,
    } = saving;
    let mut acting = ReplyActor::on(services, caller, id).await?;
    let held = &acting.held;
    let mut form = services.desk.form_of_reply(held, AskedAt::Known).await?;
    let most = form.most_answers();
    // Nobody means that; to find the fault of each would only cost time.
    if given.len() > most {
        return Err(Problem::new("too_many_answers")
            .arg("count", given.len())
            .arg("limit", most)
            .at("/answers"));
    }
    let pool = services.log().pool();
    let mut changes = read(pool, &form, held, extent, given).await;
    if changes.is_err() {
        // Another process may know of a correction that allows it.
        let now = services.desk.form_of_reply(held, AskedAt::Now).await?;
        if !Arc::ptr_eq(&now, &form) {
            changes = read(pool, &now, held, extent, given).await;
            form = now;
        }
    }
    let changes = changes?;
    let if_match = one.and_then(|question| Some((question, caller.if_match()?)));
    // To whoever may not read the answer it is not told when it was changed either.
    if let Some((question, _)) = &if_match
        && !(held.sight.sees_drafts() && held.sight.reads(&form, Some(question)))
    {
        return Err(Problem::new(match caller.principal.role.is_secretariat() {
            true => "reply_not_entered",
            false => "section_not_assigned",
        }));
    }
    if let Some((question, positions)) = if_match {
        acting = acting.answering(question, positions);
    }
    let save = Command::Save {
        answers: changes.answers,
        clear: changes.clear,
    };
    let decided = acting.decide(request, &changes.contents, save).await?;
    let hand = change_reader(caller);
    let view = AnswersSaved::new(id, decided.now.position, decided.events);
    let tag = match one {
        Some(question) if view.saved.is_empty() && view.cleared.is_empty() => {
            reading::changed(pool, id.0, question, Some(decided.now.position), hand).await?
        }
        _ => decided.now.position,
    };
    Ok(SavedAnswers { view, tag })
}

/// What a save came to.
struct SavedAnswers {
    view: AnswersSaved,
    /// The position that is the entity tag of what was saved.
    tag: u64,
}

impl SavedAnswers {
    fn answer(self) -> HttpResponse {
        conditional::write_answer(None, self.tag, &self.view)
    }
}
