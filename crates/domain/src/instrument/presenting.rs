//! Putting a revision before a meeting, and what comes of it.

use jiff::civil::Date;

use super::super::comment::BlockingComment;
use super::super::decider::one;
use super::super::fault::{self, Fault, pointer};
use super::super::{ContentRef, Lang};
use super::{
    Approver, Context, Event, Instrument, InstrumentApproved, InstrumentPresented,
    InstrumentReturned, InstrumentWithdrawn, MeetingStanding, Obstacles, Refusal, Revision, Route,
};

const DECISION_CHARS: usize = 500;

/// Every comment has its disposition before a revision goes to a meeting, what is accepted is taken up, and nothing more can
/// come. One that a meeting had before it that was cancelled is put before another.
pub(super) fn present(
    instrument: &Instrument,
    context: &Context,
    presented: InstrumentPresented,
) -> Result<Vec<Event>, Refusal> {
    let revision = latest(instrument, presented.revision)?;
    if revision.returned.is_some() {
        return Err(Refusal::RevisionReturned);
    }
    if revision.presentation.is_some() && !context.meeting_fell_through() {
        return Err(Refusal::InstrumentPresented);
    }
    let obstacles = obstacles(context)?;
    comments_are_settled(obstacles)?;
    accepted_are_taken_up(obstacles)?;
    let faults = presentation_faults(instrument.route, context, &presented);
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    Ok(one(presented))
}

fn presentation_faults(
    route: Route,
    context: &Context,
    presented: &InstrumentPresented,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    match &context.meeting {
        None => {
            let fault = fault::NO_SUCH_MEETING.at("/meeting");
            faults.push(fault.arg("meeting", presented.meeting));
        }
        Some(meeting) if meeting.is_cancelled => {
            faults.push(fault::MEETING_WAS_CANCELLED.at("/meeting"));
        }
        Some(meeting) if !meeting.serves(route) => {
            let fault = fault::MEETING_NOT_OF_THE_ROUTE.at("/meeting");
            faults.push(fault.arg("route", route));
        }
        Some(_) => {}
    }
    match &presented.progress_report {
        None if route == Route::Presentation => {
            faults.push(fault::PROGRESS_REPORT_MISSING.at("/progress_report"));
        }
        Some(_) if !context.report_is_known => {
            faults.push(fault::NO_SUCH_DOCUMENT.at("/progress_report"));
        }
        _ => {}
    }
    faults.extend(fault::of_day(presented.on, context.today, "/on"));
    faults
}

/// The meeting that a revision was put before approves it. One of the past, which is not in the system, is recorded by its
/// name; comments stand in its way as in that of any other.
pub(super) fn approve(
    instrument: &Instrument,
    context: &Context,
    number: u32,
    by: Approver,
    decision: String,
    date: Date,
) -> Result<Vec<Event>, Refusal> {
    let revision = latest(instrument, number)?;
    if revision.returned.is_some() {
        return Err(Refusal::RevisionReturned);
    }
    let mut faults = Vec::new();
    let (meeting, meeting_id) = match (by, &revision.presentation) {
        (Approver::Meeting(_), None) => return Err(Refusal::RevisionNotPresented),
        (Approver::Meeting(meeting), Some(presented)) => {
            if meeting != presented.meeting {
                faults.push(fault::NOT_THE_MEETING.at("/meeting_id"));
            }
            let standing = presented_to(context)?;
            if standing.is_cancelled {
                faults.push(fault::MEETING_WAS_CANCELLED.at("/meeting_id"));
            }
            faults.extend(day_faults(presented, standing, context, date, "/date"));
            (standing.name.clone(), Some(meeting))
        }
        (Approver::Named(_), Some(_)) => {
            faults.push(fault::NOT_THE_MEETING.at("/meeting"));
            (String::new(), None)
        }
        // It goes to a session, with a progress report, and not by name.
        (Approver::Named(_), None) if instrument.route == Route::Presentation => {
            return Err(Refusal::RevisionNotPresented);
        }
        (Approver::Named(name), None) => {
            faults.extend(fault::of_day(date, context.today, "/date"));
            faults.extend(fault::of_text(&name, "/meeting", DECISION_CHARS));
            (name, None)
        }
    };
    faults.extend(fault::of_text(&decision, "/decision", DECISION_CHARS));
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    let obstacles = obstacles(context)?;
    comments_are_settled(obstacles)?;
    // A meeting decides on what it has before it.
    if meeting_id.is_none() {
        accepted_are_taken_up(obstacles)?;
    }
    Ok(one(InstrumentApproved {
        revision: number,
        route: instrument.route,
        meeting,
        meeting_id,
        decision,
        date,
    }))
}

