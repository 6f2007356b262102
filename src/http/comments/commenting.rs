//! Commenting: a party makes, corrects and takes back its comments, and an officer says what becomes of them.

use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::deciding::comment::CommentingOffice;
use crate::desk::{DecisionError, RecordedDecision};
use crate::http::comments::input::{NewComment, OnInput, OnShape};
use crate::http::comments::{CommentView, one};
use crate::http::conditional;
use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::rights::consultation::{next_entered, visible, visible_comment};
use crate::http::schemas::Nothing;
use access::Role;
use domain::comment::{
    Command, Comment, CommentContent, CommentDisposed, CommentMade, CommentingCapacity,
    Disposition, EnteredOnBehalf, Refusal,
};
use domain::{CommentId, ConsultationId, Lang, PartyId, PersonId};

/// How often another may be entered under the same number first.
const ATTEMPTS: u32 = 8;

/// The most characters of a reason.
const REASON_CHARS: usize = 10_000;

/// Comments for one's own party, which was asked, while the consultation is open.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/comments", tag = "comments", request_body = NewComment, responses((status = 201, body = CommentView)))]
pub async fn make_comment(
    mut write: Write<NewComment>,
    PathId(consultation): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let party = write.caller.party()?;
    visible(&write.services, &write.caller, consultation).await?;
    let said = write.body.store(&mut write.contents)?;
    let make = Command::Make(comment_made(consultation, party, said, None));
    let id = CommentId(clock::new_id());
    let office = office(&write.caller);
    let decided = write.decide_case::<Comment>(id, &office, make);
    answer(&write, &decided.await?, true).await
}

/// A comment that was received on paper.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReceivedComment {
    /// What it is about: `{"instrument": true}`, `{"section": "A"}` or `{"question": "A1"}`.
    #[schema(value_type = OnShape)]
    on: OnInput,
    /// The language of its words: ar, zh, en, fr, ru, es
    lang: Lang,
    /// The comment.
    text: String,
    /// The wording that it proposes, in the same language.
    wording: Option<String>,
    /// The note or letter that it comes from, as one cites it.
    source: String,
    /// The day on which that was received.
    #[serde(deserialize_with = "dates::read_day")]
    received_on: Date,
}

/// Enters a comment for a party that was asked and sent it on paper: after the closure too, until the instrument is presented
/// or the comments are published.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/parties/{party}/comments", tag = "comments", request_body = ReceivedComment, responses((status = 201, body = CommentView)))]
pub async fn enter_comment(
    mut write: Write<ReceivedComment>,
    PathId(consultation): PathId<ConsultationId>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let comment = NewComment {
        on: new.on.clone(),
        lang: new.lang,
        text: new.text.clone(),
        wording: new.wording.clone(),
    };
    let entered = EnteredOnBehalf {
        source: new.source.clone(),
        received_on: new.received_on,
    };
    let party = party_id(&path.1);
    let said = comment.store(&mut write.contents)?;
    let make = Command::Make(comment_made(consultation, party, said, Some(entered)));
    let mut attempt = 0;
    let decided = loop {
        attempt += 1;
        let id = next_entered(&write.services, consultation).await?;
        let desk = &write.services.desk;
        let decided = desk
            .decide::<Comment>(&write.request(), id.0, &None, make.clone(), &write.contents)
            .await;
        match decided {
            // Another was entered under this number meanwhile: then it is the next.
            Err(DecisionError::Refused(Refusal::CommentAlreadyExists)) if attempt < ATTEMPTS => {}
            decided => break decided,
        }
    };
    answer(&write, &decided?, true).await
}

fn comment_made(
    consultation: ConsultationId,
    party: PartyId,
    said: CommentContent,
    entered_on_behalf: Option<EnteredOnBehalf>,
) -> CommentMade {
    let CommentContent {
        on,
        lang,
        text,
        wording,
    } = said;
    CommentMade {
        consultation,
        party,
        on,
        lang,
        text,
        wording,
        entered_on_behalf,
    }
}

