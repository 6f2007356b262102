//! Comments, as they are read: the Secretariat all, a party its own, and everybody all once they are published.

pub mod commenting;
pub mod document;
pub mod input;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::comments::input::OnShape;
use crate::http::conditional::Tag;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::rights::consultation::{CommentVisibility, sees, visible, visible_comment};
use crate::http::schemas::{WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::comments::{self as reading, CommentRow, DispositionRow, Filter};
use crate::reading::{Part, PositionedRows};
use crate::written;
use domain::comment::{Disposition, EnteredOnBehalf};
use domain::consultation::Consultation;
use domain::{CommentId, ConsultationId, ContentRef, Lang};
use event_log::Head;

/// A comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentView {
    /// Its id.
    pub id: Uuid,
    /// The consultation.
    pub consultation: Uuid,
    /// The party whose comment it is.
    pub party: CommentingParty,
    /// What it is about: `{"instrument": true}`, `{"section": "A"}` or `{"question": "A1"}`.
    #[schema(value_type = OnShape)]
    pub on: Value,
    /// What it says, in its own language.
    #[schema(value_type = WordsShape)]
    pub comment: Value,
    /// The wording that it proposes.
    #[schema(value_type = Option<WordsShape>)]
    pub wording: Option<Value>,
    /// Where the Secretariat has it from; null where the party made it itself.
    pub entered_on_behalf: Option<EnteredOnBehalf>,
    /// What became of it; null as long as that is not decided.
    pub disposition: Option<DispositionView>,
    /// The first revision that takes it up.
    pub taken_up_in: Option<i32>,
    /// When it was made, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// Whether it came after the deadline: on paper, whether it was received after that day.
    pub late: bool,
    /// The position at which it was made.
    pub position: i64,
}

/// The party of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentingParty {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name, in the reader's language where there is one.
    pub name: String,
    /// Its kind on the day on which it was asked.
    pub kind: domain::party::PartyKind,
}

/// What became of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct DispositionView {
    /// accepted, accepted_in_part, not_accepted, noted
    pub disposition: domain::comment::Disposition,
    /// Why.
    #[schema(value_type = WordsShape)]
    pub reason: Value,
    /// The revision that is to take it up, where that is known.
    pub revision: Option<i32>,
}

/// Comments that were read, with their words.
pub(in crate::http) struct ShownComments {
    /// The comments.
    pub comments: Vec<CommentView>,
    /// The last position that could have changed them.
    pub changed: u64,
    /// The position at which their words were last redacted or translated.
    pub words: u64,
}

/// Reads the words of comments.
pub(in crate::http) async fn show(
    services: &Services,
    caller: &Caller,
    read: PositionedRows<Vec<CommentRow>>,
) -> Result<ShownComments, Problem> {
    let contents = read.rows.iter().flat_map(contents);
    let words = StoredWords::read(services, caller, contents).await?;
    let comments = read
        .rows
        .iter()
        .map(|row| view(row, &words, &caller.languages));
    Ok(ShownComments {
        comments: comments.collect(),
        changed: read.changed,
        words: words.changed,
    })
}

fn contents(row: &CommentRow) -> impl Iterator<Item = &ContentRef> {
    let reason = row.disposition.as_ref().map(|disposed| &disposed.reason);
    [&row.text]
        .into_iter()
        .chain(row.wording.as_ref())
        .chain(reason)
}

fn view(row: &CommentRow, words: &StoredWords, languages: &[Lang]) -> CommentView {
    let subject = match &row.subject_code {
        Some(code) => Value::from(code.as_str()),
        None => Value::from(true),
    };
    let disposed = |disposed: &DispositionRow| DispositionView {
        disposition: disposed.disposition,
        reason: words.show(&disposed.reason, Some(disposed.lang)),
        revision: disposed.revision,
    };
    CommentView {
        id: row.id,
        consultation: row.consultation,
        party: CommentingParty {
            id: row.party,
            code: row.code.clone(),
            name: chosen(&row.names, languages).1,
            kind: row.kind,
        },
        on: [(row.subject.clone(), subject)].into_iter().collect(),
        comment: words.show(&row.text, Some(row.lang)),
        wording: row
            .wording
            .as_ref()
            .map(|wording| words.show(wording, Some(row.lang))),
        entered_on_behalf: row.entered_on_behalf.clone(),
        disposition: row.disposition.as_ref().map(disposed),
        taken_up_in: row.taken_up_in,
        made_at: row.made_at.clone(),
        late: row.late,
        position: row.since,
    }
}