/// What is given back is worked on again: a new revision can be presented.
pub(super) fn give_back(
    instrument: &Instrument,
    context: &Context,
    number: u32,
    on: Date,
    remarks: ContentRef,
    lang: Lang,
) -> Result<Vec<Event>, Refusal> {
    let revision = latest(instrument, number)?;
    if revision.returned.is_some() {
        return Err(Refusal::RevisionReturned);
    }
    let presented = revision.presentation.as_ref();
    let presented = presented.ok_or(Refusal::RevisionNotPresented)?;
    let standing = presented_to(context)?;
    let mut faults = day_faults(presented, standing, context, on, "/on");
    if standing.is_cancelled {
        faults.push(fault::MEETING_WAS_CANCELLED.at(""));
    }
    fault::none(faults).map_err(Refusal::InstrumentFaulty)?;
    Ok(one(InstrumentReturned {
        revision: number,
        meeting: presented.meeting,
        on,
        remarks,
        lang,
    }))
}

/// Nobody goes on commenting on what is given up, and what is approved is not given up any more.
pub(super) fn withdraw(
    instrument: &Instrument,
    context: &Context,
    withdrawn: InstrumentWithdrawn,
) -> Result<Vec<Event>, Refusal> {
    let mut revisions = instrument.revisions.iter();
    if revisions.any(|revision| revision.approval.is_some()) {
        return Err(Refusal::RevisionAlreadyApproved);
    }
    consultations_are_closed(obstacles(context)?)?;
    Ok(one(withdrawn))
}

fn latest(instrument: &Instrument, number: u32) -> Result<&Revision, Refusal> {
    let revision = instrument.revision(number);
    let revision = revision.ok_or(Refusal::UnknownRevision)?;
    if revision.approval.is_some() {
        return Err(Refusal::RevisionAlreadyApproved);
    }
    if revision.number != instrument.latest_revision() {
        return Err(Refusal::RevisionSuperseded);
    }
    Ok(revision)
}

/// Where nobody looked for consultations, none is taken to be closed.
fn obstacles(context: &Context) -> Result<&Obstacles, Refusal> {
    let obstacles = context.obstacles.as_ref();
    obstacles.ok_or(Refusal::ConsultationsOpen(Vec::new()))
}

/// The meeting that has the latest revision before it.
fn presented_to(context: &Context) -> Result<&MeetingStanding, Refusal> {
    let meeting = context.presented_to.as_ref();
    meeting.ok_or(Refusal::RevisionNotPresented)
}

fn comments_are_settled(obstacles: &Obstacles) -> Result<(), Refusal> {
    consultations_are_closed(obstacles)?;
    let undisposed = obstacles.undisposed.iter().map(BlockingComment::undisposed);
    fault::none(undisposed.collect()).map_err(Refusal::CommentsUndisposed)
}

/// What was accepted comes to something, or it is decided otherwise.
fn accepted_are_taken_up(obstacles: &Obstacles) -> Result<(), Refusal> {
    let not_taken_up = obstacles
        .not_taken_up
        .iter()
        .map(BlockingComment::not_taken_up);
    fault::none(not_taken_up.collect()).map_err(Refusal::CommentsNotTakenUp)
}

fn consultations_are_closed(obstacles: &Obstacles) -> Result<(), Refusal> {
    let open = obstacles.open.iter().map(|consultation| {
        let fault = fault::CONSULTATION_STILL_OPEN.at(pointer("/consultations", consultation));
        fault.arg("consultation", consultation)
    });
    fault::none(open.collect()).map_err(Refusal::ConsultationsOpen)
}

/// A meeting decides on what was put before it, once it has begun.
fn day_faults(
    presented: &InstrumentPresented,
    meeting: &MeetingStanding,
    context: &Context,
    day: Date,
    at: &str,
) -> Vec<Fault> {
    let before = (day < presented.on).then(|| {
        let fault = fault::BEFORE_PRESENTATION.at(at);
        fault.arg("presented_on", presented.on)
    });
    let early = (day < meeting.starts_on).then(|| {
        let fault = fault::BEFORE_THE_MEETING.at(at);
        fault.arg("starts_on", meeting.starts_on)
    });
    let future = fault::of_day(day, context.today, at);
    before.into_iter().chain(early).chain(future).collect()
}

impl Context {
    /// Whether the meeting that the latest revision was put before will not take place.
    pub(super) fn meeting_fell_through(&self) -> bool {
        let meeting = self.presented_to.as_ref();
        meeting.is_some_and(|meeting| meeting.is_cancelled)
    }
}
