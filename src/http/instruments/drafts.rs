//! Drafts: the questionnaire that an instrument's next revision will be.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::new_content;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::instruments::load;
use crate::http::instruments::revisions::{Scales, scales};
use crate::http::instruments::translations::giving::decided_on_position;
use crate::http::instruments::translations::held::HeldQuestionnaire;
use crate::http::instruments::translations::view::{InstrumentTranslations, LanguageCompleteness};
use crate::http::problem::{FaultBody, Problem};
use crate::http::schemas::{ChoiceShape, QuestionnaireShape};
use crate::http::services::Services;
use domain::classification::Classification;
use domain::instrument::{Command, Instrument, InstrumentDraftSaved, State, Translation};
use domain::need_types::NeedTypes;
use domain::questionnaire::Questionnaire;
use domain::questionnaire::translations::TranslationRecord;
use domain::{ContentId, ContentRef, InstrumentId, classification_id, need_types_id};
use event_log::NewContent;

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
    /// How complete it is in each language but the one that it is translated from.
    languages: Vec<LanguageCompleteness>,
}

/// Saves a draft, which may still have faults; the answer lists them. What it leaves out in a language is filled from the
/// translations that were given; what it brings in a language holds.
#[utoipa::path(put, path = "/v1/instruments/{instrument}/draft", tag = "instruments", request_body = QuestionnaireShape, responses((status = 200, body = DraftSaved)))]
pub async fn save_draft(
    write: Write<Value>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let form = Questionnaire::read(&write.body)
        .map_err(|faults| Problem::new("questionnaire_faulty").faults(faults))?;
    let services = &write.services;
    let request = write.request();
    let make = async || {
        let before = load(services, id).await?;
        let saved = SavedForm::beside(services, &before.state, &form).await?;
        Ok((
            Command::SaveDraft(saved.event),
            saved.contents,
            before.position,
        ))
    };
    let decided = decided_on_position(services, &request, id, make).await?;
    saved_answer(&write, id, &decided).await
}

/// What is answered of a draft that was saved.
pub(in crate::http) async fn saved_answer<B>(
    write: &Write<B>,
    id: InstrumentId,
    decided: &RecordedDecision<Instrument>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let classification = services
        .desk
        .load::<Classification>(classification_id(), false)
        .await?;
    let state = &decided.now.state;
    let instrument = state.as_ref().as_ref();
    let instrument = instrument.ok_or(Problem::not_found("instrument"))?;
    let position = decided.now.position;
    let held = HeldQuestionnaire::of_state(services, id, state, position, None).await?;
    let draft = &held.questionnaire;
    let types = services.desk.load::<NeedTypes>(need_types_id(), false);
    let types = types.await?;
    let same_as = services.desk.same_as_sources(id, draft).await?;
    let faults = instrument.draft_faults(draft, &classification.state, &types.state, &same_as);
    let (faults, faults_total) = FaultBody::first_of(&faults, &caller.languages);
    let languages = InstrumentTranslations::load(services, &held).await?;
    let view = DraftSaved {
        instrument: id.0,
        questions: draft.questions().count(),
        faults,
        faults_total,
        scales: scales(draft),
        languages: languages.into_languages(),
    };
    Ok(conditional::write_answer(None, position, &view))
}

/// A form that is to be the draft, with what it leaves out.
pub(in crate::http) struct SavedForm {
    /// What the event will say.
    pub event: InstrumentDraftSaved,
    /// The words that go with it.
    pub contents: Vec<NewContent>,
}

impl SavedForm {
    /// What is saved of a form, beside the draft and the translations that there are.
    pub async fn beside(
        services: &Services,
        state: &State,
        form: &Questionnaire,
    ) -> Result<Self, Problem> {
        let mut saved = Self {
            event: InstrumentDraftSaved {
                draft: ContentRef {
                    content: ContentId(Uuid::nil()),
                    commitment: String::new(),
                },
                questions: form.questions().count(),
                translations: BTreeMap::new(),
            },
            contents: Vec::new(),
        };
        let mut filled = form.clone();
        let mut held = None;
        if let Some(instrument) = state {
            if let Some(draft) = &instrument.draft {
                held = Some((draft, services.desk.questionnaire(draft).await?));
            }
            let before = held.as_ref().map(|(_, held)| held.keyed_texts());
            let texts = form.keyed_texts();
            let original = instrument.original_language();
            let mut languages = texts.languages();
            languages.extend(instrument.translations.keys());
            languages.sort_unstable();
            languages.dedup();
            for lang in languages.into_iter().filter(|lang| *lang != original) {
                let known = instrument.translations.get(&lang);
                let record = match known {
                    Some(known) => services.desk.translation_record(&known.record).await?,
                    None => TranslationRecord::default(),
                };
                let (after, fills) = record.after_form(&texts, before.as_ref(), original, lang);
                if !fills.is_empty() {
                    let translated = filled.translated(lang, &fills);
                    filled = translated.map_err(|_| Problem::new("internal"))?;
                }
                let behind = filled.keyed_texts().behind(original, lang, &after);
                let stored = match known {
                    None if after.is_empty() => continue,
                    Some(known) if after == record && known.behind == behind => continue,
                    Some(known) if after == record => known.record.clone(),
                    _ => new_content::json(&after, &mut saved.contents)?,
                };
                let translation = Translation {
                    record: stored,
                    behind,
                };
                saved.event.translations.insert(lang, translation);
            }
        }
        saved.event.draft = match held {
            Some((draft, held)) if *held == filled => draft.clone(),
            _ => new_content::json(&filled, &mut saved.contents)?,
        };
        Ok(saved)
    }
}
