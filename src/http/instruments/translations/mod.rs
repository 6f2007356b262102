//! Translations of an instrument's questionnaire: given by their own command, so that whoever edits the form and whoever
//! translates it do not overwrite each other.

pub(in crate::http) mod giving;
pub(in crate::http) mod held;
mod table;
pub mod view;

use std::collections::BTreeMap;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::body::{self, Body};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::handling::table_form::TableForm;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::written;
use actix_web::FromRequest;
use domain::phrase::expected;
use domain::{InstrumentId, Lang, fault};
use giving::SentTranslation;
use held::HeldQuestionnaire;
use view::{InstrumentTranslation, InstrumentTranslations, TranslationSaved};

/// Of which questionnaire.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TranslatedRevision {
    /// The number of a revision; the draft, if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    revision: Option<String>,
}

/// Of which questionnaire, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetTranslation {
    /// The number of a revision; the draft, if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    revision: Option<String>,
    /// json, csv; instead of Accept
    #[param(value_type = Option<written::TranslationForm>, inline)]
    format: Option<String>,
}

/// Translations, by the texts' keys.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TranslateInstrument {
    /// The translation of each text, by its key; null takes one away. What is not named stays as it is.
    texts: BTreeMap<String, Option<String>>,
}

fn revision_of(said: Option<&str>) -> Result<Option<u32>, Problem> {
    query::parse("revision", said)
}

fn instrument_and_language(path: &(String, String)) -> Result<(InstrumentId, Lang), Problem> {
    let id = caller::id(&path.0, "instrument")?;
    let lang = path.1.parse().map_err(|error: fault::UnknownCode| {
        let expected = expected::ONE_OF.codes(error.known.iter().copied());
        Problem::bad_parameter("language", expected, &path.1)
    })?;
    Ok((id, lang))
}

/// How complete the draft, or a revision, is in each of its languages.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/translations", tag = "instruments", params(TranslatedRevision), responses((status = 200, body = InstrumentTranslations)))]
pub async fn get_translations(
    lookup: Lookup<TranslatedRevision>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let revision = revision_of(lookup.query.revision.as_deref())?;
    let held = HeldQuestionnaire::load(&lookup.services, id, revision).await?;
    let view = InstrumentTranslations::load(&lookup.services, &held).await?;
    let tag = Tag::Resource(held.position, Reader::any());
    Ok(lookup.answer(&tag, &view))
}

/// Every text of the draft, or of a revision, with its original and its translation into a language, and where that stands:
/// current, behind (the original was edited since), missing. As JSON, or as a table for translators (CSV), which can be sent back.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/translations/{language}", tag = "instruments", params(GetTranslation),
    responses((status = 200, content((InstrumentTranslation = "application/json"), (String = "text/csv")))))]
pub async fn get_translation(
    lookup: Lookup<GetTranslation>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, lang) = instrument_and_language(&path)?;
    let form = TableForm::wanted(lookup.query.format.as_deref(), lookup.http.headers());
    let revision = revision_of(lookup.query.revision.as_deref())?;
    let held = HeldQuestionnaire::load(&lookup.services, id, revision).await?;
    held.refuse_original(lang)?;
    let record = held.record(&lookup.services, lang).await?;
    let texts = held.questionnaire.keyed_texts();
    let standing = texts.standing(held.original, lang, &record);
    let tag = Tag::Resource(held.position, Reader::any().in_form(form.as_str()));
    let mut response = match form {
        TableForm::Json => {
            let view = InstrumentTranslation::from_standing(&held, lang, &standing);
            lookup.answer(&tag, &view)
        }
        TableForm::Csv => {
            let table = table::written(&standing, held.original, lang);
            conditional::answer_text(&lookup.http, &tag, None, || table)
        }
    };
    let headers = response.headers_mut();
    let vary = HeaderValue::from_static("Accept, Accept-Language, Authorization, Cookie");
    headers.insert(header::VARY, vary);
    if form == TableForm::Csv {
        let media_type = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        headers.insert(header::CONTENT_TYPE, media_type);
        let name = format!("attachment; filename=\"translation-{lang}.csv\"");
        if let Ok(name) = HeaderValue::from_str(&name) {
            headers.insert(header::CONTENT_DISPOSITION, name);
        }
    }
    Ok(response)
}

/// Gives translations into a language: of all texts of the draft, or of some; or, of a revision, of texts that it lacks in that
/// language, by which its questions do not change. As JSON, or as the table that was given to translators (CSV), in which empty
/// translations are passed over. Refused text by text, each with its place; then nothing is recorded.
#[utoipa::path(put, path = "/v1/instruments/{instrument}/translations/{language}", tag = "instruments", params(TranslatedRevision),
    request_body(content((TranslateInstrument = "application/json"), (String = "text/csv"))),
    responses((status = 200, body = TranslationSaved)))]
pub async fn translate_instrument(
    http: HttpRequest,
    caller: Caller,
    path: web::Path<(String, String)>,
    Query(of): Query<TranslatedRevision>,
    payload: web::Payload,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (id, lang) = instrument_and_language(&path)?;
    let revision = revision_of(of.revision.as_deref())?;
    let is_table = body::media_type(&http).as_deref() == Some("text/csv");
    let (sent, bytes) = if is_table {
        let bytes = body::bytes(&http, payload).await?;
        (SentTranslation::Table(bytes.clone()), bytes)
    } else {
        let mut payload = payload.into_inner();
        let body = Body::<TranslateInstrument>::from_request(&http, &mut payload).await?;
        (SentTranslation::Texts(body.value.texts), body.bytes)
    };
    let (held, position) = sent
        .give(&services, caller.request(&bytes), id, lang, revision)
        .await?;
    let view = TranslationSaved::load(&services, &held, lang).await?;
    Ok(conditional::write_answer(None, position, &view))
}
