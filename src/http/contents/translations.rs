//! Translations of what people typed: a translation is made beside the original, and wherever that is shown it is shown
//! as what it is.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::deciding::translation::stored;
use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::keep;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::phrase::expected;
use domain::translation::{Command, Context, TextTranslated, Translations, Translator};
use domain::{ContentId, ContentRef, Lang, fault};

/// The most characters of a translation.
const MAX_CHARS: usize = 100_000;

/// The translations of a content.
#[derive(Debug, Serialize, ToSchema)]
pub struct TranslationsView {
    /// What is translated.
    content: Uuid,
    /// By language: `{"text", "lang", "by"}`, or that it was redacted.
    #[schema(value_type = Object)]
    translations: Value,
}

impl TranslationsView {
    async fn load(
        services: &Services,
        caller: &Caller,
        id: ContentId,
    ) -> Result<(Self, u64), Problem> {
        let original = ContentRef {
            content: id,
            commitment: String::new(),
        };
        let words = StoredWords::read(services, caller, [&original].into_iter()).await?;
        let view = Self {
            content: id.0,
            translations: words
                .translations(&original)
                .unwrap_or(Value::Object(Default::default())),
        };
        Ok((view, words.changed))
    }
}

/// The translations of a content: of the words of an answer, a comment, a need. Wherever those are shown, as of a past position
/// too, their translations are those of now.
#[utoipa::path(get, path = "/v1/contents/{content}/translations", tag = "translations", responses((status = 200, body = TranslationsView)))]
pub async fn list_translations(
    lookup: Lookup,
    PathId(id): PathId<ContentId>,
) -> Result<HttpResponse, Problem> {
    if stored(&lookup.services.desk, id).await? == Context::Nothing {
        return Err(Problem::not_found("content"));
    }
    let (view, changed) = TranslationsView::load(&lookup.services, &lookup.caller, id).await?;
    let tag = Tag::Resource(changed, Reader::any());
    Ok(lookup.answer(&tag, &view))
}

/// A translation.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Translate {
    /// The translation.
    text: String,
    /// Who translated: secretariat, party, machine
    #[schema(example = "secretariat")]
    by: Translator,
}

/// Adds a translation into a language, in place of the one before. The original stays what it is.
#[utoipa::path(put, path = "/v1/contents/{content}/translations/{language}", tag = "translations", request_body = Translate, responses((status = 200, body = TranslationsView)))]
pub async fn translate_content(
    mut write: Write<Translate>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (content, lang) = content_and_language(&path)?;
    let Translate { text, by } = &write.body;
    let text = keep(
        text,
        "/text",
        MAX_CHARS,
        "translation_faulty",
        &mut write.contents,
    )?;
    let translated = TextTranslated {
        content,
        lang,
        text,
        by: *by,
    };
    let stream = write.services.desk.ids().translations(content);
    let translate = Command::Translate(translated);
    let decided = write.decide_case::<Translations>(stream, &(), translate);
    let decided = decided.await?;
    translations_answer(&write.services, &write.caller, content, &decided).await
}

/// Withdraws a translation.
#[utoipa::path(delete, path = "/v1/contents/{content}/translations/{language}", tag = "translations", responses((status = 200, body = TranslationsView)))]
pub async fn withdraw_translation(
    caller: Caller,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (content, lang) = content_and_language(&path)?;
    let request = caller.request(&[]);
    let stream = services.desk.ids().translations(content).0;
    let withdraw = Command::Withdraw { content, lang };
    let decided = services
        .desk
        .decide::<Translations>(&request, stream, &(), withdraw, &[]);
    translations_answer(&services, &caller, content, &decided.await?).await
}

fn content_and_language(path: &(String, String)) -> Result<(ContentId, Lang), Problem> {
    let id = caller::id(&path.0, "content")?;
    let lang = path.1.parse().map_err(|error: fault::UnknownCode| {
        let expected = expected::ONE_OF.codes(error.known.iter().copied());
        Problem::bad_parameter("language", expected, &path.1)
    })?;
    Ok((id, lang))
}

async fn translations_answer(
    services: &Services,
    caller: &Caller,
    id: ContentId,
    decided: &RecordedDecision<Translations>,
) -> Result<HttpResponse, Problem> {
    let (view, _) = TranslationsView::load(services, caller, id).await?;
    Ok(conditional::write_answer(None, decided.now.position, &view))
}
