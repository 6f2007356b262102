//! Colleagues: who answers which sections, how far each is, and the form that invites another.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError, web};
use askama::Template;
use serde_json::json;
use uuid::Uuid;

use super::handing_back::{HandBackLine, HandBackLines, hand_back_lines, may_return};
use super::section_state::Standing;
use super::sheet::ReplySheet;
use crate::http::delegations::invitees::{InviteContributor, invite_contributor};
use crate::http::delegations::{
    AdmitContributor, admit_contributor, dismiss_contributor, shown_person_id,
};
use crate::http::handling::caller;
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::{Visitor, go_to};
use crate::http::problem::Problem;
use access::Role;
use access::colleagues::names;
use domain::delegation::{ContributorAdmission, DelegationKey};
use domain::{Lang, PersonId, ReplyId};

#[derive(Template)]
#[template(path = "reply/colleagues.html")]
struct ColleaguesTemplate {
    frame: Frame,
    reply: ReplyId,
    key: String,
    colleagues: Vec<ColleagueLine>,
    sections: Vec<(String, Passage)>,
    languages: [(Lang, &'static str); 6],
    typed: Typed,
    problem: Vec<String>,
    notice: Option<&'static str>,
}

/// A colleague, and the sections that they answer.
struct ColleagueLine {
    /// By the id by which the focal point is told of them.
    person: Uuid,
    name: String,
    sections: Vec<ColleagueSection>,
}

/// A section, as it stands with a colleague.
struct ColleagueSection {
    code: String,
    title: Passage,
    standing: Standing,
    /// Whether it is theirs.
    is_own: bool,
    /// That they handed it back, and that it was returned to them.
    handed_back: Option<HandBackLine>,
    /// Whether it can be returned.
    may_return: bool,
}

impl ColleagueLine {
    fn own(&self) -> impl Iterator<Item = &ColleagueSection> {
        self.sections.iter().filter(|section| section.is_own)
    }

    /// The id of the field for what is said as a section is returned.
    fn return_id(&self, section: &ColleagueSection) -> String {
        format!("return-{}-{}", section.code, self.person)
    }
}

/// What was typed in the form.
#[derive(Default)]
struct Typed {
    name: String,
    email: String,
    language: String,
    sections: Vec<String>,
}

/// The colleagues who contribute to a reply.
pub async fn colleagues_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let w = visitor.words;
    let notice = match query.text("done") {
        "invited" => Some(w.colleagues_invited()),
        "changed" => Some(w.colleagues_changed()),
        "dismissed" => Some(w.colleagues_dismissed()),
        "returned" => Some(w.return_done()),
        _ => None,
    };
    let typed = Typed {
        language: visitor.lang().as_str().to_owned(),
        ..Typed::default()
    };
    show(&visitor, id, typed, Vec::new(), notice, StatusCode::OK).await
}

async fn show(
    visitor: &Visitor,
    id: ReplyId,
    typed: Typed,
    problem: Vec<String>,
    notice: Option<&'static str>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    if visitor.caller.principal.role != Role::FocalPoint {
        return Err(Problem::not_found("delegation"));
    }
    let sheet = ReplySheet::read(visitor, id).await?;
    let names = names(visitor.pool(), (sheet.seen.collection, sheet.seen.party)).await?;
    let mut handed_back = hand_back_lines(visitor, &sheet, &names).await?;
    let mut colleagues = Vec::new();
    for (person, admitted) in &sheet.delegation.contributors {
        let of = (*person, admitted);
        colleagues.push(colleague(visitor, &sheet, &names, of, &mut handed_back));
    }
    let sections = sheet.sections();
    let sections = sections.map(|section| {
        let title = Passage::pick(&section.title, visitor.languages(), visitor.lang());
        (section.code.clone(), title)
    });
    let template = ColleaguesTemplate {
        frame: visitor.frame(visitor.words.colleagues_title()).await?,
        reply: id,
        key: clock::new_id().to_string(),
        colleagues,
        sections: sections.collect(),
        languages: Frame::language_names(),
        typed,
        problem,
        notice,
    };
    page(status, visitor.lang(), &template)
}

