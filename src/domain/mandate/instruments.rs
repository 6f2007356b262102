//! Instruments: made by the expert meeting (paragraph 5), approved after comments (7), sent out (8), presented (17).

use uuid::Uuid;

use super::finding::{Asked, Evidence, Finding};
use super::forwarding::consultations_on;
use super::lives::{Life, Lives};
use super::meetings::{self, LATER};
use crate::domain::collection::{self, Collection};
use crate::domain::consultation;
use crate::domain::instrument::{Event, Instrument};
use crate::domain::meeting::MeetingKind;
use crate::domain::party::PartyKind;
use crate::domain::{DomainEvent, MeetingId};

/// The session to which the instruments for categories II and III go.
const SESSION: u16 = 16;

/// Paragraph 5: an instrument on category I has a revision that the expert meeting made.
pub(super) fn made_by_the_expert_meeting(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    let mut asked = Asked::default();
    for (id, life) in &lives.instruments {
        if life
            .state
            .as_ref()
            .is_some_and(|instrument| instrument.category == "I")
        {
            let is_made = made.iter().any(|(instrument, _)| instrument == id);
            let kinds: &[&str] = match is_made {
                true => &["instrument_drafted", "instrument_revised"],
                false => &["instrument_drafted"],
            };
            asked = asked.or(Asked::default().shown_by(*id, life, kinds).met(is_made));
        }
    }
    for (id, life) in meetings::of_march_2004(lives) {
        asked = asked.shown_by(id, life, &["meeting_outcome_recorded"]);
    }
    Finding::all([asked])
}

/// Paragraph 7: every comment has a disposition, a revised revision was put before an intersessional meeting, and it approved.
pub(super) fn approved(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    let settled = settled(lives, &made);
    let (mut presented, mut approved) = (Asked::default(), Asked::default());
    for (id, forwarded) in &made {
        let Some(life) = lives.instruments.get(id) else {
            continue;
        };
        for (position, event) in &life.events {
            match event {
                Event::InstrumentPresented(event) if event.revision > *forwarded => {
                    let is_meant = is_of_kind(lives, event.meeting, MeetingKind::Intersessional);
                    presented = presented.or(shown(*id, *position, life).met(is_meant));
                }
                Event::InstrumentApproved(event) if event.revision > *forwarded => {
                    let is_meant = event
                        .meeting_id
                        .is_some_and(|id| is_of_kind(lives, id, MeetingKind::Intersessional));
                    approved = approved.or(shown(*id, *position, life).met(is_meant));
                }
                _ => {}
            }
        }
    }
    Finding::all([settled, presented, approved])
}

/// Whether the revisions were forwarded, no comment on them can come any more, and each has its disposition.
fn settled(lives: &Lives, forwarded: &[(Uuid, u32)]) -> Asked {
    let consultations = consultations_on(lives, forwarded);
    let mut asked = Asked::default();
    let mut open = consultations.is_empty();
    for (id, life) in &consultations {
        asked = asked.shown_by(*id, life, &["consultation_closed"]);
        let is_closed = life
            .state
            .as_ref()
            .is_some_and(|consultation| consultation.status == consultation::Status::Closed);
        open |= !is_closed;
    }
    for (id, life) in &lives.comments {
        let Some(comment) = life.state.as_ref() else {
            continue;
        };
        if consultations
            .iter()
            .any(|(known, _)| *known == comment.consultation.0)
        {
            asked = asked.shown_by(*id, life, &["comment_disposed"]);
            open |= comment.disposition.is_none() && !comment.withdrawn;
        }
    }
    asked.met(!open)
}

fn is_of_kind(lives: &Lives, id: MeetingId, kind: MeetingKind) -> bool {
    let meeting = lives
        .meetings
        .get(&id.0)
        .and_then(|life| life.state.as_ref());
    meeting.is_some_and(|meeting| meeting.kind == kind)
}

/// Shown by the event at a position.
fn shown(id: Uuid, position: u64, life: &Life<Instrument>) -> Asked {
    let events = life.events.iter().filter(|(known, _)| *known == position);
    Asked {
        met: false,
        evidence: events
            .map(|(position, event)| Evidence {
                position: *position,
                kind: event.kind(),
                object: id,
            })
            .collect(),
    }
}

/// Paragraph 8: a collection on it was opened to all Member States and closed; needs could be indicated.
pub(super) fn collected(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    let (mut opened, mut closed) = (Asked::default(), Asked::default());
    for (id, life) in &lives.collections {
        let Some(collection) = life.state.as_ref() else {
            continue;
        };
        if !made
            .iter()
            .any(|(instrument, _)| *instrument == collection.instrument.0)
        {
            continue;
        }
        let kinds = ["collection_opened", "parties_invited"];
        let invited = Asked::default().shown_by(*id, life, &kinds);
        opened = opened.or(invited.met(is_to_all(lives, collection)));
        let ended = Asked::default().shown_by(*id, life, &["collection_closed"]);
        closed = closed.or(ended.met(collection.status == collection::Status::Closed));
    }
    // The list of types has been there from the start where it is there at all, so it shows nothing by itself.
    let mut lists = lives.need_types.values();
    let could_be_indicated = lists.any(|life| life.state.latest() > 0);
    closed.met &= could_be_indicated;
    Finding::all([opened, closed])
}

/// Whether every Member State on the roll is invited.
fn is_to_all(lives: &Lives, collection: &Collection) -> bool {
    let parties = lives.parties.iter();
    let mut states = parties.filter(|(_, life)| {
        let party = life.state.as_ref();
        party.is_some_and(|party| party.kind == PartyKind::MemberState)
    });
    states.all(|(id, _)| collection.invited.contains_key(&(*id).into()))
}

/// Paragraph 17: both were revised on the comments, and presented, with a progress report, to the sixteenth session.
pub(super) fn presented(lives: &Lives) -> Finding {
    Finding::together(LATER.map(|(_, category)| {
        let made = meetings::made_later(lives, category);
        let settled = settled(lives, &made);
        let (mut revised, mut presented) = (Asked::default(), Asked::default());
        for (id, forwarded) in &made {
            let Some(life) = lives.instruments.get(id) else {
                continue;
            };
            for (position, event) in &life.events {
                match event {
                    Event::InstrumentRevised(event) if event.revision > *forwarded => {
                        revised = revised.or(shown(*id, *position, life).met(true));
                    }
                    Event::InstrumentPresented(event) if event.revision > *forwarded => {
                        let is_meant = is_session(lives, event.meeting, SESSION)
                            && event.progress_report.is_some();
                        presented = presented.or(shown(*id, *position, life).met(is_meant));
                    }
                    _ => {}
                }
            }
        }
        Finding::all([settled, revised, presented])
    }))
}

fn is_session(lives: &Lives, id: MeetingId, session: u16) -> bool {
    let meeting = lives
        .meetings
        .get(&id.0)
        .and_then(|life| life.state.as_ref());
    meeting.is_some_and(|meeting| {
        meeting.kind == MeetingKind::CommissionSession && meeting.session == Some(session)
    })
}
