//! Translations as they are shown.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::held::HeldQuestionnaire;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::Lang;
use domain::questionnaire::translations::{TextStanding, TextState};

/// So many keys of missing texts are named.
const MOST_MISSING: usize = 100;

/// How complete a questionnaire is in a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct Completeness {
    /// How many texts it has.
    total: usize,
    /// How many of them are translated as they are.
    translated: usize,
    /// How many were translated, and edited since.
    behind: usize,
    /// The keys of those that are not translated, the first 100.
    missing: Vec<String>,
    /// Whether all are translated, and none is behind.
    complete: bool,
}

impl Completeness {
    /// Of these texts.
    pub fn from_standing(standing: &[TextStanding<'_>]) -> Self {
        let of = |state: TextState| standing.iter().filter(move |text| text.state == state);
        let translated = of(TextState::Current).count();
        let missing = of(TextState::Missing).take(MOST_MISSING);
        Self {
            total: standing.len(),
            translated,
            behind: of(TextState::Behind).count(),
            missing: missing.map(|text| text.key.to_owned()).collect(),
            complete: translated == standing.len(),
        }
    }
}

/// How complete a questionnaire is in a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct LanguageCompleteness {
    /// The language.
    lang: Lang,
    /// How complete it is.
    completeness: Completeness,
}

/// How complete a questionnaire is in its languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentTranslations {
    /// The instrument.
    instrument: Uuid,
    /// The revision; null where it is the draft.
    revision: Option<u32>,
    /// The language that it is translated from: the first of the instrument's.
    original: Lang,
    /// The languages that a revision must be complete in, and others that there are translations into.
    languages: Vec<LanguageCompleteness>,
}

impl InstrumentTranslations {
    /// In all languages that it must have or has something in, but the original.
    pub async fn load(services: &Services, held: &HeldQuestionnaire) -> Result<Self, Problem> {
        let texts = held.questionnaire.keyed_texts();
        let mut languages = Vec::new();
        let there = texts.languages();
        let all = Lang::ALL.iter().copied();
        let shown = all.filter(|lang| held.languages.contains(lang) || there.contains(lang));
        for lang in shown.filter(|lang| *lang != held.original) {
            let record = held.record(services, lang).await?;
            let standing = texts.standing(held.original, lang, &record);
            languages.push(LanguageCompleteness {
                lang,
                completeness: Completeness::from_standing(&standing),
            });
        }
        Ok(Self {
            instrument: held.instrument.0,
            revision: held.revision,
            original: held.original,
            languages,
        })
    }

    /// The languages alone.
    pub fn into_languages(self) -> Vec<LanguageCompleteness> {
        self.languages
    }
}

/// A text, with its translation.
#[derive(Debug, Serialize, ToSchema)]
pub struct TranslatedTextView {
    /// Its key: the code of its question or section, and what it is there.
    #[schema(example = "questions.A1.text")]
    key: String,
    /// The original.
    original: String,
    /// The translation.
    text: Option<String>,
    /// Where the translation stands.
    state: TextState,
    /// The words that were translated, where the original was edited since.
    translated_from: Option<String>,
}

/// A questionnaire in a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstrumentTranslation {
    /// The instrument.
    instrument: Uuid,
    /// The revision; null where it is the draft.
    revision: Option<u32>,
    /// The language.
    lang: Lang,
    /// The language that it is translated from.
    original: Lang,
    /// How complete it is.
    completeness: Completeness,
    /// Every text, in the questionnaire's order.
    texts: Vec<TranslatedTextView>,
}

impl InstrumentTranslation {
    /// What is known of the texts, as it is shown.
    pub fn from_standing(
        held: &HeldQuestionnaire,
        lang: Lang,
        standing: &[TextStanding<'_>],
    ) -> Self {
        let texts = standing.iter().map(|text| TranslatedTextView {
            key: text.key.to_owned(),
            original: text.original.to_owned(),
            text: text.text.map(str::to_owned),
            state: text.state,
            translated_from: text.translated_from.map(str::to_owned),
        });
        Self {
            instrument: held.instrument.0,
            revision: held.revision,
            lang,
            original: held.original,
            completeness: Completeness::from_standing(standing),
            texts: texts.collect(),
        }
    }
}

/// How complete a questionnaire is, once translations were given.
#[derive(Debug, Serialize, ToSchema)]
pub struct TranslationSaved {
    /// The instrument.
    instrument: Uuid,
    /// The revision; null where it is the draft.
    revision: Option<u32>,
    /// The language.
    lang: Lang,
    /// The language that it is translated from.
    original: Lang,
    /// How complete it is.
    completeness: Completeness,
}

impl TranslationSaved {
    /// Of the questionnaire as it is.
    pub async fn load(
        services: &Services,
        held: &HeldQuestionnaire,
        lang: Lang,
    ) -> Result<Self, Problem> {
        let record = held.record(services, lang).await?;
        let texts = held.questionnaire.keyed_texts();
        let standing = texts.standing(held.original, lang, &record);
        Ok(Self {
            instrument: held.instrument.0,
            revision: held.revision,
            lang,
            original: held.original,
            completeness: Completeness::from_standing(&standing),
        })
    }
}
