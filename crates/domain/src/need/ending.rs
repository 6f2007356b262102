//! How a need comes to its end.

use jiff::civil::Date;

use super::super::words::{self, Words};
use super::super::{Fault, NeedId, fault};
use super::{Context, Event, Need, NeedMerged, NeedMet, Refusal, Status, WORDS_CHARS};

/// Another of the same State, which is indicated and not over, stands for it.
pub(super) fn merge(need: &Need, context: &Context, into: NeedId) -> Result<Vec<Event>, Refusal> {
    let stands = [Status::Indicated, Status::Confirmed, Status::Matched];
    match context.into {
        Some((party, status)) if party == need.party && stands.contains(&status) => {
            Ok(vec![NeedMerged { into }.into()])
        }
        _ => Err(Refusal::NeedFaulty(vec![
            fault::BAD_MERGE_TARGET.at("/into"),
        ])),
    }
}

/// On a day that is not still to come, nor before the project that met it was completed.
pub(super) fn meet(context: &Context, met: NeedMet, today: Date) -> Result<Vec<Event>, Refusal> {
    let mut faults = match (met.project, context.completed_on) {
        (Some(_), None) => vec![fault::PROJECT_DID_NOT_MEET.at("/project")],
        (Some(_), Some(completed_on)) => fault::day_order_faults(met.on, completed_on, today),
        (None, _) => fault::of_day(met.on, today, "/on").into_iter().collect(),
    };
    faults.extend(remark_fault(met.note.as_ref(), "/note"));
    unless_faulty(faults, met)
}

pub(super) fn remark_fault(words: Option<&Words>, at: &str) -> Option<Fault> {
    words.and_then(|words| words::fault(words, at, WORDS_CHARS))
}

/// The event, unless there are faults.
pub(super) fn unless_faulty(
    faults: Vec<Fault>,
    event: impl Into<Event>,
) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::NeedFaulty)?;
    Ok(vec![event.into()])
}
