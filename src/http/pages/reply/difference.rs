//! What differs between two states of a reply, as people read it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::telling::Teller;
use super::wording;
use crate::desk::AskedAt;
use crate::http::handling::caller;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::history::ReplyHistory;
use domain::ReplyId;
use domain::questionnaire::Form;
use domain::reply::{Reply, versions};

/// A question whose answer is another.
pub struct ChangeLine {
    /// What is asked.
    pub label: Passage,
    /// What was answered.
    pub from: Passage,
    /// What is answered.
    pub to: Passage,
}

#[derive(Template)]
#[template(path = "reply/differences.html")]
struct DifferencesTemplate {
    frame: Frame,
    reply: ReplyId,
    changes: Vec<ChangeLine>,
}

/// What differs between two states of a reply.
///
/// # Errors
/// The database does not answer.
pub async fn changes(
    visitor: &Visitor,
    form: &Form,
    from: &Reply,
    to: &Reply,
) -> Result<Vec<ChangeLine>, Problem> {
    let found = versions::differences(form, from, to);
    let addresses: Vec<&str> = found.iter().map(|found| found.question).collect();
    let (services, caller) = (&visitor.services, &visitor.caller);
    let (before, _) = shown_answers(services, caller, from, &addresses).await?;
    let (after, _) = shown_answers(services, caller, to, &addresses).await?;
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let lines = addresses.iter().filter_map(|address| {
        let field = form.field(address)?.field;
        field.value_type()?;
        let blank = || Passage::plain(visitor.words.answer_blank());
        let told = |answer: Option<&serde_json::Value>| {
            answer.map_or_else(blank, |answer| teller.answer(field, answer))
        };
        Some(ChangeLine {
            label: wording::of_answer(
                form,
                &to.answers,
                address,
                visitor.languages(),
                visitor.words,
            ),
            from: told(before.get(*address)),
            to: told(after.get(*address)),
        })
    });
    Ok(lines.collect())
}

/// What differs between a version and the one before it.
pub async fn differences_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let services = &visitor.services;
    let history = ReplyHistory::visible(services, &visitor.caller, id, None).await?;
    let to = history.version(&path.1)?;
    let from = history.version(&(to.version - 1).to_string())?;
    // The later revision has all that the earlier one asked.
    let later = match from.reply.settled_revision() > to.reply.settled_revision() {
        true => &from.reply,
        false => &to.reply,
    };
    let form = services.desk.form_of_reply(later, AskedAt::Now).await?;
    let title = visitor.words.differences_title(from.version, to.version);
    let template = DifferencesTemplate {
        frame: visitor.frame(title).await?,
        reply: id,
        changes: changes(&visitor, &form, &from.reply, &to.reply).await?,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}
