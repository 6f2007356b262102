//! The rules of consultations: what can be forwarded, who can be asked, when comments are taken again or published.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::comment::Undisposed;
use super::super::instrument::{self, Stage};
use super::super::{PartyId, fault, size};
use super::{
    Asked, CommentsPublished, Consultation, ConsultationOpened, ConsultationPartiesAsked,
    ConsultationReopened, Context, Event, Refusal, checks,
};

/// The most parties of one event.
const PARTIES_PER_EVENT: usize = 300;

pub(super) fn open(
    opening: ConsultationOpened,
    asked: Vec<Asked>,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    can_be_forwarded(&context.instrument, opening.revision)?;
    let mut faults = checks::opening(&opening);
    let kind = fault::PARTY_LISTED_TWICE;
    faults.extend(checks::repeated(&asked, &BTreeSet::new(), kind));
    fault::none(faults).map_err(Refusal::ConsultationFaulty)?;
    let mut events = vec![opening.into()];
    events.extend(parties_asked(asked));
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

pub(super) fn ask(consultation: &Consultation, parties: Vec<Asked>) -> Result<Vec<Event>, Refusal> {
    let already: BTreeSet<PartyId> = consultation.asked.keys().copied().collect();
    let faults = checks::repeated(&parties, &already, fault::ASKED_ALREADY);
    fault::none(faults).map_err(Refusal::PartyAlreadyAsked)?;
    Ok(parties_asked(parties))
}

fn parties_asked(parties: Vec<Asked>) -> Vec<Event> {
    let parts = size::parts(parties, PARTIES_PER_EVENT).into_iter();
    parts
        .map(|parties| ConsultationPartiesAsked { parties }.into())
        .collect()
}

/// Once its comments are published, or its revision is no longer the one that is worked on, nothing can be added.
pub(super) fn reopen(
    consultation: &Consultation,
    context: &Context,
    reason: String,
) -> Result<Vec<Event>, Refusal> {
    if consultation.published.is_some() {
        return Err(Refusal::CommentsAlreadyPublished);
    }
    can_be_forwarded(&context.instrument, consultation.revision)?;
    sound(Some(&reason))?;
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
    let undisposed = context.undisposed.iter().map(Undisposed::fault).collect();
    fault::none(undisposed).map_err(Refusal::CommentsUndisposed)?;
    if on < consultation.opened_on {
        let fault = fault::BEFORE_OPENING
            .at("/on")
            .arg("opened_on", consultation.opened_on);
        return Err(Refusal::ConsultationFaulty(vec![fault]));
    }
    Ok(vec![CommentsPublished { on }.into()])
}

pub(super) fn sound(reason: Option<&String>) -> Result<(), Refusal> {
    match reason.and_then(|reason| checks::reason(reason)) {
        Some(fault) => Err(Refusal::ConsultationFaulty(vec![fault])),
        None => Ok(()),
    }
}
