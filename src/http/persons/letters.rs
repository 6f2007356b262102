//! Letters: what the outbox holds, for the officer who looks after it.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::problem::Problem;
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use domain::Lang;
use mail::{Letter, LetterFilter, LetterKind, LetterState, Retry};

/// A letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    /// Its id.
    id: Uuid,
    /// To whom.
    to: Addressee,
    /// invitation, contributor_invitation, comment_invitation, sign_in_link, reminder, clarification, extension, correction, receipt, digest. Those that
    /// go between a party's focal point and its colleagues (hand_back, section_return) are their own, and in no list.
    kind: mail::LetterKind,
    /// The collection that it is about; null where it is about none.
    collection: Option<Uuid>,
    /// The consultation that it is about; null where it is about none.
    consultation: Option<Uuid>,
    /// The party whose reply or comments the letter is about.
    party: Option<Uuid>,
    /// queued, sent, failed
    state: mail::LetterState,
    /// Why the last attempt failed, if it did.
    why: Option<WhyView>,
    /// The address to which a POST tries it again; null where there is nothing to try: it was sent, waits, or says what is true no
    /// longer.
    retry: Option<String>,
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
    fn from_letter(letter: Letter, languages: &[Lang]) -> Self {
        let is_failed = letter.state == LetterState::Failed && !letter.is_over();
        let retry = is_failed.then(|| format!("/v1/letters/{}/retry", letter.id));
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
            consultation: letter.consultation,
            party: letter.party,
            state: letter.state,
            why,
            retry,
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
#[into_params(parameter_in = Query)]
pub struct ListLetters {
    /// Only letters in this state: queued, sent, failed.
    #[param(value_type = Option<mail::LetterState>, inline)]
    state: Option<LetterState>,
    /// Only letters of this kind: invitation, contributor_invitation, comment_invitation, sign_in_link, reminder, clarification, extension,
    /// correction, receipt, digest.
    #[param(value_type = Option<mail::LetterKind>, inline)]
    kind: Option<LetterKind>,
    /// Only letters about this collection.
    collection: Option<Uuid>,
    /// Only letters about this consultation.
    consultation: Option<Uuid>,
}

/// Letters, in the order in which they were put into the outbox. What goes between a party's focal point and its colleagues about their draft
/// is not among them.
#[utoipa::path(get, path = "/v1/letters", tag = "letters", params(ListLetters, Paging), responses((status = 200, body = Page<LetterView>)))]
pub async fn list_letters(list: ListLookup<ListLetters>) -> Result<HttpResponse, Problem> {
    let wanted = LetterFilter {
        state: list.query.state,
        kind: list.query.kind,
        collection: list.query.collection,
        consultation: list.query.consultation,
    };
    let (after, rows) = (list.slice.after_key()?, list.slice.rows());
    let letters = list.services.outbox.list(wanted, after, rows).await?;
    let head = list.services.head();
    let page = list.page(
        letters,
        head,
        |letter| letter.id,
        |letter| LetterView::from_letter(letter, list.languages()).without_text(),
    );
    Ok(conditional::write_answer(None, 0, &page))
}

/// A letter, with its text while it is unsent. A link that lets somebody in is shown only where no mail server is set up,
/// so that an officer has to pass letters on; otherwise nobody but whom the letter is for may read it.
#[utoipa::path(get, path = "/v1/letters/{letter}", tag = "letters", responses((status = 200, body = LetterView)))]
pub async fn get_letter(
    lookup: Lookup,
    letter: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let view = view(services, caller, caller::id(&letter, "letter")?).await?;
    Ok(conditional::write_answer(None, 0, &view))
}

/// Tries a letter again that has failed. The answer is without its text.
#[utoipa::path(post, path = "/v1/letters/{letter}/retry", tag = "letters", request_body(content = Nothing, description = "may be left out"),
               responses((status = 200, body = LetterView)))]
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
            Ok(conditional::write_answer(None, 0, &view.without_text()))
        }
        Retry::Impossible => Err(Problem::new("letter_not_retried")),
        Retry::Unknown => Err(Problem::not_found("letter")),
    }
}

async fn view(services: &Services, caller: &Caller, id: Uuid) -> Result<LetterView, Problem> {
    let letter = services.outbox.letter(id).await?;
    let letter = letter.ok_or_else(|| Problem::not_found("letter"))?;
    Ok(LetterView::from_letter(letter, &caller.languages))
}
