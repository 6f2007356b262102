//! What the Secretariat asks about a reply, and the answers to it, in words or by amending.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::json;

use super::wording;
use crate::desk::AskedAt;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::NewWords;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::clarifications::{answer_clarification, clarification_words};
use crate::http::replies::history::{NumberedClarification, ReplyHistory};
use domain::reply::Outcome;
use domain::{Lang, ReplyId, Words};

#[derive(Template)]
#[template(path = "reply/clarifications.html")]
struct ClarificationsTemplate {
    frame: Frame,
    reply: ReplyId,
    key: String,
    clarifications: Vec<ClarificationLine>,
    may_answer: bool,
    languages: [(Lang, &'static str); 6],
    /// Which one was answered and refused, what was typed, and why it was refused.
    refused: Option<(u32, String, String)>,
}

/// A clarification as it is shown.
struct ClarificationLine {
    number: u32,
    /// What it is about, and where that is answered.
    about: Option<(Passage, String)>,
    text: Passage,
    asked: String,
    is_open: bool,
    /// What became of it.
    outcome: String,
    answer: Option<Passage>,
}

impl ClarificationLine {
    fn typed(&self, refused: &Option<(u32, String, String)>) -> String {
        let of = refused
            .as_ref()
            .filter(|(number, ..)| *number == self.number);
        of.map_or_else(String::new, |(_, typed, _)| typed.clone())
    }

    fn problem(&self, refused: &Option<(u32, String, String)>) -> Option<String> {
        let of = refused
            .as_ref()
            .filter(|(number, ..)| *number == self.number);
        of.map(|(_, _, problem)| problem.clone())
    }
}

/// What the Secretariat asks about a reply.
pub async fn clarifications_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    show(&visitor, id, None, StatusCode::OK).await
}

async fn show(
    visitor: &Visitor,
    id: ReplyId,
    refused: Option<(u32, String, String)>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let services = &visitor.services;
    let history = ReplyHistory::visible(services, &visitor.caller, id, None).await?;
    let form = services
        .desk
        .form_of_reply(&history.now, AskedAt::Now)
        .await?;
    let words = clarification_words(services, &visitor.caller, &history.clarifications).await?;
    let mut lines: Vec<ClarificationLine> = history
        .clarifications
        .iter()
        .map(|asked| {
            let about = asked.clarification.question.as_deref().map(|question| {
                let label =
                    wording::of_question(&form, question, visitor.languages(), visitor.lang());
                let section = form
                    .section_of(question)
                    .map_or("", |section| &section.code);
                (
                    label,
                    format!("/replies/{id}/sections/{section}#f-{question}"),
                )
            });
            line(visitor, asked, about, &words)
        })
        .collect();
    lines.reverse();
    let template = ClarificationsTemplate {
        frame: visitor.frame(visitor.words.clarifications_title()).await?,
        reply: id,
        key: clock::new_id().to_string(),
        clarifications: lines,
        may_answer: visitor.may("answer_clarification"),
        languages: Frame::language_names(),
        refused,
    };
    page(status, visitor.lang(), &template)
}

fn line(
    visitor: &Visitor,
    asked: &NumberedClarification,
    about: Option<(Passage, String)>,
    words: &StoredWords,
) -> ClarificationLine {
    let w = visitor.words;
    let said = |text: &Words| match words.body(&text.content) {
        Some(body) => Passage::new(String::from_utf8_lossy(body), text.lang, w.lang),
        None => Passage::plain(w.answer_redacted()),
    };
    let time = asked
        .asked
        .time
        .as_deref()
        .and_then(|time| time.parse().ok());
    let (outcome, answer) = match &asked.clarification.outcome {
        Outcome::Open => (w.clarification_open().to_owned(), None),
        Outcome::Answered(text) => (w.clarification_answered().to_owned(), Some(said(text))),
        Outcome::Resubmitted(version) => (w.clarification_resubmitted(version), None),
        Outcome::Withdrawn => (w.clarification_withdrawn().to_owned(), None),
        Outcome::Lapsed => (w.clarification_lapsed().to_owned(), None),
    };
    ClarificationLine {
        number: asked.number,
        about,
        text: said(&asked.clarification.text),
        asked: time.map_or_else(String::new, |time| moment::told(w.lang, time)),
        is_open: asked.clarification.outcome == Outcome::Open,
        outcome,
        answer,
    }
}

/// Answers a clarification in words.
pub async fn answer_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let body = json!({"text": form.text("text"), "lang": form.text("text_lang")});
    let write = visitor.write::<NewWords>(&form, body)?;
    let number = path.1.parse().unwrap_or_default();
    match answer_clarification(write, PathId(id), path).await {
        Ok(_) => Ok(go_to(format!("/replies/{id}/clarifications"))),
        Err(problem) if problem.status_code().is_client_error() => {
            let (said, faults) = problem.words_for(visitor.languages());
            let told = faults.into_iter().next().unwrap_or(said);
            let refused = (number, form.text("text").to_owned(), told);
            show(&visitor, id, Some(refused), problem.status_code()).await
        }
        Err(problem) => Err(problem),
    }
}
