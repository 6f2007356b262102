//! Sections between the focal point and its colleagues: what was handed back and returned, as pages tell it, and the forms for both.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::sheet::ReplySheet;
use crate::http::handling::caller;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use crate::http::replies::hand_backs::{
    SectionRemark, hand_back_section, hand_back_words, return_section,
};
use crate::http::replies::history::{ReplyHistory, ToldHandBack};
use crate::http::rights::hand_back::HandBackSight;
use crate::http::schemas::AsOf;
use access::Role;
use domain::{Lang, PersonId, ReplyId, Words};

/// That a section was handed back, and returned.
pub struct HandBackLine {
    /// By whom.
    pub person: PersonId,
    /// By whom, and when.
    pub told: String,
    /// What they remark.
    pub remark: Option<Passage>,
    /// When it was returned to them, and with which remark.
    pub returned: Option<(String, Option<Passage>)>,
}

/// What was handed back, by section.
pub type HandBackLines = BTreeMap<String, Vec<HandBackLine>>;

/// What was handed back of a reply, as far as it is told.
///
/// # Errors
/// The database does not answer.
pub async fn hand_back_lines(
    visitor: &Visitor,
    sheet: &ReplySheet,
    names: &HashMap<PersonId, String>,
) -> Result<HandBackLines, Problem> {
    // Of most replies there is nothing to read.
    if sheet.seen.hand_backs.is_empty() {
        return Ok(HandBackLines::new());
    }
    let (services, caller) = (&visitor.services, &visitor.caller);
    let history = ReplyHistory::read(services, sheet.id, None).await?;
    let sight = HandBackSight::for_principal(&caller.principal, &sheet.delegation);
    let all = history.hand_backs.into_iter();
    let all: Vec<ToldHandBack> = all.filter(|told| sight.tells(&told.section)).collect();
    let words = hand_back_words(services, caller, &all).await?;
    let mut lines = HandBackLines::new();
    for told in all {
        let line = line(visitor, names, &told, &words);
        lines.entry(told.section).or_default().push(line);
    }
    Ok(lines)
}

fn line(
    visitor: &Visitor,
    names: &HashMap<PersonId, String>,
    told: &ToldHandBack,
    words: &StoredWords,
) -> HandBackLine {
    let w = visitor.words;
    let when = |at: &AsOf| {
        let time = at.time.as_deref();
        let time = time.and_then(|time| time.parse::<Timestamp>().ok());
        time.map_or_else(String::new, |time| moment::told(w.lang, time))
    };
    let said = |text: &Words| match words.body(&text.content) {
        Some(body) => Passage::new(String::from_utf8_lossy(body), text.lang, w.lang),
        None => Passage::plain(w.answer_redacted()),
    };
    let principal = &visitor.caller.principal;
    let name = match principal.role {
        Role::FocalPoint => Some(
            names
                .get(&told.person)
                .map_or(w.colleague_unknown(), |name| name),
        ),
        // What others are called is told the focal point, who invited them.
        _ => None,
    };
    let is_own = principal.id == told.person.0;
    let at = when(&told.handed_back);
    let returned = told.hand_back.returned.as_ref().map(|returned| {
        let at = told.returned.as_ref().map(when).unwrap_or_default();
        let told = match name {
            Some(name) => w.return_to(name, at),
            None if is_own => w.return_to_you(at),
            None => w.return_to_colleague(at),
        };
        (told, returned.remark.as_ref().map(said))
    });
    HandBackLine {
        person: told.person,
        told: match name {
            Some(name) => w.hand_back_by(name, at),
            None if is_own => w.hand_back_by_you(at),
            None => w.hand_back_by_colleague(at),
        },
        remark: told.hand_back.remark.as_ref().map(said),
        returned,
    }
}

/// Whether the visitor may return a section now, as far as the sheet tells.
pub fn may_return(visitor: &Visitor, sheet: &ReplySheet, section: &str) -> bool {
    let mut waiting = sheet.seen.handed_back(section);
    visitor.may("return_section")
        && sheet.seen.can_change()
        && waiting.any(|person| answers(sheet, person, section))
}

