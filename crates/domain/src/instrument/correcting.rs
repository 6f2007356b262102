//! Corrections of an approved revision.
//!
//! A correction asks what was approved, said better, and allows what it did not: nothing that anybody could have answered to it is
//! refused, and nothing follows from answers that did not before. So it is not decided on again, but stands by the approval of what
//! it corrects, and says what was wrong. Whatever goes further is a revision as any other, and goes before a meeting.

use super::super::fault;
use super::super::words::{self, Words};
use super::revising::frozen;
use super::{Context, Event, Instrument, Refusal, RevisionCorrected, checks};

const REASON_CHARS: u32 = 1_000;

/// Only the latest revision is corrected: while a later one is worked on that nobody approved, numbers would not tell which
/// of them holds.
pub(super) fn correct(
    instrument: &Instrument,
    context: &Context,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    let latest = instrument
        .revisions
        .last()
        .ok_or(Refusal::UnknownRevision)?;
    let approval = latest.approval.clone();
    let approval = approval.ok_or(Refusal::RevisionNotApproved)?;
    let (Some(draft), Some(questionnaire)) = (&instrument.draft, &context.draft) else {
        return Err(Refusal::NoDraft);
    };
    let (Some(corrected), Some(same_as)) = (&context.corrected, &context.same_as) else {
        return Err(Refusal::NoDraft);
    };
    // A draft that was changed and changed back corrects nothing.
    if !instrument.draft_changed || corrected == questionnaire {
        return Err(Refusal::NothingToRevise);
    }
    let fault = words::fault(&reason, "/reason", REASON_CHARS);
    fault::none(fault.into_iter().collect()).map_err(Refusal::InstrumentFaulty)?;
    let faults = checks::revision(
        instrument,
        questionnaire,
        &context.classification,
        &context.need_types,
        same_as,
    );
    fault::none(faults).map_err(Refusal::QuestionnaireFaulty)?;
    let contradictions = corrected.contradictions(questionnaire);
    fault::none(contradictions).map_err(Refusal::CorrectionContradicts)?;
    let mut events = frozen(instrument, (draft, questionnaire), Vec::new())?;
    let corrected = RevisionCorrected {
        revision: instrument.latest_revision() + 1,
        corrects: latest.number,
        approval,
        reason,
    };
    events.push(corrected.into());
    Ok(events)
}
