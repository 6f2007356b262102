//! A mistake found when a questionnaire is out: an open collection moves to a corrected revision.

use super::super::Lang;
use super::super::decider::one;
use super::super::fault::{self, Fault, pointer};
use super::super::words::{self, Words};
use super::{
    Collection, Context, Event, QuestionnaireCorrected, REASON_CHARS, Refusal, RevisionStanding,
};

/// In how many languages a reason can be given.
pub const MAX_REASONS: usize = Lang::ALL.len();

/// Answers stay, since none can contradict what is asked from now on; what was submitted stays of its revision.
pub(super) fn correct(
    collection: &Collection,
    context: &Context,
    revision: u32,
    reason: Vec<Words>,
) -> Result<Vec<Event>, Refusal> {
    match context.approved_revision {
        RevisionStanding::Unknown => return Err(Refusal::UnknownRevision),
        RevisionStanding::NotApproved => return Err(Refusal::RevisionNotApproved),
        RevisionStanding::Approved => {}
    }
    if revision <= collection.revision {
        return Err(Refusal::RevisionAlreadyAsked);
    }
    let mut faults = reason_faults(&reason);
    if context.has_years && collection.reference_year.is_none() {
        faults.push(fault::REFERENCE_YEAR_MISSING.at("/revision"));
    }
    fault::none(faults).map_err(Refusal::CollectionFaulty)?;
    let (was, is) = context
        .correction
        .as_ref()
        .ok_or(Refusal::UnknownRevision)?;
    fault::none(was.contradictions(is)).map_err(Refusal::CorrectionContradicts)?;
    Ok(one(QuestionnaireCorrected {
        from: collection.revision,
        revision,
        reason,
    }))
}

fn reason_faults(reason: &[Words]) -> Vec<Fault> {
    let at = "/reason";
    if reason.is_empty() {
        return vec![fault::LIST_EMPTY.at(at)];
    }
    let mut faults = Vec::new();
    for (index, words) in reason.iter().enumerate() {
        let at = pointer(at, index);
        faults.extend(words::fault(words, &at, REASON_CHARS));
        let mut before = reason.iter().take(index);
        if before.any(|before| before.lang == words.lang) {
            let twice = fault::DUPLICATE_LANGUAGE.at(pointer(&at, "lang"));
            faults.push(twice.arg("language", words.lang));
        }
    }
    faults
}