/// By which office the caller acts for a party; a mission's does not end.
fn office(caller: &Caller) -> Option<CommentingOffice> {
    let person = PersonId(caller.principal.id);
    match caller.principal.role {
        Role::FocalPoint => Some(CommentingOffice::FocalPoint(person)),
        Role::Commenter => Some(CommentingOffice::Commenter(person)),
        _ => None,
    }
}

/// Corrects a comment: what it says from now on, as long as the consultation is open and nothing is decided on it. The
/// Secretariat corrects what it entered itself.
#[utoipa::path(put, path = "/v1/comments/{comment}", tag = "comments", request_body = NewComment, responses((status = 200, body = CommentView)))]
pub async fn correct_comment(
    mut write: Write<NewComment>,
    PathId(id): PathId<CommentId>,
) -> Result<HttpResponse, Problem> {
    let said = write.body.store(&mut write.contents)?;
    let by = commenting_capacity(&write.caller);
    let decided = decide(&write, id, Command::Correct { by, said }).await?;
    answer(&write, &decided, false).await
}

/// A comment that was taken back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Withdrawn)]
pub struct WithdrawnComment {
    /// The comment.
    comment: Uuid,
    /// The position at which it was taken back.
    position: u64,
}

/// Takes a comment back, as long as the consultation is open and nothing is decided on it.
#[utoipa::path(post, path = "/v1/comments/{comment}/withdrawal", tag = "comments", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = WithdrawnComment)))]
pub async fn withdraw_comment(
    write: Write<Nothing>,
    PathId(id): PathId<CommentId>,
) -> Result<HttpResponse, Problem> {
    let by = commenting_capacity(&write.caller);
    let decided = decide(&write, id, Command::Withdraw { by }).await?;
    let view = WithdrawnComment {
        comment: decided.stream,
        position: decided.now.position,
    };
    Ok(conditional::write_answer(None, view.position, &view))
}

/// What becomes of a comment.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DisposeComment {
    /// accepted, accepted_in_part, not_accepted, noted
    disposition: Disposition,
    /// Why.
    reason: NewWords,
    /// The revision that is to take it up, where that is known: a later one than was commented on, at most the next.
    revision: Option<u32>,
}

/// Says what becomes of a comment, and why; or says it anew, until the instrument is presented or the comments are published.
#[utoipa::path(post, path = "/v1/comments/{comment}/disposition", tag = "comments", request_body = DisposeComment, responses((status = 201, body = CommentView)))]
pub async fn dispose_comment(
    mut write: Write<DisposeComment>,
    PathId(id): PathId<CommentId>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let reason = &new.reason;
    let dispose = Command::Dispose(CommentDisposed {
        disposition: new.disposition,
        reason: reason.store(
            "/reason",
            REASON_CHARS,
            "disposition_faulty",
            &mut write.contents,
        )?,
        lang: reason.lang,
        revision: new.revision,
    });
    let decided = decide(&write, id, dispose).await?;
    answer(&write, &decided, true).await
}

fn commenting_capacity(caller: &Caller) -> CommentingCapacity {
    if caller.principal.role.is_secretariat() {
        CommentingCapacity::Secretariat
    } else {
        CommentingCapacity::Party
    }
}

/// Decides on a command to a comment that the caller may change: to a party, another party's is not there, even where it
/// is published.
async fn decide<B>(
    write: &Write<B>,
    id: CommentId,
    command: Command,
) -> Result<RecordedDecision<Comment>, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let (held, _) = visible_comment(services, caller, id).await?;
    let principal = &caller.principal;
    if !principal.role.is_secretariat() && principal.party != Some(held.party) {
        return Err(Problem::not_found("comment"));
    }
    write
        .decide_case::<Comment>(id, &office(caller), command)
        .await
}

async fn answer<B>(
    write: &Write<B>,
    decided: &RecordedDecision<Comment>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let comment = decided.now.state.as_ref().as_ref();
    let comment = comment.ok_or(Problem::not_found("comment"))?;
    let (id, position) = (CommentId(decided.stream), decided.now.position);
    let (services, caller) = (&write.services, &write.caller);
    let (view, ..) = one(services, caller, id, comment.consultation, Some(position)).await?;
    let location = is_new.then(|| format!("/v1/comments/{id}"));
    Ok(conditional::write_answer(location, position, &view))
}
