//! What becomes of a submitted reply: it is amended, the amendment is discarded, or the reply withdrawn. Each says first what follows.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::json;

use super::difference::{ChangeLine, changes};
use super::sheet::ReplySheet;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::amendments::{
    BeginAmendment, WithdrawReply, begin_amendment, discard_amendment, withdraw_reply,
};
use domain::reply::Reply;
use domain::{Lang, ReplyId};

#[derive(Template)]
#[template(path = "reply/discard.html")]
struct DiscardTemplate {
    frame: Frame,
    reply: ReplyId,
    changes: Vec<ChangeLine>,
}

#[derive(Template)]
#[template(path = "reply/withdraw.html")]
struct WithdrawTemplate {
    frame: Frame,
    reply: ReplyId,
    key: String,
    typed: String,
    problem: Option<String>,
    languages: [(Lang, &'static str); 6],
}

/// Opens a submitted reply for changes.
pub async fn amend(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let write = visitor.write::<BeginAmendment>(&form, json!({}))?;
    begin_amendment(write, PathId(id)).await?;
    Ok(go_to(format!("/replies/{id}")))
}

/// Says what would be lost by discarding the changes.
pub async fn discard_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let now = Reply::clone(&sheet.seen);
    let changes = changes(&visitor, &sheet.form, &now.as_submitted(), &now).await?;
    let template = DiscardTemplate {
        frame: visitor.frame(visitor.words.discard_title()).await?,
        reply: id,
        changes,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// Discards the changes.
pub async fn discard(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let services = visitor.services.clone();
    discard_amendment(visitor.caller.clone(), PathId(id), services).await?;
    Ok(go_to(format!("/replies/{id}")))
}

/// Asks why a reply is withdrawn, and says what follows.
pub async fn withdraw_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    ReplySheet::read(&visitor, id).await?;
    asked_why(&visitor, id, String::new(), None, StatusCode::OK).await
}

async fn asked_why(
    visitor: &Visitor,
    reply: ReplyId,
    typed: String,
    problem: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let template = WithdrawTemplate {
        frame: visitor.frame(visitor.words.withdraw_title()).await?,
        reply,
        key: clock::new_id().to_string(),
        typed,
        problem,
        languages: Frame::language_names(),
    };
    page(status, visitor.lang(), &template)
}

/// Withdraws a reply.
pub async fn withdraw(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let reason = json!({"text": form.text("text"), "lang": form.text("text_lang")});
    let write = visitor.write::<WithdrawReply>(&form, json!({"reason": reason}))?;
    match withdraw_reply(write, PathId(id)).await {
        Ok(_) => Ok(go_to(format!("/replies/{id}"))),
        Err(problem) if problem.status_code().is_client_error() => {
            let (said, faults) = problem.words_for(visitor.languages());
            let told = faults.into_iter().next().unwrap_or(said);
            let typed = form.text("text").to_owned();
            asked_why(&visitor, id, typed, Some(told), problem.status_code()).await
        }
        Err(problem) => Err(problem),
    }
}
