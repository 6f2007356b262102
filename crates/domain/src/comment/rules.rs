//! The rules of comments: who may make and change one, and when it can still be decided on.

use super::super::consultation::{Consultation, Status};
use super::super::decider::one;
use super::super::fault::{self, Fault};
use super::super::questionnaire::Form;
use super::{
    Comment, CommentContent, CommentCorrected, CommentDisposed, CommentMade, CommentSubject,
    CommentWithdrawn, CommentingCapacity, Context, EnteredOnBehalf, Event, Refusal,
};

const SOURCE_CHARS: usize = 300;

/// A party that was asked comments while the consultation is open; what it sent on paper can be entered for longer.
pub(super) fn make(made: CommentMade, context: &Context) -> Result<Vec<Event>, Refusal> {
    let consultation = consultation(context)?;
    if !consultation.asked.contains_key(&made.party) {
        return Err(Refusal::PartyNotAsked);
    }
    match made.entered_on_behalf {
        Some(_) => takes_paper(consultation, context)?,
        None if context.is_replaced => return Err(Refusal::NotFocalPoint),
        None => is_open(consultation)?,
    }
    let mut faults: Vec<Fault> = on_fault(&made.on, &context.form).into_iter().collect();
    if let Some(entered) = &made.entered_on_behalf {
        faults.extend(entered_faults(entered, consultation, context));
    }
    fault::none(faults).map_err(Refusal::CommentFaulty)?;
    Ok(one(made))
}

pub(super) fn correct(
    comment: &Comment,
    context: &Context,
    by: CommentingCapacity,
    said: CommentContent,
) -> Result<Vec<Event>, Refusal> {
    can_be_changed(comment, context, by)?;
    let faults = on_fault(&said.on, &context.form).into_iter();
    fault::none(faults.collect()).map_err(Refusal::CommentFaulty)?;
    if said == comment.said {
        return Ok(Vec::new());
    }
    let CommentContent {
        on,
        lang,
        text,
        wording,
    } = said;
    Ok(one(CommentCorrected {
        on,
        lang,
        text,
        wording,
    }))
}

pub(super) fn withdraw(
    comment: &Comment,
    context: &Context,
    by: CommentingCapacity,
) -> Result<Vec<Event>, Refusal> {
    can_be_changed(comment, context, by)?;
    Ok(one(CommentWithdrawn {}))
}

/// What is decided can be decided anew, until the instrument is presented or the comments are published. Whatever a revision takes up stays accepted.
pub(super) fn dispose(
    comment: &Comment,
    context: &Context,
    disposed: CommentDisposed,
) -> Result<Vec<Event>, Refusal> {
    let consultation = consultation(context)?;
    let instrument = context.instrument.as_ref().as_ref();
    let instrument = instrument.ok_or(Refusal::UnknownConsultation)?;
    if consultation.published.is_some() || instrument.is_decided_on(consultation.revision) {
        return Err(Refusal::DispositionFixed);
    }
    let takes_part = disposed.disposition.changes_the_instrument();
    if instrument.taken_up_by(context.comment).is_some() && !takes_part {
        return Err(Refusal::CommentTakenUp);
    }
    let faults = disposed.revision.into_iter().filter_map(|revision| {
        // What is withdrawn is never revised again.
        let next = instrument.latest_revision() + u32::from(instrument.withdrawn.is_none());
        if !takes_part {
            let fault = fault::REVISION_TAKES_NOTHING_UP.at("/revision");
            return Some(fault.arg("disposition", disposed.disposition));
        }
        let later = consultation.revision + 1..=next;
        (!later.contains(&revision)).then(|| {
            let fault = fault::REVISION_NOT_LATER.at("/revision");
            fault.arg("first", later.start()).arg("last", later.end())
        })
    });
    fault::none(faults.collect()).map_err(Refusal::DispositionFaulty)?;
    if comment.disposition.as_ref() == Some(&disposed) {
        return Ok(Vec::new());
    }
    Ok(one(disposed))
}

fn consultation(context: &Context) -> Result<&Consultation, Refusal> {
    let consultation = context.consultation.as_ref().as_ref();
    consultation.ok_or(Refusal::UnknownConsultation)
}

fn is_open(consultation: &Consultation) -> Result<(), Refusal> {
    match consultation.status {
        Status::Open => Ok(()),
        Status::Closed => Err(Refusal::ConsultationClosed),
    }
}

/// What was received in time is entered after the closure too, as long as nothing was made of the comments yet.
fn takes_paper(consultation: &Consultation, context: &Context) -> Result<(), Refusal> {
    let instrument = context.instrument.as_ref().as_ref();
    let is_settled = consultation.published.is_some()
        || instrument.is_none_or(|instrument| instrument.is_decided_on(consultation.revision));
    match is_open(consultation) {
        Err(_) if !is_settled => Ok(()),
        open => open,
    }
}

fn can_be_changed(
    comment: &Comment,
    context: &Context,
    by: CommentingCapacity,
) -> Result<(), Refusal> {
    if by == CommentingCapacity::Secretariat && comment.entered_on_behalf.is_none() {
        return Err(Refusal::CommentOfTheParty);
    }
    if by == CommentingCapacity::Party && context.is_replaced {
        return Err(Refusal::NotFocalPoint);
    }
    if comment.disposition.is_some() {
        return Err(Refusal::CommentHasDisposition);
    }
    let consultation = consultation(context)?;
    match by {
        CommentingCapacity::Party => is_open(consultation),
        CommentingCapacity::Secretariat => takes_paper(consultation, context),
    }
}

fn on_fault(on: &CommentSubject, form: &Form) -> Option<Fault> {
    match on {
        CommentSubject::Instrument(_) => None,
        CommentSubject::Section(code) => {
            let inner = form.sections.iter().flat_map(|section| &section.sections);
            let mut sections = form.sections.iter().chain(inner);
            let is_there = sections.any(|section| section.code == *code);
            let fault = fault::NO_SUCH_SECTION.at("/on/section");
            (!is_there).then(|| fault.arg("code", code))
        }
        CommentSubject::Question(code) => {
            let is_there = form.names(code);
            let fault = fault::NO_SUCH_QUESTION.at("/on/question");
            (!is_there).then(|| fault.of_question(code).arg("code", code))
        }
    }
}

/// Nothing can be received before it was asked for, or in the future.
fn entered_faults(
    entered: &EnteredOnBehalf,
    consultation: &Consultation,
    context: &Context,
) -> Vec<Fault> {
    let mut faults: Vec<Fault> = fault::of_text(&entered.source, "/source", SOURCE_CHARS)
        .into_iter()
        .collect();
    if entered.received_on < consultation.opened_on {
        let fault = fault::BEFORE_OPENING.at("/received_on");
        faults.push(fault.arg("opened_on", consultation.opened_on));
    }
    let future = fault::of_day(entered.received_on, context.today, "/received_on");
    faults.extend(future);
    faults
}
