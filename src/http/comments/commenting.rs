//! Commenting: a party makes, corrects and takes back its comments, and an officer says what becomes of them.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::comments::input::{NewComment, OnInput, OnShape};
use crate::http::comments::{CommentView, one};
use crate::http::consultations::access::{
    Matter, comment_context, next_entered, visible, visible_comment,
};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::dates;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use access::Role;
use domain::comment::{
    Command, Comment, CommentDisposed, CommentMade, Disposition, EnteredOnBehalf, Hand, Said,
};
use domain::{CommentId, ConsultationId, Lang, PartyId, PersonId};
use event_log::NewContent;

/// How often another may be entered under the same number first.
const ATTEMPTS: u32 = 8;

/// The most characters of a reason.
const REASON_CHARS: usize = 10_000;

/// Comments for one's own party, which was asked, while the consultation is open.
#[utoipa::path(tag = "comments", request_body = NewComment, responses((status = 201, body = CommentView)))]
#[post("/v1/consultations/{consultation}/comments")]
pub async fn make_comment(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<NewComment>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ConsultationId = caller::id(&consultation, "consultation")?;
    let party = caller.party()?;
    visible(&services, &caller, id).await?;
    let mut contents = Vec::new();
    let said = body.value.store(&mut contents)?;
    let make = || Command::Make(made(id, party, &said, None));
    let matter = Matter {
        comment: CommentId(clock::new_id()),
        consultation: id,
        acts: acts(&caller, party),
        with_instrument: false,
    };
    let decided = decide_on(&services, &caller, &body.bytes, &contents, matter, make);
    answer(&services, &caller, &decided.await?, true).await
}

/// A comment that was received on paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceivedComment {
    /// What it is about: `{"instrument": true}`, `{"section": "A"}` or `{"question": "A1"}`.
    #[schema(value_type = OnShape)]
    on: OnInput,
    /// The language of its words: ar, zh, en, fr, ru, es
    #[schema(value_type = String)]
    lang: Lang,
    /// The comment.
    text: String,
    /// The wording that it proposes, in the same language.
    wording: Option<String>,
    /// The note or letter that it comes from, as one cites it.
    source: String,
    /// The day on which that was received.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    received_on: Date,
}

/// Enters a comment for a party that was asked and sent it on paper: after the closure too, until the instrument is presented
/// or the comments are published.
#[utoipa::path(tag = "comments", request_body = ReceivedComment, responses((status = 201, body = CommentView)))]
#[post("/v1/consultations/{consultation}/parties/{party}/comments")]
pub async fn enter_comment(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: Body<ReceivedComment>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let (consultation, party) = path.into_inner();
    let id: ConsultationId = caller::id(&consultation, "consultation")?;
    let new = &body.value;
    let comment = NewComment {
        on: new.on.clone(),
        lang: new.lang,
        text: new.text.clone(),
        wording: new.wording.clone(),
    };
    let entered = Some(EnteredOnBehalf {
        source: new.source.clone(),
        received_on: new.received_on,
    });
    let party = party_id(&party);
    let mut contents = Vec::new();
    let said = comment.store(&mut contents)?;
    let make = || Command::Make(made(id, party, &said, entered.clone()));
    let mut attempt = 0;
    let decided = loop {
        attempt += 1;
        let matter = Matter {
            comment: next_entered(&services, id).await?,
            consultation: id,
            acts: None,
            with_instrument: true,
        };
        let decided = decide_on(&services, &caller, &body.bytes, &contents, matter, make).await;
        match decided {
            // Another was entered under this number meanwhile: then it is the next.
            Err(DeskError::Refused { code, .. })
                if code == "comment_already_exists" && attempt < ATTEMPTS => {}
            decided => break decided,
        }
    };
    answer(&services, &caller, &decided?, true).await
}

