//! What a party answered in the last round, beside what it is asked now; and what of it is carried over and confirmed.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{RecordedDecision, Request};
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::answers::AnswersSaved;
use crate::http::rights::reply::visible;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::AnswerShape;
use crate::http::services::Services;
use domain::ReplyId;
use domain::questionnaire::AnswerMap;
use domain::reply::{Command, Event, PreviousAnswer, PreviousVersion, Reply, Selection};

/// What a party answered in the last round, beside what it is asked now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviousView {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed it.
    position: u64,
    /// The versions that stand beside it, which were accepted when it began: of each instrument that asked any of the same one,
    /// the one accepted last first.
    versions: Vec<PreviousVersionView>,
    /// By the address at which the same is asked now.
    answers: BTreeMap<String, PreviousAnswerView>,
}

/// A version of an earlier round.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviousVersionView {
    /// The instrument that was answered.
    instrument: Uuid,
    /// The collection.
    collection: Uuid,
    /// The reply.
    reply: Uuid,
    /// The version.
    version: u32,
}

/// An answer of an earlier round.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviousAnswerView {
    /// The reply that it is of.
    reply: Uuid,
    /// Its version.
    version: u32,
    /// Its address there.
    question: String,
    /// The answer.
    #[schema(value_type = AnswerShape)]
    answer: Value,
    /// Whether it can be carried over: the field takes it still, and its words are there. What is calculated cannot, nor can files.
    can_be_carried: bool,
    /// Whether it is carried over, and not confirmed.
    carried: bool,
}

impl From<&PreviousVersion> for PreviousVersionView {
    fn from(version: &PreviousVersion) -> Self {
        Self {
            instrument: version.instrument.0,
            collection: version.collection.0,
            reply: version.reply.0,
            version: version.version,
        }
    }
}

/// What the party answered in the last round to what it is asked now: the version of each reply that the Secretariat had accepted
/// last when this one began. In one instrument a question is the same by its code, over two by its `same_as`.
#[utoipa::path(get, path = "/v1/replies/{reply}/previous", tag = "replies", responses((status = 200, body = PreviousView)))]
pub async fn get_previous_answers(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let seen = visible(services, caller, id, true).await?;
    let form = services.desk.form_of_reply(&seen, seen.asked).await?;
    let previous = services
        .desk
        .previous_answers(&seen.previous, seen.instrument, &form);
    let previous = previous.await?;
    let gone = services.desk.words_gone(&previous).await?;
    let told: Vec<(&str, &PreviousAnswer)> = previous
        .iter()
        .filter(|(address, _)| seen.sight.reads(&form, Some(address)))
        .collect();
    let mut beside = Reply::clone(&seen);
    let values = told.iter();
    beside.answers = values
        .map(|(address, answer)| ((*address).to_owned(), answer.value.clone()))
        .collect();
    let flags = told.iter().filter(|(_, answer)| !answer.flags.is_empty());
    beside.flags = flags
        .map(|(address, answer)| ((*address).to_owned(), answer.flags.clone()))
        .collect();
    beside.comments = AnswerMap::default();
    let addresses: Vec<&str> = told.iter().map(|(address, _)| *address).collect();
    let (mut shown, words) = shown_answers(services, caller, &beside, &addresses).await?;
    let answers = told.into_iter().filter_map(|(address, answer)| {
        let view = PreviousAnswerView {
            reply: answer.of.reply.0,
            version: answer.of.version,
            question: answer.address.clone(),
            answer: shown.remove(address)?,
            can_be_carried: answer.can_be_carried && !answer.is_among(&gone),
            carried: seen.carried.contains(address),
        };
        Some((address.to_owned(), view))
    });
    let view = PreviousView {
        reply: id.0,
        position: seen.position,
        answers: answers.collect(),
        versions: seen.previous.iter().map(Into::into).collect(),
    };
    let reader = seen.sight.tagged(lookup.reader()).words(words);
    Ok(lookup.answer(&Tag::Resource(seen.position, reader), &view))
}

/// Of which fields. All, if nothing is said.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FieldSelection {
    /// Addresses of questions, rows, entries or fields; what is within them is meant too.
    addresses: Option<Vec<String>>,
    /// Codes of sections.
    sections: Option<Vec<String>>,
}

impl From<FieldSelection> for Selection {
    fn from(selection: FieldSelection) -> Self {
        Self {
            addresses: selection.addresses,
            sections: selection.sections,
        }
    }
}

/// What was carried over.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswersCarriedOver {
    /// The reply.
    reply: Uuid,
    /// The position of the last event that changed the reply; it is the reply's ETag.
    position: u64,
    /// The addresses of what is carried over now and was not before.
    carried: Vec<String>,
}

/// Carries answers of the last round over into what is blank. `GET …/previous` shows them as `carried`; they are answers, count, and
/// are submitted, once they are confirmed. Who takes one back clears its field.
#[utoipa::path(post, path = "/v1/replies/{reply}/carry-over", tag = "replies", request_body(content = FieldSelection, description = "may be left out"),
    responses((status = 200, body = AnswersCarriedOver)))]
pub async fn carry_answers_over(
    write: Write<FieldSelection>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let request = write.request();
    let selection = write.body.into();
    let decided = carry_over(&write.services, &write.caller, request, id, selection).await?;
    let events = decided.events.into_iter();
    let carried = events.filter_map(|event| match event {
        Event::ReplyCarriedOver(event) => Some(event.addresses),
        _ => None,
    });
    let view = AnswersCarriedOver {
        reply: id.0,
        position: decided.now.position,
        carried: carried.flatten().collect(),
    };
    Ok(conditional::write_answer(None, view.position, &view))
}

/// Confirms answers that were carried over: from then on they are answers as if they had been typed.
#[utoipa::path(post, path = "/v1/replies/{reply}/carry-over/confirmation", tag = "replies",
    request_body(content = FieldSelection, description = "may be left out"), responses((status = 200, body = AnswersSaved)))]
pub async fn confirm_carried_answers(
    write: Write<FieldSelection>,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let request = write.request();
    let selection = write.body.into();
    let decided = confirm(&write.services, &write.caller, request, id, selection).await?;
    let view = AnswersSaved::new(id, decided.now.position, decided.events);
    Ok(conditional::write_answer(None, decided.now.position, &view))
}

/// Carries answers over.
///
/// # Errors
/// Why not.
pub(in crate::http) async fn carry_over(
    services: &Services,
    caller: &Caller,
    request: Request,
    id: ReplyId,
    selection: Selection,
) -> Result<RecordedDecision<Reply>, Problem> {
    let acting = ReplyActor::on(services, caller, id).await?;
    let decided = acting.decide(request, &[], Command::CarryOver(selection));
    Ok(decided.await?)
}

/// Confirms answers that were carried over.
///
/// # Errors
/// Why not.
pub(in crate::http) async fn confirm(
    services: &Services,
    caller: &Caller,
    request: Request,
    id: ReplyId,
    selection: Selection,
) -> Result<RecordedDecision<Reply>, Problem> {
    let acting = ReplyActor::on(services, caller, id).await?;
    let decided = acting.decide(request, &[], Command::Confirm(selection));
    Ok(decided.await?)
}
