//! Instruments: made by the expert meeting (paragraph 5), approved after comments (7), sent out (8), presented (17).

use uuid::Uuid;

use super::finding::{self, Evidence, Finding, Requirement};
use super::forwarding::consultations_on;
use super::lives::{Life, Lives};
use super::meetings::{self, LATER};
use super::reporting;
use crate::DomainEvent;
use crate::collection::{self, Collection};
use crate::comment::Comment;
use crate::consultation;
use crate::instrument::{Event, Instrument, Revision};
use crate::meeting::{self, MeetingKind};
use crate::party::PartyKind;
use crate::report::Purpose;

/// The session to which the instruments for categories II and III go.
const SESSION: u16 = 16;

/// Paragraph 5: an instrument on category I has a revision that the expert meeting made.
pub(super) fn made_by_the_expert_meeting(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    let all = lives.instruments.iter();
    let of_category_i = all.filter(|(_, life)| {
        life.state
            .as_ref()
            .is_some_and(|instrument| instrument.category == "I")
    });
    let found = Finding::best(of_category_i.map(|(id, life)| {
        let is_made = made.iter().any(|(instrument, _)| instrument == id);
        let kinds: &[&str] = match is_made {
            true => &["instrument_drafted", "instrument_revised"],
            false => &["instrument_drafted"],
        };
        Finding::all([Requirement::default()
            .shown_by(*id, life, kinds)
            .met(is_made)])
    }));
    let outcomes = meetings::of_march_2004(lives)
        .into_iter()
        .flat_map(|(id, life)| finding::evidence(id, life, &["meeting_outcome_recorded"]));
    found.shown_as_well_by(outcomes)
}

/// Paragraph 7: every comment has a disposition, a revision that takes up those accepted was put before an intersessional
/// meeting, and that meeting approved it.
pub(super) fn approved(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    Finding::best(on_each(lives, &made, |made| {
        let presented: Vec<&Revision> = made
            .later()
            .filter(|revision| made.is_before(lives, revision, MeetingKind::Intersessional, None))
            .collect();
        let is_approved = presented.iter().any(|revision| {
            let by = revision.approval.as_ref();
            let before = revision.presentation.as_ref();
            by.and_then(|by| by.meeting_id) == before.map(|before| before.meeting)
        });
        Finding::all([
            settled(lives, made),
            made.shown_by("instrument_revised")
                .met(takes_up_what_was_accepted(lives, made)),
            made.shown_by("instrument_presented")
                .met(!presented.is_empty()),
            made.shown_by("instrument_approved").met(is_approved),
        ])
    }))
}

/// A revision that a meeting made and that is to be forwarded, of an instrument.
struct MadeRevision<'a> {
    id: Uuid,
    life: &'a Life<Instrument>,
    instrument: &'a Instrument,
    revision: u32,
}

/// What is found of each of these revisions.
fn on_each<'a>(
    lives: &'a Lives,
    made: &'a [(Uuid, u32)],
    find: impl Fn(&MadeRevision<'_>) -> Finding + 'a,
) -> impl Iterator<Item = Finding> + 'a {
    made.iter().filter_map(move |(id, revision)| {
        let life = lives.instruments.get(id)?;
        Some(find(&MadeRevision {
            id: *id,
            life,
            instrument: life.state.as_ref()?,
            revision: *revision,
        }))
    })
}

impl MadeRevision<'_> {
    /// The revisions after it.
    fn later(&self) -> impl Iterator<Item = &Revision> {
        let revisions = self.instrument.revisions.iter();
        revisions.filter(|later| later.number > self.revision)
    }

    /// Whether a revision was put before a meeting of a kind, of this session if one is given, that was not cancelled.
    fn is_before(
        &self,
        lives: &Lives,
        revision: &Revision,
        kind: MeetingKind,
        session: Option<u16>,
    ) -> bool {
        let presentation = revision.presentation.as_ref();
        let meeting = presentation.and_then(|presented| lives.meetings.get(&presented.meeting.0));
        let meeting = meeting.and_then(|life| life.state.as_ref());
        meeting.is_some_and(|meeting| {
            meeting.kind == kind
                && meeting.status != meeting::Status::Cancelled
                && (session.is_none() || meeting.session == session)
        })
    }

    /// Shown by the events of a kind that happened to later revisions.
    fn shown_by(&self, kind: &str) -> Requirement {
        let later = self.life.events.iter().filter(|(_, event)| {
            let revision = match event {
                Event::InstrumentRevised(event) => event.revision,
                Event::InstrumentPresented(event) => event.revision,
                Event::InstrumentApproved(event) => event.revision,
                _ => 0,
            };
            revision > self.revision && event.kind() == kind
        });
        Requirement {
            met: false,
            evidence: later
                .map(|(position, event)| Evidence {
                    position: *position,
                    kind: event.kind(),
                    object: self.id,
                })
                .collect(),
        }
    }
}