/// Whether the visitor may hand a section back now, as far as the sheet tells.
pub fn may_hand_back(visitor: &Visitor, sheet: &ReplySheet, section: &str) -> bool {
    let person = PersonId(visitor.caller.principal.id);
    let mut waiting = sheet.seen.handed_back(section);
    visitor.may("hand_back_section")
        && sheet.seen.can_change()
        && answers(sheet, person, section)
        && !waiting.any(|waits| waits == person)
}

fn answers(sheet: &ReplySheet, person: PersonId, section: &str) -> bool {
    let admitted = sheet.delegation.contributors.get(&person);
    admitted.is_some_and(|admitted| admitted.sections.contains(section))
}

#[derive(Template)]
#[template(path = "reply/hand_back.html")]
struct HandBackTemplate {
    frame: Frame,
    reply: ReplyId,
    section: String,
    title: Passage,
    is_return: bool,
    key: String,
    typed: String,
    problem: Option<String>,
    languages: [(Lang, &'static str); 6],
}

/// What is said of a section as it is handed back, with what was typed and why it was refused.
async fn show(
    visitor: &Visitor,
    id: ReplyId,
    section: &str,
    is_return: bool,
    (typed, problem): (String, Option<String>),
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let sheet = ReplySheet::read(visitor, id).await?;
    let held = sheet.section(section)?;
    let w = visitor.words;
    let title = match is_return {
        true => w.return_title(),
        false => w.hand_back_title(),
    };
    let template = HandBackTemplate {
        frame: visitor.frame(title).await?,
        reply: id,
        section: section.to_owned(),
        title: Passage::pick(&held.title, visitor.languages(), visitor.lang()),
        is_return,
        key: clock::new_id().to_string(),
        typed,
        problem,
        languages: Frame::language_names(),
    };
    page(status, visitor.lang(), &template)
}

/// Asks a contributor what there is to say of a section that it hands back.
pub async fn hand_back_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let nothing = (String::new(), None);
    show(&visitor, id, &path.1, false, nothing, StatusCode::OK).await
}

/// Hands a section back.
pub async fn hand_back(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let section = path.1.clone();
    let write = visitor.write::<SectionRemark>(&form, remark(&form))?;
    let done = hand_back_section(write, PathId(id), path).await;
    let to = format!("/replies/{id}?done=handed_back");
    passed(&visitor, id, &section, false, &form, (done, to)).await
}

/// Returns a section.
pub async fn give_back(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let section = path.1.clone();
    let write = visitor.write::<SectionRemark>(&form, remark(&form))?;
    let done = return_section(write, PathId(id), path).await;
    let to = format!("/replies/{id}/colleagues?done=returned");
    passed(&visitor, id, &section, true, &form, (done, to)).await
}

/// Goes on, or shows what was typed again with why it was refused.
async fn passed(
    visitor: &Visitor,
    id: ReplyId,
    section: &str,
    is_return: bool,
    form: &PostedForm,
    (done, to): (Result<HttpResponse, Problem>, String),
) -> Result<HttpResponse, Problem> {
    match done {
        Ok(_) => Ok(go_to(to)),
        Err(problem)
            if problem.status_code().is_client_error() && problem.code() != "not_found" =>
        {
            let (said, faults) = problem.words_for(visitor.languages());
            let told = faults.into_iter().next().unwrap_or(said);
            let typed = (form.text("text").to_owned(), Some(told));
            let status = problem.status_code();
            show(visitor, id, section, is_return, typed, status).await
        }
        Err(problem) => Err(problem),
    }
}

/// What a form says of the section; nothing, where nothing was typed.
fn remark(form: &PostedForm) -> Value {
    let text = form.text("text");
    if text.trim().is_empty() {
        return json!({});
    }
    json!({"remark": {"text": text, "lang": form.text("text_lang")}})
}
