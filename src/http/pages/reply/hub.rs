//! The hub of a reply: its sections and how far each is, who works on them, and the way to submit.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::section_state::{LastSave, Saves, Standing, State};
use super::sheet::ReplySheet;
use crate::http::handling::caller;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use access::Role;
use domain::questionnaire::Section;
use domain::reply::{Outcome, Status};
use domain::{PersonId, ReplyId};

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
    clarifications: usize,
    files: usize,
    needs: bool,
    version: u32,
    may_submit: bool,
    may_invite: bool,
    may_amend: bool,
    may_withdraw: bool,
    may_discard: bool,
    is_complete: bool,
}

/// A section in the hub.
struct SectionLine {
    code: String,
    title: Passage,
    standing: Standing,
    /// Who is admitted to it.
    people: Vec<String>,
    /// When it was saved last, and by whom.
    saved: Option<String>,
}

impl SectionLine {
    fn state(&self, w: &texts::words::Words) -> &'static str {
        match self.standing.state {
            State::NotAsked => w.state_not_asked(),
            State::NotBegun => w.state_not_begun(),
            State::Begun => w.state_begun(),
            State::Complete => w.state_complete(),
            State::Faulty => w.state_faulty(),
            State::Clarification => w.state_clarification(),
        }
    }

    const fn class(&self) -> &'static str {
        match self.standing.state {
            State::NotAsked => "not-asked",
            State::NotBegun => "not-begun",
            State::Begun => "begun",
            State::Complete => "complete",
            State::Faulty => "faulty",
            State::Clarification => "clarification",
        }
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
    let w = visitor.words;
    let title = Passage::pick(&sheet.collection.title, visitor.languages(), visitor.lang());
    let introduction = sheet.form.introduction.as_ref();
    let introduction =
        introduction.map(|text| Passage::pick(text, visitor.languages(), visitor.lang()));
    let sections = section_lines(&visitor, &sheet).await?;
    let status = sheet.seen.status();
    let is_focal_point = visitor.caller.principal.role == Role::FocalPoint;
    let open = sheet.seen.clarifications.values();
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
        clarifications: open.filter(|asked| asked.outcome == Outcome::Open).count(),
        files: sheet.seen.files.len(),
        needs: visitor.may("list_reply_needs") && sheet.seen.sight.sees_the_rest(),
        version: sheet.seen.version,
        may_submit: visitor.may("submit_reply") && sheet.seen.can_change(),
        may_invite: is_focal_point,
        may_amend: is_focal_point && matches!(status, Status::Submitted | Status::Accepted),
        may_withdraw: is_focal_point && sheet.seen.counts(),
        may_discard: is_focal_point && matches!(status, Status::Amendment | Status::Clarification),
        is_complete: sheet.verdict.faults.is_empty(),
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
    let mut lines = Vec::new();
    for section in sheet.sections() {
        let saved = match saves.last_in(section) {
            Some(save) => Some(saved_words(visitor, save).await?),
            None => None,
        };
        lines.push(SectionLine {
            code: section.code.clone(),
            title: Passage::pick(&section.title, visitor.languages(), visitor.lang()),
            standing: Standing::of(sheet, section),
            people: people(visitor, sheet, section).await?,
            saved,
        });
    }
    Ok(lines)
}

/// Who is admitted to a section: the focal point is told, who invited them.
async fn people(
    visitor: &Visitor,
    sheet: &ReplySheet,
    section: &Section,
) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    if visitor.caller.principal.role == Role::FocalPoint {
        for (person, admitted) in &sheet.delegation.contributors {
            if admitted.sections.contains(&section.code) {
                names.extend(name(visitor, *person).await?);
            }
        }
    }
    Ok(names)
}

async fn saved_words(visitor: &Visitor, save: LastSave) -> Result<String, Problem> {
    let w = visitor.words;
    let when = moment::told(visitor.lang(), save.time);
    let principal = &visitor.caller.principal;
    if principal.id == save.principal {
        return Ok(w.saved_by_you(when));
    }
    let name = match principal.role {
        Role::FocalPoint => name(visitor, PersonId(save.principal)).await?,
        _ => None,
    };
    Ok(match name {
        Some(name) => w.saved_by(name, when),
        None => w.saved_by_colleague(when),
    })
}

async fn name(visitor: &Visitor, person: PersonId) -> Result<Option<String>, Problem> {
    let person = visitor.services.directory.person(person).await?;
    Ok(person.map(|person| person.name))
}