/// The comments on a revision that stand.
fn comments_on<'a>(
    lives: &'a Lives,
    made: &MadeRevision<'_>,
) -> impl Iterator<Item = (Uuid, &'a Life<Comment>, &'a Comment)> {
    let consultations = consultations_on(lives, &[(made.id, made.revision)]);
    let rounds: Vec<Uuid> = consultations.into_iter().map(|(id, _)| id).collect();
    lives.comments.iter().filter_map(move |(id, life)| {
        let comment = life.state.as_ref()?;
        let is_meant = !comment.withdrawn && rounds.contains(&comment.consultation.0);
        is_meant.then_some((*id, life, comment))
    })
}

/// Whether the revision was forwarded, no comment on it can come any more, and each has its disposition.
fn settled(lives: &Lives, made: &MadeRevision<'_>) -> Requirement {
    let consultations = consultations_on(lives, &[(made.id, made.revision)]);
    let mut asked = Requirement::default();
    let mut open = consultations.is_empty();
    for (id, life) in consultations {
        asked = asked.shown_by(id, life, &["consultation_closed"]);
        let is_closed = life
            .state
            .as_ref()
            .is_some_and(|consultation| consultation.status == consultation::Status::Closed);
        open |= !is_closed;
    }
    for (id, life, comment) in comments_on(lives, made) {
        asked = asked.shown_by(id, life, &["comment_disposed"]);
        open |= comment.disposition.is_none();
    }
    asked.met(!open)
}

/// Whether the revision was revised, and later revisions together take up every comment on it that was accepted.
fn takes_up_what_was_accepted(lives: &Lives, made: &MadeRevision<'_>) -> bool {
    let taken_up = made.later().flat_map(|revision| &revision.takes_up);
    let taken_up: Vec<Uuid> = taken_up.map(|comment| comment.0).collect();
    let mut accepted = comments_on(lives, made).filter(|(_, _, comment)| {
        let disposed = comment.disposition.as_ref();
        disposed.is_some_and(|disposed| disposed.disposition.changes_the_instrument())
    });
    made.later().next().is_some() && accepted.all(|(id, _, _)| taken_up.contains(&id))
}

/// Paragraph 8: a collection on it was opened to all Member States and closed; needs could be indicated.
pub(super) fn collected(lives: &Lives) -> Finding {
    let made = meetings::made_in_march_2004(lives);
    // The list of types has been there from the start where it is there at all, so it shows nothing by itself.
    let mut lists = lives.need_types.values();
    let could_be_indicated = lists.any(|life| life.state.latest() > 0);
    Finding::best(lives.collections.iter().filter_map(|(id, life)| {
        let collection = life.state.as_ref()?;
        let mut made = made.iter();
        made.find(|(instrument, _)| *instrument == collection.instrument.0)?;
        let kinds = ["collection_opened", "parties_invited"];
        let opened = Requirement::default().shown_by(*id, life, &kinds);
        let closed = Requirement::default().shown_by(*id, life, &["collection_closed"]);
        let is_closed = collection.status == collection::Status::Closed;
        Some(Finding::all([
            opened.met(is_to_all(lives, life, collection)),
            closed.met(is_closed && could_be_indicated),
        ]))
    }))
}

/// Whether every Member State of the collection's day is invited. Who was put on the roll after its closing could not be.
fn is_to_all(lives: &Lives, life: &Life<Collection>, collection: &Collection) -> bool {
    let mut events = life.events.iter().rev();
    let closed = events.find(|(_, event)| event.kind() == "collection_closed");
    let closed = closed.map_or(u64::MAX, |(position, _)| *position);
    let mut states = lives.parties.iter().filter(|(_, life)| {
        let party = life.state.as_ref();
        let registered = life.events.first().map_or(0, |(position, _)| *position);
        registered < closed
            && party.is_some_and(|party| {
                party.kind == PartyKind::MemberState
                    && party.admitted.is_none_or(|day| day <= collection.opened_on)
            })
    });
    states.all(|(id, _)| collection.invited.contains_key(&(*id).into()))
}

/// Paragraph 17: both were revised on the comments, and presented, with a progress report, to the sixteenth session.
pub(super) fn presented(lives: &Lives) -> Finding {
    Finding::together(LATER.map(|(_, category)| {
        let made = meetings::made_later(lives, category);
        let findings = on_each(lives, &made, |made| {
            let reports = reporting::published(lives, Purpose::Progress, SESSION);
            let reports = reports.filter(|(report, _)| {
                let instruments = &report.particulars.instruments;
                instruments.contains(&made.id.into())
            });
            let reported = reports.map(|(_, shown)| shown);
            let reported = reported.fold(Requirement::default(), Requirement::or);
            let is_presented = made.later().any(|revision| {
                let presentation = revision.presentation.as_ref();
                let with_it = presentation.and_then(|presented| presented.progress_report.as_ref());
                let kind = MeetingKind::CommissionSession;
                (with_it.is_some() || reported.met)
                    && made.is_before(lives, revision, kind, Some(SESSION))
            });
            Finding::all([
                settled(lives, made),
                made.shown_by("instrument_revised")
                    .met(takes_up_what_was_accepted(lives, made)),
                made.shown_by("instrument_presented")
                    .or(reported)
                    .met(is_presented),
            ])
        });
        Finding::best(findings.collect::<Vec<_>>())
    }))
}
