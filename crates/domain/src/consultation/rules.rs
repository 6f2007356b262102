//! The rules of consultations: what can be forwarded, who can be asked, when comments are taken again or published.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::comment::BlockingComment;
use super::super::instrument::{self, Stage};
use super::super::party::PartyKind;
use super::super::words::Words;
use super::super::{PartyId, fault, size};
use super::{
    CommentsPublished, Consultation, ConsultationOpened, ConsultationPartiesAsked,
    ConsultationReopened, ConsultedParty, Context, Event, Reason, Refusal, checks,
};

/// The most parties of one event.
const PARTIES_PER_EVENT: usize = 300;

pub(super) fn open(
    opening: ConsultationOpened,
    asked: Vec<ConsultedParty>,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    can_be_forwarded(&context.instrument, opening.revision)?;
    let mut faults = checks::opening(&opening);
    let kind = fault::PARTY_LISTED_TWICE;
    faults.extend(checks::repeated_parties(&asked, &BTreeSet::new(), kind));
    fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
    let mut events = vec![opening.into()];
    events.extend(parties_asked(Vec::new(), asked));
    Ok(events)
}

/// Only the latest revision of an instrument is forwarded, and none that is approved, withdrawn or being decided on.
fn can_be_forwarded(instrument: &instrument::State, number: u32) -> Result<(), Refusal> {
    let instrument = instrument.as_ref().ok_or(Refusal::UnknownRevision)?;
    let revision = instrument
        .revision(number)
        .ok_or(Refusal::UnknownRevision)?;
    match instrument.stage() {
        Stage::Withdrawn => Err(Refusal::InstrumentWithdrawn),
        _ if revision.approval.is_some() => Err(Refusal::RevisionAlreadyApproved),
        _ if revision.number != instrument.latest_revision() => Err(Refusal::RevisionSuperseded),
        Stage::Presented => Err(Refusal::InstrumentPresented),
        Stage::Drafting | Stage::Returned | Stage::Approved => Ok(()),
    }
}

pub(super) fn ask(
    consultation: &Consultation,
    named: Vec<ConsultedParty>,
    mut audiences: Vec<PartyKind>,
    others: Vec<ConsultedParty>,
) -> Result<Vec<Event>, Refusal> {
    let mut already: BTreeSet<PartyId> = consultation.asked.keys().copied().collect();
    let faults = checks::repeated_parties(&named, &already, fault::ASKED_ALREADY);
    fault::none(faults).map_err(Refusal::PartyAlreadyAsked)?;
    already.extend(named.iter().map(|asked| asked.party));
    let others = others
        .into_iter()
        .filter(|asked| already.insert(asked.party));
    let parties = named.into_iter().chain(others).collect();
    let mut known: BTreeSet<PartyKind> = consultation.audiences.iter().copied().collect();
    audiences.retain(|kind| known.insert(*kind));
    Ok(parties_asked(audiences, parties))
}

/// The first event says to whom it is addressed as a whole, even where nobody of that kind is registered.
fn parties_asked(audiences: Vec<PartyKind>, parties: Vec<ConsultedParty>) -> Vec<Event> {
    let mut parts = size::parts(parties, PARTIES_PER_EVENT);
    if parts.is_empty() && !audiences.is_empty() {
        parts.push(Vec::new());
    }
    let first = std::iter::once(audiences);
    let audiences = first.chain(std::iter::repeat_with(Vec::new));
    let events = audiences.zip(parts).map(|(audiences, parties)| {
        let asked = ConsultationPartiesAsked { audiences, parties };
        asked.into()
    });
    events.collect()
}

/// Once its comments are published, or its revision is no longer the one that is worked on, nothing can be added.
pub(super) fn reopen(
    consultation: &Consultation,
    context: &Context,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    if consultation.published.is_some() {
        return Err(Refusal::CommentsAlreadyPublished);
    }
    can_be_forwarded(&context.instrument, consultation.revision)?;
    checked_reason(Some(&reason))?;
    let reason = Reason::Words(reason);
    Ok(vec![ConsultationReopened { reason }.into()])
}

pub(super) fn publish(
    consultation: &Consultation,
    context: &Context,
    on: Date,
) -> Result<Vec<Event>, Refusal> {
    if consultation.published.is_some() {
        return Err(Refusal::CommentsAlreadyPublished);
    }
    let undisposed = context.undisposed.as_ref();
    let undisposed = undisposed.ok_or(Refusal::CommentsUndisposed(Vec::new()))?;
    let undisposed = undisposed.iter().map(BlockingComment::undisposed);
    fault::none(undisposed.collect()).map_err(Refusal::CommentsUndisposed)?;
    let early = (on < consultation.opened_on).then(|| {
        let fault = fault::BEFORE_OPENING.at("/on");
        fault.arg("opened_on", consultation.opened_on)
    });
    let late = fault::of_day(on, context.today, "/on");
    let faults = early.into_iter().chain(late).collect();
    fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
    Ok(vec![CommentsPublished { on }.into()])
}

pub(super) fn checked_reason(reason: Option<&Words>) -> Result<(), Refusal> {
    match reason.and_then(checks::reason) {
        Some(fault) => Err(Refusal::ConsultationFaulty(vec![fault])),
        None => Ok(()),
    }
}
