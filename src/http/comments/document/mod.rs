//! The document of all comments on an instrument and of what became of them, to publish: as a page that stands by itself,
//! as Markdown, or as data.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::comments::input::OnShape;
use crate::http::comments::{CommentView, show};
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::Lookup;
use crate::http::problem::Problem;
use crate::http::rights::consultation::rounds_now;
use crate::http::schemas::chosen;
use crate::http::services::Services;
use crate::reading::comments::{self as reading, Filter};
use crate::reading::consultations::{self, AskedFilter, AskedKind};
use crate::reading::{Part, viewer};
use crate::written;
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::questionnaire;
use domain::{ConsultationId, InstrumentId, Lang};

pub(in crate::http) mod form;
mod html;
mod markdown;
mod said;

use form::Form;

/// More comments than anybody makes.
const ALL: i64 = 1_000_000;

/// The comments on an instrument, and what became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentsDocument {
    /// The instrument.
    instrument: Uuid,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<Lang>,
    /// Its consultations, in the order of their opening.
    consultations: Vec<DocumentedConsultation>,
}

/// A consultation in the document.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentedConsultation {
    /// Its id.
    consultation: Uuid,
    /// 1, 2, 3 within the instrument.
    round: u32,
    /// The revision that was forwarded.
    revision: u32,
    /// The note verbale or letter.
    reference: String,
    /// The date of the letter.
    #[schema(format = Date)]
    opened_on: String,
    /// The day of publication; null, to the Secretariat, where it is not published.
    #[schema(format = Date)]
    published_on: Option<String>,
    /// How many were asked and answered, by kind.
    asked: Vec<AskedKind>,
    /// The comments, by what they are about, in the order of the questionnaire; only what somebody commented on.
    groups: Vec<CommentGroup>,
}

/// Comments on the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentGroup {
    /// `{"instrument": true}`, `{"section": "A"}` or `{"question": "A1"}`.
    #[schema(value_type = OnShape)]
    on: Value,
    /// The section's title or the question's text, in the reader's language where there is one.
    text: Option<String>,
    /// The language of `text`.
    lang: Option<Lang>,
    /// The comments, in the order in which they were made.
    comments: Vec<CommentView>,
}

/// How the document is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetCommentsDocument {
    /// Only this consultation, by its id.
    consultation: Option<String>,
    /// html, markdown, json; instead of Accept
    #[param(value_type = Option<written::DocumentForm>, inline)]
    format: Option<String>,
}

/// The comments on an instrument and their dispositions, in the order of the questionnaire: to everybody those of the
/// consultations whose comments are published, to the Secretariat all. As HTML, Markdown or JSON, by `format` or `Accept`.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/comments-document", tag = "comments", params(GetCommentsDocument), responses((status = 200, content(
    (CommentsDocument = "application/json"), (String = "text/html"), (String = "text/markdown")))))]
pub async fn get_comments_document(
    lookup: Lookup<GetCommentsDocument>,
    instrument: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let form = Form::wanted(lookup.query.format.as_deref(), lookup.http.headers())?;
    let not_found = || Problem::not_found("instrument");
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let only: Option<Uuid> = match lookup.query.consultation.as_deref() {
        Some(only) => Some(caller::id(only, "consultation")?),
        None => None,
    };
    let is_secretariat = caller.principal.role.is_secretariat();
    if !is_secretariat && !viewer::commented_instrument(lookup.pool(), id.0, only).await? {
        return Err(not_found());
    }
    let loaded = services.desk.load::<Instrument>(id.0, true).await?;
    let held = PresentResource::from_loaded(&loaded).ok_or_else(not_found)?;
    let mut rounds = rounds_now(services, id).await?;
    rounds.retain(|(round, consultation)| {
        let is_seen = is_secretariat || consultation.published.is_some();
        is_seen && only.is_none_or(|only| only == round.0)
    });
    if rounds.is_empty() && (!is_secretariat || only.is_some()) {
        return Err(not_found());
    }
    let ids: Vec<Uuid> = rounds.iter().map(|(round, _)| round.0).collect();
    let changed = reading::changed(lookup.pool(), &ids).await?;
    let rounds_changed = rounds.iter().map(|(_, round)| round.position).max();
    let facts = changed
        .facts
        .max(held.position)
        .max(rounds_changed.unwrap_or(0));
    let reader = lookup.reader().words(changed.words);
    let tag = Tag::Figure(facts, reader.in_form(form.as_str()));
    let languages = lookup.languages();
    let (lang, _) = chosen(&held.title, languages);
    let lang = lang.map(Lang::as_str);
    if conditional::is_known(&lookup.http, &tag) {
        return Ok(answer(&lookup.http, &tag, lang, form, String::new));
    }
    let document = document(services, caller, id, &held, &rounds).await?;
    let body = match form {
        Form::Html => html::page(&document, languages).map_err(|error| {
            tracing::error!(%error, "the document of comments cannot be written");
            Problem::new("internal")
        })?,
        Form::Markdown => markdown::page(&document, languages),
        Form::Json => serde_json::to_string(&document).unwrap_or_default(),
    };
    Ok(answer(&lookup.http, &tag, lang, form, || body))
}

