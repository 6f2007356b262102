//! The hub of a reply: its sections and how far each is, who works on them, and the way to submit.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::handing_back::{HandBackLine, hand_back_lines, may_return};
use super::section_state::{LastSave, Saves, Standing};
use super::sheet::ReplySheet;
use crate::http::handling::caller;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use access::Role;
use access::colleagues::names;
use domain::questionnaire::Section;
use domain::reply::{Outcome, Status};
use domain::{Lang, PersonId, ReplyId};

#[derive(Template)]
#[template(path = "reply/hub.html")]
struct HubTemplate {
    frame: Frame,
    reply: ReplyId,
    title: Passage,
    due: moment::Due,
    status: &'static str,
    is_open: bool,
    introduction: Option<Passage>,
    sections: Vec<SectionLine>,
    /// How many questions are answered in all, and how many are asked.
    answered: usize,
    asked: usize,
    clarifications: usize,
    has_clarifications: bool,
    files: usize,
    version: u32,
    may_submit: bool,
    may_invite: bool,
    may_amend: bool,
    may_withdraw: bool,
    may_discard: bool,
    is_complete: bool,
    notice: Option<&'static str>,
    languages: [(Lang, &'static str); 6],
    key: String,
}

/// A section in the hub.
struct SectionLine {
    code: String,
    title: Passage,
    standing: Standing,
    /// Who is admitted to it.
    people: String,
    /// When it was saved last, and by whom.
    saved: Option<String>,
    /// By whom it was handed back, and returned to whom.
    handed_back: Vec<HandBackLine>,
    /// Whether it can be returned.
    may_return: bool,
}

impl SectionLine {
    /// The id of the field for what is said as it is returned.
    fn return_id(&self) -> String {
        format!("return-{}", self.code)
    }
}

/// The hub of a reply. Whoever sees only what was submitted is led to that.
pub async fn hub_page(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = match ReplySheet::read(&visitor, id).await {
        Err(problem) if problem.code() == "reply_not_entered" => {
            return Ok(go_to(format!("/replies/{id}/versions")));
        }
        sheet => sheet?,
    };
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let w = visitor.words;
    let title = Passage::pick(&sheet.collection.title, visitor.languages(), visitor.lang());
    let introduction = sheet.form.introduction.as_ref();
    let introduction =
        introduction.map(|text| Passage::pick(text, visitor.languages(), visitor.lang()));
    let sections = section_lines(&visitor, &sheet).await?;
    let status = sheet.seen.status();
    let is_focal_point = visitor.caller.principal.role == Role::FocalPoint;
    // A contributor is told of what is asked about its sections.
    let sight = &sheet.seen.sight;
    let mut asked = sight.clarifications(&sheet.seen, &sheet.form).peekable();
    let template = HubTemplate {
        frame: visitor.frame(title.text.clone()).await?,
        reply: id,
        title,
        due: moment::due(
            visitor.lang(),
            sheet.collection.deadline_of(sheet.seen.party),
        ),
        status: match status {
            Status::Draft => w.status_draft(),
            Status::Submitted => w.status_submitted(),
            Status::Clarification => w.status_clarification(),
            Status::Accepted => w.status_accepted(),
            Status::Amendment => w.status_amendment(),
            Status::Withdrawn => w.status_withdrawn(),
        },
        is_open: sheet.seen.can_change(),
        introduction,
        has_clarifications: asked.peek().is_some(),
        clarifications: asked.filter(|one| one.outcome == Outcome::Open).count(),
        files: sheet.seen.files.len(),
        version: sheet.seen.version,
        may_submit: visitor.may("submit_reply") && sheet.seen.can_change(),
        may_invite: is_focal_point,
        may_amend: is_focal_point && matches!(status, Status::Submitted | Status::Accepted),
        may_withdraw: is_focal_point && sheet.seen.counts(),
        may_discard: is_focal_point && sheet.seen.is_amended,
        is_complete: sheet.verdict.faults.is_empty(),
        notice: (query.text("done") == "handed_back").then(|| w.hand_back_done()),
        languages: Frame::language_names(),
        answered: sections.iter().map(|line| line.standing.answered).sum(),
        asked: sections.iter().map(|line| line.standing.asked).sum(),
        key: clock::new_id().to_string(),
        sections,
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

async fn section_lines(visitor: &Visitor, sheet: &ReplySheet) -> Result<Vec<SectionLine>, Problem> {
    let saves = visitor
        .services
        .desk
        .folded::<Saves>(sheet.id.0, None)
        .await?;
    let names = names(visitor.pool(), (sheet.seen.collection, sheet.seen.party)).await?;
    let mut handed_back = hand_back_lines(visitor, sheet, &names).await?;
    let mut lines = Vec::new();
    for section in sheet.sections() {
        let saved = saves.last_in(section);
        lines.push(SectionLine {
            code: section.code.clone(),
            title: Passage::pick(&section.title, visitor.languages(), visitor.lang()),
            standing: Standing::of(sheet, section),
            people: locale::list_and(visitor.lang(), &people(visitor, sheet, &names, section)),
            saved: saved.map(|save| saved_words(visitor, &names, save)),
            handed_back: handed_back.remove(&section.code).unwrap_or_default(),
            may_return: may_return(visitor, sheet, &section.code),
        });
    }
    Ok(lines)
}

/// Who is admitted to a section: the focal point is told, who invited them.
fn people(
    visitor: &Visitor,
    sheet: &ReplySheet,
    names: &HashMap<PersonId, String>,
    section: &Section,
) -> Vec<String> {
    if visitor.caller.principal.role != Role::FocalPoint {
        return Vec::new();
    }
    let admitted = sheet.delegation.contributors.iter();
    let admitted = admitted.filter(|(_, admitted)| admitted.sections.contains(&section.code));
    admitted
        .filter_map(|(person, _)| names.get(person).cloned())
        .collect()
}

/// When a section was saved last, and by whom, as far as that is told.
fn saved_words(visitor: &Visitor, names: &HashMap<PersonId, String>, save: LastSave) -> String {
    let w = visitor.words;
    let when = moment::told(visitor.lang(), save.time);
    let principal = &visitor.caller.principal;
    if principal.id == save.principal {
        return w.saved_by_you(when);
    }
    let is_told = principal.role == Role::FocalPoint;
    match names.get(&PersonId(save.principal)).filter(|_| is_told) {
        Some(name) => w.saved_by(name, when),
        None => w.saved_by_colleague(when),
    }
}
