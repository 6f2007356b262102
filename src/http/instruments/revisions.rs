//! Revisions: frozen questionnaires.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::write::Write;
use crate::http::handling::{caller, notices};
use crate::http::instruments::load;
use crate::http::instruments::view::ApprovalView;
use crate::http::problem::Problem;
use crate::http::rights::consultation::commenting;
use crate::http::schemas::{ChoiceShape, NoticeView, QuestionnaireShape, WordsShape};
use crate::http::services::Services;
use crate::reading::viewer;
use domain::comment::Comment;
use domain::consultation::Consultation;
use domain::instrument::{Command, Event, Instrument, InstrumentRevised};
use domain::questionnaire::{Choice, Questionnaire};
use domain::{CommentId, InstrumentId, notice};

/// A revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionView {
    /// The instrument.
    instrument: Uuid,
    /// 1, 2, 3.
    revision: u32,
    /// The languages in which it is complete.
    languages: Vec<domain::Lang>,
    /// How many of its texts were translated from words that had been edited when it was frozen, by language.
    #[schema(value_type = HashMap<String, u32>)]
    behind: BTreeMap<domain::Lang, u32>,
    /// Its approval, if it has one; of a correction that of what it corrects.
    approval: Option<ApprovalView>,
    /// What it corrects, where it is a correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<RevisionCorrectionView>,
    /// What is asked.
    #[schema(value_type = QuestionnaireShape)]
    questionnaire: Questionnaire,
    /// The options of the standard scales that its questions name instead of options of their own: `{"yes_in_part_no":
    /// [{"value", "label"}]}`.
    #[schema(value_type = HashMap<String, Vec<ChoiceShape>>)]
    scales: Scales,
}

/// What a revision corrects.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionCorrectionView {
    /// The revision that it corrects.
    corrects: u32,
    /// What was wrong.
    #[schema(value_type = WordsShape)]
    reason: Value,
}

/// Scales by their names, each with its options.
pub(in crate::http) type Scales = BTreeMap<&'static str, Vec<Choice>>;

/// The scales that a questionnaire's questions name. Beside the questionnaire and not in it, so that a draft can be sent back
/// as it was read.
pub(in crate::http) fn scales(questionnaire: &Questionnaire) -> Scales {
    let scales = questionnaire.scales().into_iter();
    let scales = scales.map(|scale| {
        let options = scale
            .options()
            .into_iter()
            .map(|option| Choice::plain(option.value.to_owned(), option.label.clone()));
        (scale.as_str(), options.collect())
    });
    scales.collect()
}

/// A revision that was just frozen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revised)]
pub struct FrozenRevision {
    /// The instrument.
    instrument: Uuid,
    /// The new revision's number.
    revision: u32,
    /// How many questions it has.
    questions: usize,
    /// The languages in which it is complete.
    languages: Vec<domain::Lang>,
    /// How many of its texts were translated from words that were edited since, by language.
    #[schema(value_type = HashMap<String, u32>)]
    behind: BTreeMap<domain::Lang, u32>,
    /// What whoever froze it should know: comments that it takes up, on what it leaves as it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

impl FrozenRevision {
    /// A revision as the event says that froze it.
    pub fn from_event(
        instrument: InstrumentId,
        revised: &InstrumentRevised,
        notices: Vec<NoticeView>,
    ) -> Self {
        Self {
            instrument: instrument.0,
            revision: revised.revision,
            questions: revised.questions.len(),
            languages: revised.languages.clone(),
            behind: revised.behind.clone(),
            notices,
        }
    }
}

/// What of the comments the next revision takes up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviseInstrument {
    /// Comments on the instrument, by id, that were accepted at least in part; 500 at most.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    takes_up: Vec<CommentId>,
}

/// Freezes the draft as the next revision; refused with every fault at once.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/revisions", tag = "instruments", request_body(content = ReviseInstrument, description = "may be left out"),
    responses((status = 201, body = FrozenRevision)))]
pub async fn revise_instrument(
    write: Write<ReviseInstrument>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let takes_up = write.body.takes_up.clone();
    let decided = write.decide::<Instrument>(id, Command::Revise { takes_up });
    let decided = decided.await?;
    let revised = decided.events.iter().find_map(|event| match event {
        Event::InstrumentRevised(revised) => Some(revised),
        _ => None,
    });
    let revised = revised.ok_or(Problem::new("internal"))?;
    let unchanged = unchanged(&write.services, &decided, revised).await?;
    let told = notice::of_taken_up(&unchanged);
    let told = notices::notices_for_reader(told, &write.caller.languages);
    let revised = FrozenRevision::from_event(id, revised, told);
    let location = format!("/v1/instruments/{id}/revisions/{}", revised.revision);
    Ok(conditional::write_answer(
        Some(location),
        decided.now.position,
        &revised,
    ))
}

/// Of the comments that a revision takes up, those on what it leaves as it was when they were made.
async fn unchanged(
    services: &Services,
    decided: &RecordedDecision<Instrument>,
    revised: &InstrumentRevised,
) -> Result<Vec<CommentId>, Problem> {
    let desk = &services.desk;
    let mut unchanged = Vec::new();
    let instrument = decided.now.state.as_ref().as_ref();
    let is = desk.questionnaire(&revised.questionnaire).await?;
    for id in &revised.takes_up {
        let comment = desk.load::<Comment>(id.0, false).await?;
        let Some(comment) = comment.state.as_ref() else {
            continue;
        };
        let round = desk
            .load::<Consultation>(comment.consultation.0, false)
            .await?;
        let forwarded = round.state.as_ref().as_ref().map(|round| round.revision);
        let was = forwarded.and_then(|number| instrument?.revision(number));
        let Some(was) = was else { continue };
        let was = desk.questionnaire(was.shown()).await?;
        if comment.said.on.is_unchanged(&was.differences(&is)) {
            unchanged.push(*id);
        }
    }
    Ok(unchanged)
}

/// A revision with its questionnaire. It never changes, but for its approval, and languages that it is translated into.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/revisions/{revision}", tag = "instruments", responses((status = 200, body = RevisionView)))]
pub async fn get_revision(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let (instrument, number) = path.into_inner();
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    // A commenter reads what is commented on.
    if let Some(eyes) = commenting(&lookup.caller) {
        let number = number.parse().ok();
        if !viewer::commented_revision(lookup.pool(), id.0, number, eyes).await? {
            return Err(Problem::not_found("revision"));
        }
    }
    let loaded = load(services, id).await?;
    let revision = loaded
        .state
        .as_ref()
        .as_ref()
        .zip(number.parse().ok())
        .and_then(|(instrument, number)| instrument.revision(number))
        .ok_or(Problem::not_found("revision"))?;
    let questionnaire = services.desk.questionnaire(revision.shown()).await?;
    let correction = revision.correction.as_ref();
    let reasons = correction.iter().map(|said| &said.reason.content);
    let words = StoredWords::read(services, &lookup.caller, reasons).await?;
    let view = RevisionView {
        instrument: id.0,
        revision: revision.number,
        languages: revision.languages.clone(),
        behind: revision.behind.clone(),
        approval: revision.approval.as_ref().map(ApprovalView::from_event),
        correction: correction.map(|said| RevisionCorrectionView {
            corrects: said.corrects,
            reason: words.show(&said.reason.content, Some(said.reason.lang)),
        }),
        questionnaire: (*questionnaire).clone(),
        scales: scales(&questionnaire),
    };
    let reader = Reader::any().words(words.changed);
    Ok(lookup.answer(&Tag::Resource(loaded.position, reader), &view))
}
