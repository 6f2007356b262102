//! Assistance: contributions (paragraphs 4 and 10), projects (11 and 12), manuals and model laws (13).

use super::finding::{Finding, Requirement};
use super::lives::Lives;
use super::meetings;
use crate::contribution::{Contribution, Form, Purpose, Recipient, Status};
use crate::party::PartyKind;
use crate::project::Project;

/// Contributions of those that are meant: met by each that was not taken back.
fn contributions(
    lives: &Lives,
    is_meant: impl Fn(&Contribution) -> bool,
) -> impl Iterator<Item = Requirement> {
    lives.contributions.iter().filter_map(move |(id, life)| {
        let given = life.state.as_ref().filter(|given| is_meant(given))?;
        let kinds = [
            "contribution_pledged",
            "contribution_received",
            "contribution_cancelled",
        ];
        let shown = Requirement::default().shown_by(*id, life, &kinds);
        Some(shown.met(given.status != Status::Cancelled))
    })
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
    Finding::all([
        to_the_meeting.fold(Requirement::default(), Requirement::or),
        of_an_institute.fold(Requirement::default(), Requirement::or),
    ])
}

/// Paragraph 10: from the first contribution to the Office, human or financial.
pub(super) fn resources(lives: &Lives) -> Finding {
    let to_the_office = contributions(lives, |given| {
        let is_human_or_financial = match &given.pledged.what {
            Form::Money(_) | Form::Staff(_) => true,
            Form::InKind(help) => help.purpose == Purpose::Experts,
        };
        matches!(given.pledged.to, Recipient::Office(_)) && is_human_or_financial
    });
    Finding::best(to_the_office.map(Finding::from))
}

/// Projects of those that are meant, those given up as well: met by each of which this holds.
fn projects(
    lives: &Lives,
    is_meant: impl Fn(&Project) -> bool,
    is_met: impl Fn(&Project) -> bool,
) -> impl Iterator<Item = Finding> {
    lives.projects.iter().filter_map(move |(id, life)| {
        let project = life.state.as_ref().filter(|project| is_meant(project))?;
        let kinds = [
            "project_proposed",
            "project_edited",
            "project_funded",
            "project_begun",
            "project_completed",
            "project_cancelled",
        ];
        let shown = Requirement::default().shown_by(*id, life, &kinds);
        Some(Finding::from(
            shown.met(project.answers() && is_met(project)),
        ))
    })
}

/// Paragraph 11: from the first project that answers a request; under way once a State asks.
pub(super) fn on_request(lives: &Lives) -> Finding {
    let requests = lives.requests.iter().map(|(id, life)| {
        let kinds = [
            "request_made",
            "request_accepted",
            "request_declined",
            "request_withdrawn",
        ];
        Finding::from(Requirement::default().shown_by(*id, life, &kinds))
    });
    let answers = |project: &Project| !project.plan.requests.is_empty();
    Finding::best(requests.chain(projects(lives, answers, |_| true)))
}

/// Paragraph 12: from the first post-conflict project with a partner entity that cites replies.
pub(super) fn after_conflicts(lives: &Lives) -> Finding {
    let is_meant = |project: &Project| project.plan.post_conflict;
    let is_met =
        |project: &Project| !project.plan.partners.is_empty() && !project.plan.replies.is_empty();
    Finding::best(projects(lives, is_meant, is_met))
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
    let asked = all.fold(Requirement::default(), |asked, (id, life)| {
        asked.shown_by(*id, life, &kinds).met(true)
    });
    Finding::from(asked)
}