fn colleague(
    visitor: &Visitor,
    sheet: &ReplySheet,
    names: &HashMap<PersonId, String>,
    (person, admitted): (PersonId, &ContributorAdmission),
    handed_back: &mut HandBackLines,
) -> ColleagueLine {
    let unknown = || visitor.words.colleague_unknown().to_owned();
    let sections = sheet.sections().map(|section| {
        let title = Passage::pick(&section.title, visitor.languages(), visitor.lang());
        let standing = Standing::of(sheet, section);
        let is_own = admitted.sections.contains(&section.code);
        let handed_back = handed_back.get_mut(&section.code).and_then(|lines| {
            let place = lines.iter().position(|line| line.person == person)?;
            Some(lines.remove(place))
        });
        let waits = handed_back
            .as_ref()
            .is_some_and(|line| line.returned.is_none());
        ColleagueSection {
            code: section.code.clone(),
            title,
            standing,
            is_own,
            handed_back,
            may_return: waits && may_return(visitor, sheet, &section.code),
        }
    });
    let of = DelegationKey {
        collection: sheet.seen.collection,
        party: sheet.seen.party,
    };
    ColleagueLine {
        person: shown_person_id(&visitor.services, &visitor.caller, of, person),
        name: names.get(&person).cloned().unwrap_or_else(unknown),
        sections: sections.collect(),
    }
}

/// Invites a colleague.
pub async fn invite(
    visitor: Visitor,
    path: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let sections: Vec<&str> = form.all("section").collect();
    let typed = Typed {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        language: form.text("language").to_owned(),
        sections: sections.iter().map(|code| (*code).to_owned()).collect(),
    };
    if sections.is_empty() {
        let told = vec![visitor.words.colleagues_choose_sections().to_owned()];
        return show(
            &visitor,
            id,
            typed,
            told,
            None,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let json = json!({
        "name": typed.name, "email": typed.email, "language": typed.language, "sections": sections
    });
    let of = (
        sheet.seen.collection.to_string(),
        sheet.seen.party.to_string(),
    );
    let body = visitor.body::<InviteContributor>(json)?;
    let caller = visitor.caller.clone().with_key(form.text("key"));
    let services = visitor.services.clone();
    match invite_contributor(caller, web::Path::from(of), body, services).await {
        Ok(_) => Ok(go_to(format!("/replies/{id}/colleagues?done=invited"))),
        Err(problem) if problem.status_code().is_client_error() => {
            let (said, faults) = problem.words_for(visitor.languages());
            let told = if faults.is_empty() {
                vec![said]
            } else {
                faults
            };
            show(&visitor, id, typed, told, None, problem.status_code()).await
        }
        Err(problem) => Err(problem),
    }
}

/// Gives a colleague other sections, or ends their part.
pub async fn change(
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let sheet = ReplySheet::read(&visitor, id).await?;
    let of = |person: &str| {
        let (collection, party) = (
            sheet.seen.collection.to_string(),
            sheet.seen.party.to_string(),
        );
        web::Path::from((collection, party, person.to_owned()))
    };
    let sections: Vec<&str> = form.all("section").collect();
    let services = visitor.services.clone();
    let caller = visitor.caller.clone();
    let is_ended = form.given("dismiss").is_some() || sections.is_empty();
    if is_ended {
        dismiss_contributor(caller, of(&path.1), services).await?;
        return Ok(go_to(format!("/replies/{id}/colleagues?done=dismissed")));
    }
    let body = visitor.body::<AdmitContributor>(json!({"sections": sections}))?;
    admit_contributor(caller, of(&path.1), body, services).await?;
    Ok(go_to(format!("/replies/{id}/colleagues?done=changed")))
}
