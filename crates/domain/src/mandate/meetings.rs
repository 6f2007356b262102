//! Meetings: that of experts of March 2004 (paragraph 3), the Congress (14), those for categories II and III (15).

use uuid::Uuid;

use super::finding::{Finding, Requirement};
use super::lives::{Life, Lives};
use super::reporting;
use crate::document::{DocumentRelation, Target};
use crate::meeting::{Meeting, MeetingKind};
use crate::report::Purpose;
use crate::{MeetingId, instrument};

/// The Congress that paragraph 14 speaks of: the Eleventh.
const CONGRESS: u16 = 11;
/// The categories of which paragraph 15 speaks, by its items.
pub(super) const LATER: [(char, &str); 2] = [('a', "II"), ('b', "III")];

/// The expert meeting of March 2004: convened, or held, in that month.
pub(super) fn of_march_2004(lives: &Lives) -> Vec<(Uuid, &Life<Meeting>)> {
    meetings(lives, |meeting| {
        meeting.kind == MeetingKind::ExpertGroup
            && (meeting.starts_on.year(), meeting.starts_on.month()) == (2004, 3)
    })
}

/// Meetings of experts for a category, other than that of March 2004.
fn of_category<'a>(lives: &'a Lives, category: &str) -> Vec<(Uuid, &'a Life<Meeting>)> {
    let first: Vec<Uuid> = of_march_2004(lives).into_iter().map(|(id, _)| id).collect();
    let found = meetings(lives, |meeting| {
        let mut categories = meeting.categories.iter();
        meeting.kind == MeetingKind::ExpertGroup && categories.any(|known| known == category)
    });
    found
        .into_iter()
        .filter(|(id, _)| !first.contains(id))
        .collect()
}

pub(super) fn meetings(
    lives: &Lives,
    is_meant: impl Fn(&Meeting) -> bool,
) -> Vec<(Uuid, &Life<Meeting>)> {
    let all = lives.meetings.iter();
    let meant = all.filter(|(_, life)| life.state.as_ref().is_some_and(&is_meant));
    meant.map(|(id, life)| (*id, life)).collect()
}

/// Documents that are linked to a meeting in one of these ways.
fn documents(lives: &Lives, meeting: Uuid, how: &[DocumentRelation]) -> Requirement {
    let target = Target::Meeting(MeetingId(meeting));
    let mut found = Requirement::default();
    for (id, life) in &lives.documents {
        let links = life.state.iter().flat_map(|document| &document.links);
        let linked = links.filter(|(to, as_what)| *to == target && how.contains(as_what));
        if linked.count() > 0 {
            found = found.shown_by(*id, life, &["document_linked"]).met(true);
        }
    }
    found
}

/// Paragraph 3: the meeting is held, with its report.
pub(super) fn expert_meeting(lives: &Lives) -> Finding {
    Finding::best(of_march_2004(lives).into_iter().map(|(id, life)| {
        let was_held = life.state.as_ref().is_some_and(Meeting::was_held);
        let kinds = ["meeting_convened", "meeting_held", "meeting_cancelled"];
        let held = Requirement::default()
            .shown_by(id, life, &kinds)
            .met(was_held);
        Finding::all([
            held,
            documents(
                lives,
                id,
                &[DocumentRelation::ReportOf, DocumentRelation::Outcome],
            ),
        ])
    }))
}

/// Paragraph 14: its agenda item, what was put before it, its outcome.
pub(super) fn congress(lives: &Lives) -> Finding {
    let congresses = meetings(lives, |meeting| {
        meeting.kind == MeetingKind::Congress && meeting.session == Some(CONGRESS)
    });
    Finding::best(congresses.into_iter().map(|(id, life)| {
        let state = life.state.as_ref();
        let kinds = [
            "meeting_convened",
            "agenda_item_recorded",
            "meeting_cancelled",
        ];
        let agenda = Requirement::default().shown_by(id, life, &kinds);
        let outcome = Requirement::default().shown_by(id, life, &["meeting_outcome_recorded"]);
        let before = documents(lives, id, &[DocumentRelation::BeforeTheMeeting]);
        let reports = reporting::published(lives, Purpose::Congress, CONGRESS);
        Finding::all([
            agenda.met(state.is_some_and(|meeting| !meeting.agenda.is_empty())),
            reports
                .map(|(_, shown)| shown)
                .fold(before, Requirement::or),
            outcome.met(state.is_some_and(|meeting| meeting.outcome.is_some())),
        ])
    }))
}

/// Paragraph 15: for each category a meeting is held with regional representation, and makes an instrument.
pub(super) fn later_categories(lives: &Lives) -> Finding {
    Finding::items(LATER.map(|(item, category)| {
        let meetings = of_category(lives, category).into_iter();
        let findings = meetings.map(|(id, life)| {
            let kinds = [
                "meeting_convened",
                "meeting_seats_allocated",
                "meeting_participants_recorded",
                "meeting_held",
                "meeting_cancelled",
            ];
            let represented = Requirement::default().shown_by(id, life, &kinds);
            let is_represented = life.state.as_ref().is_some_and(|meeting| {
                let groups = meeting.representation();
                meeting.was_held()
                    && !groups.is_empty()
                    && groups.iter().all(|group| group.shortfall() == 0)
            });
            let made = Requirement::default().shown_by(id, life, &["meeting_outcome_recorded"]);
            Finding::all([
                represented.met(is_represented),
                made.met(!made_by(lives, life, category).is_empty()),
            ])
        });
        (item, Finding::best(findings))
    }))
}

/// The revisions of instruments on a category that a meeting made.
fn made_by(lives: &Lives, meeting: &Life<Meeting>, category: &str) -> Vec<(Uuid, u32)> {
    let outcome = meeting
        .state
        .as_ref()
        .and_then(|meeting| meeting.outcome.as_ref());
    let made = outcome.into_iter().flat_map(|outcome| &outcome.revisions);
    let is_on = |state: &instrument::State| {
        state
            .as_ref()
            .is_some_and(|instrument| instrument.category == category)
    };
    made.filter(|made| {
        let instrument = lives.instruments.get(&made.instrument.0);
        instrument.is_some_and(|life| is_on(&life.state))
    })
    .map(|made| (made.instrument.0, made.revision))
    .collect()
}

/// The revisions of instruments on category I that the meeting of March 2004 made.
pub(super) fn made_in_march_2004(lives: &Lives) -> Vec<(Uuid, u32)> {
    let meetings = of_march_2004(lives).into_iter();
    meetings
        .flat_map(|(_, life)| made_by(lives, life, "I"))
        .collect()
}

/// The revisions of instruments on a later category that its meetings made.
pub(super) fn made_later(lives: &Lives, category: &str) -> Vec<(Uuid, u32)> {
    let meetings = of_category(lives, category).into_iter();
    meetings
        .flat_map(|(_, life)| made_by(lives, life, category))
        .collect()
}