/// Which comments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListComments {
    /// Only those of this party, by code or id.
    #[param(value_type = Option<written::PartyNamed>, inline)]
    party: Option<String>,
    /// Only those on the question with this code.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    question: Option<String>,
    /// Only those with this disposition: accepted, accepted_in_part, not_accepted, noted
    #[param(value_type = Option<domain::comment::Disposition>, inline)]
    disposition: Option<Disposition>,
    /// `true`: only those that have a disposition; `false`: only those that have none.
    #[param(value_type = Option<bool>)]
    disposed: Option<bool>,
}

/// The comments in a consultation, in the order in which they were made. Those that were taken back are not among them; before
/// their publication, others see none.
#[utoipa::path(get, path = "/v1/consultations/{consultation}/comments", tag = "comments", params(ListComments, Paging, At), responses((status = 200, body = Page<CommentView>)))]
pub async fn list_comments(
    list: ListLookup<ListComments>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller, asked) = (&list.services, &list.caller, &list.query);
    let held = visible(services, caller, id).await?;
    let sees = sees_at(services, caller, id, &held, list.as_of.as_ref()).await?;
    let filter = Filter {
        consultations: &[id.0],
        party: match sees {
            CommentVisibility::All => None,
            CommentVisibility::Own(party) => Some(party.0),
        },
        of: asked.party.as_deref().map(|party| party_id(party).0),
        question: asked.question.as_deref(),
        disposition: asked.disposition,
        disposed: asked.disposed,
        comment: None,
    };
    let read = reading::list(list.pool(), &list.part()?, &filter).await?;
    let read_at = read.position;
    let shown = show(services, caller, read).await?;
    let position = |comment: &CommentView| comment.position;
    let page = list.page(shown.comments, read_at, position, |comment| comment);
    // What is published now changes what is seen of then.
    let changed = shown.changed.max(held.position);
    let reader = list.reader().words(shown.words);
    Ok(list.answer(&Tag::Figure(changed, reader), &page))
}

/// Whose comments the caller sees as of then: what was published later was not published then.
///
/// # Errors
/// `not_found`, `before_it_existed`.
async fn sees_at(
    services: &Services,
    caller: &Caller,
    id: ConsultationId,
    held: &PresentResource<Consultation>,
    as_of: Option<&Head>,
) -> Result<CommentVisibility, Problem> {
    let now = sees(services, caller, id, held).await?;
    let Some(head) = as_of else {
        return now.ok_or(Problem::not_found("consultation"));
    };
    let then = services
        .desk
        .load_as_of::<Consultation>(id.0, head.position)
        .await?;
    let before = || Problem::new("before_it_existed");
    let then = PresentResource::from_loaded(&then).ok_or_else(before)?;
    let missing = match now {
        Some(_) => before(),
        None => Problem::not_found("consultation"),
    };
    sees(services, caller, id, &then).await?.ok_or(missing)
}

/// A comment.
#[utoipa::path(get, path = "/v1/comments/{comment}", tag = "comments", responses((status = 200, body = CommentView)))]
pub async fn get_comment(
    lookup: Lookup,
    PathId(id): PathId<CommentId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let (held, _) = visible_comment(services, caller, id).await?;
    let shown = one(services, caller, id, held.consultation, None).await?;
    let (view, words, changed) = shown;
    // Whether it is late, and which revision takes it up, other objects say.
    let reader = lookup.reader().words(words).beside(changed);
    Ok(lookup.answer(&Tag::Resource(held.position, reader), &view))
}

/// A comment as of a position or now; the position at which its words were last redacted or translated, and the one at which
/// anything of it last changed.
///
/// # Errors
/// `not_found` where it is taken back.
pub(in crate::http) async fn one(
    services: &Services,
    caller: &Caller,
    id: CommentId,
    consultation: ConsultationId,
    position: Option<u64>,
) -> Result<(CommentView, u64, u64), Problem> {
    let filter = Filter {
        consultations: &[consultation.0],
        comment: Some(id.0),
        ..Filter::default()
    };
    let read = reading::list(services.log().pool(), &Part::first(position, 1), &filter).await?;
    let mut shown = show(services, caller, read).await?;
    let comment = shown.comments.pop();
    let comment = comment.ok_or(Problem::not_found("comment"))?;
    Ok((comment, shown.words, shown.changed))
}
