//! Translations of what people typed: a translation is made beside the original, and wherever that is shown it is shown
//! as what it is.

use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{Decided, Desk, DeskError, Reads};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::new_content;
use crate::http::handling::word_input::keep;
use crate::http::handling::words::Words;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::translations as reading;
use domain::fault;
use domain::redaction::Redaction;
use domain::said::expected;
use domain::translation::{Command, Context, TextTranslated, Translations, Translator};
use domain::{ContentId, ContentRef, Lang};
use event_log::{ReadError, content};

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
    async fn of(
        services: &Services,
        caller: &Caller,
        id: ContentId,
    ) -> Result<(Self, u64), Problem> {
        let original = ContentRef {
            content: id,
            commitment: String::new(),
        };
        let words = Words::read(services, caller, [&original].into_iter()).await?;
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
#[utoipa::path(tag = "translations", responses((status = 200, body = TranslationsView)))]
#[get("/v1/contents/{content}/translations")]
pub async fn list_translations(
    request: HttpRequest,
    caller: Caller,
    content: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ContentId = caller::id(&content, "content")?;
    if kept(&services.desk, id).await? == Context::Nothing {
        return Err(Problem::not_found("content"));
    }
    let (view, changed) = TranslationsView::of(&services, &caller, id).await?;
    let tag = Tag::Resource(changed, Reader::any());
    Ok(conditional::answer(&request, &tag, &view))
}

/// A translation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Translate {
    /// The translation.
    text: String,
    /// Who translated: secretariat, party, machine
    #[schema(value_type = String, example = "secretariat")]
    by: Translator,
}

/// Adds a translation into a language, in place of the one before. The original stays what it is.
#[utoipa::path(tag = "translations", request_body = Translate, responses((status = 200, body = TranslationsView)))]
#[put("/v1/contents/{content}/translations/{language}")]
pub async fn translate_content(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<Translate>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, lang) = place(&path)?;
    let Translate { text, by } = &body.value;
    let mut contents = Vec::new();
    let text = keep(
        text,
        "/text",
        MAX_CHARS,
        "translation_faulty",
        &mut contents,
    )?;
    let command = || {
        Command::Translate(TextTranslated {
            content: id,
            lang,
            text: text.clone(),
            by: *by,
        })
    };
    let request = caller.request(&body.bytes);
    let read = async |reads: &mut Reads<'_>| context(reads, id).await;
    let stream = services.desk.ids().translations(id).0;
    let decided = services
        .desk
        .decide_with::<Translations>(&request, stream, &contents, read, command);
    written(&services, &caller, id, &decided.await?).await
}

/// Withdraws a translation.
#[utoipa::path(tag = "translations", responses((status = 200, body = TranslationsView)))]
#[delete("/v1/contents/{content}/translations/{language}")]
pub async fn withdraw_translation(
    caller: Caller,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (content, lang) = place(&path)?;
    let request = caller.request(&[]);
    let read = async |reads: &mut Reads<'_>| context(reads, content).await;
    let command = || Command::Withdraw { content, lang };
    let stream = services.desk.ids().translations(content).0;
    let decided = services
        .desk
        .decide_with::<Translations>(&request, stream, &[], read, command);
    written(&services, &caller, content, &decided.await?).await
}

fn place(path: &(String, String)) -> Result<(ContentId, Lang), Problem> {
    let id = caller::id(&path.0, "content")?;
    let lang = path.1.parse().map_err(|error: fault::UnknownCode| {
        let expected = expected::ONE_OF.codes(error.known.iter().copied());
        Problem::bad_parameter("language", expected, &path.1)
    })?;
    Ok((id, lang))
}

/// What is kept under an id. That it is not redacted meanwhile is guarded: a translation never outlives its original.
async fn context(reads: &mut Reads<'_>, id: ContentId) -> Result<Context, DeskError> {
    reads.state::<Redaction>(id.0).await?;
    kept(reads.desk(), id).await
}

async fn kept(desk: &Desk, id: ContentId) -> Result<Context, DeskError> {
    let pool = desk.log().pool();
    let media_type = content::media_type(pool, id.0).await?;
    Ok(match media_type.as_deref() {
        None => Context::Nothing,
        Some(new_content::WORDS) => {
            let is_translation = reading::is_translation(pool, id.0).await;
            if is_translation.map_err(ReadError::from)? {
                Context::Translation
            } else {
                Context::Words
            }
        }
        Some(_) => Context::Other,
    })
}

async fn written(
    services: &Services,
    caller: &Caller,
    id: ContentId,
    decided: &Decided<Translations>,
) -> Result<HttpResponse, Problem> {
    let (view, _) = TranslationsView::of(services, caller, id).await?;
    Ok(conditional::written(None, decided.now.position, &view))
}
