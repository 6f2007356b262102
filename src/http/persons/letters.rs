//! Letters: what the outbox holds, for the officer who looks after it.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::Nothing;
use crate::http::schemas::written;
use crate::http::services::Services;
use domain::Lang;
use mail::{Letter, LetterState, Retry, Wanted};

/// A letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    /// Its id.
    id: Uuid,
    /// To whom.
    to: Addressee,
    /// invitation, contributor_invitation, sign_in_link, reminder, clarification, extension
    kind: mail::LetterKind,
    /// The collection that it is about; null where it is about none.
    collection: Option<Uuid>,
    /// The party whose reply to it the letter is about.
    party: Option<Uuid>,
    /// queued, sent, failed
    state: mail::LetterState,
    /// Why the last attempt failed, if it did.
    why: Option<WhyView>,
    /// How many attempts there have been.
    attempts: i32,
    /// When it is tried next, if it is queued.
    #[schema(format = DateTime)]
    next_attempt: Option<String>,
    /// When it was put into the outbox.
    #[schema(format = DateTime)]
    created: String,
    /// When it was sent.
    #[schema(format = DateTime)]
    sent: Option<String>,
    /// After this it is not sent any more.
    #[schema(format = DateTime)]
    expires: Option<String>,
    /// The language in which it was sent, or would be.
    language: domain::Lang,
    /// The language that the directory says its reader reads: another one where letters are not in it.
    reads: domain::Lang,
    /// What it says, to pass it on by other means; only where one letter is asked for, and until it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<TextView>,
}

/// Whom a letter is for, as the directory has it today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Addressee {
    /// The person.
    person: Uuid,
    /// Their name; null once they are erased.
    name: Option<String>,
    /// Their address; null once they are erased.
    email: Option<String>,
}

/// Why a letter was not sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhyView {
    /// refused, deferred, not_signed_in, unreachable, timed_out, not_secure, bad_address, expired, erased, replied, answered,
    /// superseded, office_ended, not_opened
    code: String,
    /// The codes of the mail server's answer, such as `550 5.1.1`.
    answer: Option<String>,
    /// In the reader's language.
    text: String,
}

/// A letter's words.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextView {
    /// One line.
    subject: String,
    /// Plain text.
    body: String,
    /// Whether the link is withheld (`…/[withheld]`), since a mail server is set up that takes the letter to whom it is for.
    link_withheld: bool,
}

impl LetterView {
    fn of(letter: Letter, languages: &[Lang]) -> Self {
        let answer = letter.answer;
        let why = letter.why.map(|code| WhyView {
            text: texts::text::<&str>(&format!("letter.{code}"), languages, &[]),
            code,
            answer,
        });
        Self {
            id: letter.id,
            to: Addressee {
                person: letter.person.0,
                name: letter.name,
                email: letter.email,
            },
            kind: letter.kind,
            collection: letter.collection,
            party: letter.party,
            state: letter.state,
            why,
            attempts: letter.attempts,
            next_attempt: letter.next_attempt,
            created: letter.created,
            sent: letter.sent,
            expires: letter.expires,
            language: letter.language,
            reads: letter.reads,
            text: letter.text.map(|text| TextView {
                subject: text.subject,
                body: text.body,
                link_withheld: text.is_withheld,
            }),
        }
    }

    fn without_text(self) -> Self {
        Self { text: None, ..self }
    }
}

/// Which letters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLetters {
    /// Only letters in this state: queued, sent, failed.
    #[param(value_type = Option<mail::LetterState>, inline)]
    state: Option<String>,
    /// Only letters of this kind: invitation, contributor_invitation, sign_in_link, reminder, clarification, extension.
    #[param(value_type = Option<mail::LetterKind>, inline)]
    kind: Option<String>,
    /// Only letters about this collection.
    collection: Option<Uuid>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Letters, in the order in which they were put into the outbox.
#[utoipa::path(tag = "letters", params(ListLetters), responses((status = 200, body = Page<LetterView>)))]
#[get("/v1/letters")]
pub async fn list_letters(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListLetters>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let state: Option<LetterState> = query::parse("state", asked.state.as_deref())?;
    let wanted = Wanted {
        state,
        kind: query::parse("kind", asked.kind.as_deref())?,
        collection: asked.collection,
    };
    let outbox = &services.outbox;
    let letters = outbox.list(wanted, slice.after_key()?, slice.rows());
    let letters = letters.await?;
    let page = slice
        .page(letters, services.head(), |letter| letter.id.to_string())
        .map(|letter| LetterView::of(letter, &caller.languages).without_text());
    Ok(conditional::written(None, 0, &page))
}

/// A letter, with its text while it is unsent. A link that lets somebody in is shown only where no mail server is set up,
/// so that an officer has to pass letters on; otherwise nobody but whom the letter is for may read it.
#[utoipa::path(tag = "letters", responses((status = 200, body = LetterView)))]
#[get("/v1/letters/{letter}")]
pub async fn get_letter(
    caller: Caller,
    letter: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let view = view(&services, &caller, caller::id(&letter, "letter")?).await?;
    Ok(conditional::written(None, 0, &view))
}

/// Tries a letter again that has failed. The answer is without its text.
#[utoipa::path(tag = "letters", request_body(content = Nothing, description = "may be left out"),
               responses((status = 200, body = LetterView)))]
#[post("/v1/letters/{letter}/retry")]
pub async fn retry_letter(
    caller: Caller,
    letter: web::Path<String>,
    _: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&letter, "letter")?;
    match services.outbox.retry(id).await? {
        Retry::Queued => {
            let view = view(&services, &caller, id).await?;
            Ok(conditional::written(None, 0, &view.without_text()))
        }
        Retry::Impossible => Err(Problem::new("letter_not_retried")),
        Retry::Unknown => Err(Problem::not_found("letter")),
    }
}

async fn view(services: &Services, caller: &Caller, id: Uuid) -> Result<LetterView, Problem> {
    let letter = services.outbox.letter(id).await?;
    let letter = letter.ok_or_else(|| Problem::not_found("letter"))?;
    Ok(LetterView::of(letter, &caller.languages))
}