async fn document(
    services: &Services,
    caller: &Caller,
    id: InstrumentId,
    instrument: &Instrument,
    rounds: &[(ConsultationId, PresentResource<Consultation>)],
) -> Result<CommentsDocument, Problem> {
    let ids: Vec<Uuid> = rounds.iter().map(|(round, _)| round.0).collect();
    let filter = Filter {
        consultations: &ids,
        ..Filter::default()
    };
    let pool = services.log().pool();
    let read = reading::list(pool, &Part::first(None, ALL), &filter).await?;
    let mut comments = show(services, caller, read).await?.comments;
    let mut consultations = Vec::new();
    for (round, consultation) in rounds {
        let asked = services.desk.form(id, consultation.revision, None).await?;
        let (these, rest) = comments
            .into_iter()
            .partition(|comment| comment.consultation == round.0);
        comments = rest;
        let groups = groups(&asked, these, &caller.languages);
        let asked = consultations::consulted_parties(
            pool,
            &Part::first(None, 1),
            round.0,
            &AskedFilter::default(),
        )
        .await?;
        consultations.push(documented(round.0, consultation, asked.rows.kinds, groups));
    }
    let (lang, title) = chosen(&instrument.title, &caller.languages);
    Ok(CommentsDocument {
        instrument: id.0,
        title,
        lang,
        consultations,
    })
}

fn documented(
    id: Uuid,
    consultation: &Consultation,
    asked: Vec<AskedKind>,
    groups: Vec<CommentGroup>,
) -> DocumentedConsultation {
    DocumentedConsultation {
        consultation: id,
        round: consultation.round,
        revision: consultation.revision,
        reference: consultation.reference.clone(),
        opened_on: consultation.opened_on.to_string(),
        published_on: consultation.published.map(|day| day.to_string()),
        asked,
        groups,
    }
}

/// The comments by what they are about: first the instrument, then each section before its questions.
fn groups(
    asked: &questionnaire::Form,
    mut comments: Vec<CommentView>,
    languages: &[Lang],
) -> Vec<CommentGroup> {
    let mut places = vec![(json!({"instrument": true}), None)];
    for section in &asked.sections {
        let title = chosen(&section.title, languages);
        places.push((json!({"section": section.code}), Some(title)));
        for question in &section.questions {
            let text = chosen(&question.text, languages);
            places.push((json!({"question": question.code}), Some(text)));
        }
    }
    let mut groups = Vec::new();
    for (on, text) in places {
        let (these, rest): (Vec<_>, Vec<_>) =
            comments.into_iter().partition(|comment| comment.on == on);
        comments = rest;
        if these.is_empty() {
            continue;
        }
        let (lang, text) = text.map_or((None, None), |(lang, text)| (lang, Some(text)));
        groups.push(CommentGroup {
            on,
            text,
            lang,
            comments: these,
        });
    }
    groups
}

fn answer(
    request: &HttpRequest,
    tag: &Tag,
    lang: Option<&str>,
    form: Form,
    body: impl FnOnce() -> String,
) -> HttpResponse {
    let mut response = conditional::answer_text(request, tag, lang, body);
    let headers = response.headers_mut();
    let mut add = |name, value| headers.insert(name, HeaderValue::from_static(value));
    add(
        header::VARY,
        "Accept, Accept-Language, Authorization, Cookie",
    );
    add(header::CONTENT_TYPE, form.media_type());
    if form == Form::Html {
        // Its style stands in it; nothing else is loaded, nothing is run, and nothing is sent.
        add(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        );
    }
    response
}
