//! Drafts: the questionnaire that an instrument's next revision will be.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::new_content;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::instruments::load;
use crate::http::instruments::revisions::{Scales, scales};
use crate::http::problem::{FaultBody, Problem};
use crate::http::schemas::{ChoiceShape, QuestionnaireShape};
use domain::classification::Classification;
use domain::instrument::{Command, Instrument, InstrumentDraftSaved};
use domain::questionnaire::Questionnaire;
use domain::{InstrumentId, classification_id};

/// The draft, as it was saved last.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/draft", tag = "instruments", responses((status = 200, body = QuestionnaireShape)))]
pub async fn get_draft(
    lookup: Lookup,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&lookup.services, id).await?;
    let draft = loaded
        .state
        .as_ref()
        .as_ref()
        .and_then(|instrument| instrument.draft.as_ref())
        .ok_or(Problem::not_found("draft"))?;
    let questionnaire = lookup.services.desk.questionnaire(draft).await?;
    Ok(lookup.answer(
        &Tag::Resource(loaded.position, Reader::any()),
        &*questionnaire,
    ))
}

/// What was saved, and what must be mended before it can be a revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftSaved {
    /// The instrument.
    instrument: Uuid,
    /// How many questions the draft has.
    questions: usize,
    /// What would keep it from becoming a revision; the first 100, where there is more.
    faults: Vec<FaultBody>,
    /// How many faults there are, where they are not all listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults_total: Option<usize>,
    /// The options of the standard scales that its questions name, as a revision has them.
    #[schema(value_type = HashMap<String, Vec<ChoiceShape>>)]
    scales: Scales,
}

/// Saves a draft, which may still have faults; the answer lists them.
#[utoipa::path(put, path = "/v1/instruments/{instrument}/draft", tag = "instruments", request_body = QuestionnaireShape, responses((status = 200, body = DraftSaved)))]
pub async fn save_draft(
    mut write: Write<Value>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let questionnaire = Questionnaire::read(&write.body)
        .map_err(|faults| Problem::new("questionnaire_faulty").faults(faults))?;
    let questions = questionnaire.questions().count();
    let draft = new_content::json(&questionnaire, &mut write.contents)?;
    let (services, caller) = (&write.services, &write.caller);
    let before = load(services, id).await?;
    let unchanged = match before
        .state
        .as_ref()
        .as_ref()
        .and_then(|instrument| instrument.draft.as_ref())
    {
        Some(held) => {
            (*services.desk.questionnaire(held).await? == questionnaire).then(|| held.clone())
        }
        None => None,
    };
    if unchanged.is_some() {
        write.contents.clear();
    }
    let draft = unchanged.unwrap_or(draft);
    let save = Command::SaveDraft(InstrumentDraftSaved { draft, questions });
    let decided = write.decide_case::<Instrument>(id, &(), save);
    let decided = decided.await?;
    let classification = services
        .desk
        .load::<Classification>(classification_id(), false)
        .await?;
    let instrument = decided.now.state.as_ref().as_ref();
    let instrument = instrument.ok_or(Problem::not_found("instrument"))?;
    let faults = instrument.draft_faults(&questionnaire, &classification.state);
    let (faults, faults_total) = FaultBody::first_of(&faults, &caller.languages);
    let view = DraftSaved {
        instrument: id.0,
        questions,
        faults,
        faults_total,
        scales: scales(&questionnaire),
    };
    Ok(conditional::write_answer(None, decided.now.position, &view))
}
