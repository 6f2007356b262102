//! What is translated: an instrument's draft, or one of its revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::http::instruments::load;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::instrument::{State, Translation};
use domain::phrase::expected;
use domain::questionnaire::Questionnaire;
use domain::questionnaire::translations::TranslationRecord;
use domain::{ContentRef, InstrumentId, Lang};

/// A questionnaire as it is now, with what is known of its translations.
pub struct HeldQuestionnaire {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The position of the instrument's last event.
    pub position: u64,
    /// The revision; none where it is the draft.
    pub revision: Option<u32>,
    /// The language that it is translated from.
    pub original: Lang,
    /// The languages that it must be complete in.
    pub languages: Vec<Lang>,
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// Where it is stored.
    pub reference: ContentRef,
    /// Of a revision, what was frozen.
    pub frozen: Option<Arc<Questionnaire>>,
    translations: BTreeMap<Lang, Translation>,
}

impl HeldQuestionnaire {
    /// The questionnaire, as it is now.
    ///
    /// # Errors
    /// `not_found`, `no_draft`.
    pub async fn load(
        services: &Services,
        id: InstrumentId,
        revision: Option<u32>,
    ) -> Result<Self, Problem> {
        let loaded = load(services, id).await?;
        Self::of_state(services, id, &loaded.state, loaded.position, revision).await
    }

    /// The questionnaire in a state of its instrument.
    ///
    /// # Errors
    /// `not_found`, `no_draft`.
    pub async fn of_state(
        services: &Services,
        id: InstrumentId,
        state: &State,
        position: u64,
        revision: Option<u32>,
    ) -> Result<Self, Problem> {
        let held = state.as_ref().ok_or(Problem::not_found("instrument"))?;
        let desk = &services.desk;
        let (reference, frozen, translations) = match revision {
            None => {
                let draft = held.draft.as_ref().ok_or(Problem::new("no_draft"))?;
                (draft, None, &held.translations)
            }
            Some(number) => {
                let revision = held.revision(number);
                let revision = revision.ok_or(Problem::not_found("revision"))?;
                let frozen = desk.questionnaire(&revision.questionnaire).await?;
                (revision.shown(), Some(frozen), &revision.translations)
            }
        };
        Ok(Self {
            instrument: id,
            position,
            revision,
            original: held.original_language(),
            languages: held.languages.clone(),
            questionnaire: desk.questionnaire(reference).await?,
            reference: reference.clone(),
            frozen,
            translations: translations.clone(),
        })
    }

    /// What is known of its translation into a language.
    pub fn translation(&self, lang: Lang) -> Option<&Translation> {
        self.translations.get(&lang)
    }

    /// The texts that were translated into a language, and from which words.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn record(
        &self,
        services: &Services,
        lang: Lang,
    ) -> Result<TranslationRecord, Problem> {
        match self.translation(lang) {
            None => Ok(TranslationRecord::default()),
            Some(known) => Ok(services.desk.translation_record(&known.record).await?),
        }
    }

    /// Lets all languages pass but the one that is translated from: that is edited with the form.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn refuse_original(&self, lang: Lang) -> Result<(), Problem> {
        if lang != self.original {
            return Ok(());
        }
        let others = Lang::ALL.iter().filter(|other| **other != lang);
        let others = expected::ONE_OF.codes(others.map(|other| other.as_str()));
        Err(Problem::bad_parameter("language", others, lang))
    }
}