fn made(
    consultation: ConsultationId,
    party: PartyId,
    said: &Said,
    entered_on_behalf: Option<EnteredOnBehalf>,
) -> CommentMade {
    let Said {
        on,
        lang,
        text,
        wording,
    } = said.clone();
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

/// The focal point who acts for a party; a mission's office does not end.
fn acts(caller: &Caller, party: PartyId) -> Option<(PartyId, PersonId)> {
    let principal = &caller.principal;
    (principal.role == Role::FocalPoint).then_some((party, PersonId(principal.id)))
}

/// Corrects a comment: what it says from now on, as long as the consultation is open and nothing is decided on it. The
/// Secretariat corrects what it entered itself.
#[utoipa::path(tag = "comments", request_body = NewComment, responses((status = 200, body = CommentView)))]
#[put("/v1/comments/{comment}")]
pub async fn correct_comment(
    caller: Caller,
    comment: web::Path<String>,
    body: Body<NewComment>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let said = body.value.store(&mut contents)?;
    let correct = || Command::Correct {
        by: hand(&caller),
        said: said.clone(),
    };
    let decided = decide(
        &services,
        &caller,
        &comment,
        &body.bytes,
        &contents,
        correct,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// A comment that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Withdrawn {
    /// The comment.
    comment: Uuid,
    /// The position at which it was taken back.
    position: u64,
}

/// Takes a comment back, as long as the consultation is open and nothing is decided on it.
#[utoipa::path(tag = "comments", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = Withdrawn)))]
#[post("/v1/comments/{comment}/withdrawal")]
pub async fn withdraw_comment(
    caller: Caller,
    comment: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let withdraw = || Command::Withdraw { by: hand(&caller) };
    let decided = decide(&services, &caller, &comment, &body.bytes, &[], withdraw).await?;
    let view = Withdrawn {
        comment: decided.stream,
        position: decided.now.position,
    };
    Ok(conditional::written(None, view.position, &view))
}

/// What becomes of a comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisposeComment {
    /// accepted, accepted_in_part, not_accepted, noted
    #[schema(value_type = String)]
    disposition: Disposition,
    /// Why.
    reason: NewWords,
    /// The revision that is to take it up, where that is known: a later one than was commented on, at most the next.
    revision: Option<u32>,
}

/// Says what becomes of a comment, and why; or says it anew, until the instrument is presented or the comments are published.
#[utoipa::path(tag = "comments", request_body = DisposeComment, responses((status = 201, body = CommentView)))]
#[post("/v1/comments/{comment}/disposition")]
pub async fn dispose_comment(
    caller: Caller,
    comment: web::Path<String>,
    body: Body<DisposeComment>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let new = &body.value;
    let mut contents = Vec::new();
    let faulty = "disposition_faulty";
    let reason = new
        .reason
        .store("/reason", REASON_CHARS, faulty, &mut contents)?;
    let dispose = || {
        Command::Dispose(CommentDisposed {
            disposition: new.disposition,
            reason: reason.clone(),
            lang: new.reason.lang,
            revision: new.revision,
        })
    };
    let decided = decide(
        &services,
        &caller,
        &comment,
        &body.bytes,
        &contents,
        dispose,
    )
    .await?;
    answer(&services, &caller, &decided, true).await
}

fn hand(caller: &Caller) -> Hand {
    if caller.principal.role.is_secretariat() {
        Hand::Secretariat
    } else {
        Hand::Party
    }
}

/// Decides on a command to a comment that the caller may change: to a party, another party's is not there, even where it
/// is published.
async fn decide(
    services: &Services,
    caller: &Caller,
    comment: &str,
    bytes: &[u8],
    contents: &[NewContent],
    command: impl Fn() -> Command,
) -> Result<Decided<Comment>, Problem> {
    let id: CommentId = caller::id(comment, "comment")?;
    let (held, _) = visible_comment(services, caller, id).await?;
    caller.must_see(held.party, "comment")?;
    let matter = Matter {
        comment: id,
        consultation: held.consultation,
        acts: acts(caller, held.party),
        // The Secretariat says what becomes of it, and corrects what it entered.
        with_instrument: hand(caller) == Hand::Secretariat,
    };
    Ok(decide_on(services, caller, bytes, contents, matter, command).await?)
}

async fn decide_on(
    services: &Services,
    caller: &Caller,
    bytes: &[u8],
    contents: &[NewContent],
    matter: Matter,
    command: impl Fn() -> Command,
) -> Result<Decided<Comment>, DeskError> {
    let request = caller.request(bytes);
    let context = async |reads: &mut Reads<'_>| comment_context(reads, matter).await;
    let desk = &services.desk;
    desk.decide_with::<Comment>(&request, matter.comment.0, contents, context, command)
        .await
}

async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Comment>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let comment = decided.now.state.as_ref().as_ref();
    let comment = comment.ok_or(Problem::not_found("comment"))?;
    let (id, position) = (CommentId(decided.stream), decided.now.position);
    let (view, ..) = one(services, caller, id, comment.consultation, Some(position)).await?;
    let location = is_new.then(|| format!("/v1/comments/{id}"));
    Ok(conditional::written(location, position, &view))
}
