//! Assistance: contributions (paragraphs 4 and 10), projects (11 and 12), manuals and model laws (13).

use super::finding::{Asked, Finding};
use super::lives::{Life, Lives};
use super::meetings;
use crate::domain::contribution::{Contribution, Form, Purpose, Recipient, Status};
use crate::domain::party::PartyKind;
use crate::domain::project::Project;

/// Contributions that stand, of those that are meant.
fn contributions(lives: &Lives, is_meant: impl Fn(&Contribution) -> bool) -> Asked {
    let mut asked = Asked::default();
    for (id, life) in &lives.contributions {
        let stands = |given: &&Contribution| given.status != Status::Cancelled;
        if life.state.as_ref().filter(stands).is_some_and(&is_meant) {
            let kinds = ["contribution_pledged", "contribution_received"];
            asked = asked.shown_by(*id, life, &kinds).met(true);
        }
    }
    asked
}

/// Paragraph 4: a contribution to the expert meeting, and help of an institute in preparing instruments.
pub(super) fn support(lives: &Lives) -> Finding {
    let to_the_meeting = contributions(lives, |given| match given.pledged.to {
        Recipient::Meeting(id) => {
            let mut meant = meetings::of_march_2004(lives).into_iter();
            meant.any(|(known, _)| known == id.0)
        }
        _ => false,
    });
    let of_an_institute = contributions(lives, |given| {
        given.pledged.from_kind == PartyKind::ProgrammeInstitute
            && matches!(&given.pledged.what, Form::InKind(help) if help.purpose == Purpose::PreparingInstruments)
    });
    Finding::all([to_the_meeting, of_an_institute])
}

/// Paragraph 10: from the first contribution to the Office.
pub(super) fn resources(lives: &Lives) -> Finding {
    Finding::from(contributions(lives, |given| {
        matches!(given.pledged.to, Recipient::Office(_))
    }))
}

/// Projects that were not given up, of those that are meant.
fn projects(lives: &Lives, is_meant: impl Fn(&Project) -> bool) -> Finding {
    let mut asked = Asked::default();
    for (id, life) in &lives.projects {
        let meant = life.state.as_ref().filter(|project| project.answers());
        if meant.is_some_and(&is_meant) {
            asked = asked.or(shown(*id, life).met(true));
        }
    }
    Finding::from(asked)
}

fn shown(id: uuid::Uuid, life: &Life<Project>) -> Asked {
    let kinds = [
        "project_proposed",
        "project_funded",
        "project_begun",
        "project_completed",
    ];
    Asked::default().shown_by(id, life, &kinds)
}

/// Paragraph 11: from the first project that answers a request.
pub(super) fn on_request(lives: &Lives) -> Finding {
    projects(lives, |project| !project.plan.requests.is_empty())
}

/// Paragraph 12: from the first post-conflict project with a partner entity that cites replies.
pub(super) fn after_conflicts(lives: &Lives) -> Finding {
    projects(lives, |project| {
        let plan = &project.plan;
        plan.post_conflict && !plan.partners.is_empty() && !plan.replies.is_empty()
    })
}

/// Paragraph 13: from the first material under review.
pub(super) fn materials(lives: &Lives) -> Finding {
    let kinds = [
        "material_taken_up",
        "material_revised",
        "material_issued",
        "material_review_begun",
    ];
    let all = lives.materials.iter();
    let asked = all.fold(Asked::default(), |asked, (id, life)| {
        asked.shown_by(*id, life, &kinds).met(true)
    });
    Finding::from(asked)
}
