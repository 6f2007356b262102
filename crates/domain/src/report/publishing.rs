//! What a report must be before it is put before its meeting.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::fault::{self, pointer};
use super::{Context, Heading, PublicationGrounds, Refusal, Report};
use crate::DocumentId;

/// The headings that it has, in languages that are whole.
pub(super) fn headings(report: &Report) -> Vec<Heading> {
    let headings: BTreeSet<Heading> = report.told().map(|narrative| narrative.heading).collect();
    headings.into_iter().collect()
}

/// Refuses what cannot be published yet, and what nobody looked for the grounds of.
pub(super) fn may_publish<'context>(
    report: &Report,
    context: &'context Context,
    made_of: u32,
) -> Result<&'context PublicationGrounds, Refusal> {
    if report.compiled.is_none() {
        return Err(Refusal::ReportNotCompiled);
    }
    if report.languages().is_empty() {
        let needed = report.particulars.purpose.needed().iter();
        let missing = needed.filter(|heading| {
            let mut narratives = report.narratives.keys();
            !narratives.any(|(known, _)| known == *heading)
        });
        let mut faults: Vec<_> = missing
            .map(|heading| {
                fault::NO_NARRATIVE
                    .at("/narratives")
                    .arg("heading", heading)
            })
            .collect();
        if faults.is_empty() {
            faults.push(fault::NO_WHOLE_LANGUAGE.at("/narratives"));
        }
        return Err(Refusal::HeadingsMissing(faults));
    }
    let grounds = context.grounds.as_ref().ok_or(Refusal::ReportChanged)?;
    let unreleased = grounds.unreleased.iter().map(|collection| {
        let at = report
            .particulars
            .collections
            .iter()
            .position(|known| known == collection);
        let at = pointer("/collections", at.unwrap_or_default());
        fault::NO_RELEASE.at(at).arg("collection", collection)
    });
    fault::none(unreleased.collect()).map_err(Refusal::FiguresNotReleased)?;
    let particulars = &report.particulars;
    let is_the_one = grounds.meeting.is_some_and(|meeting| {
        meeting.kind == particulars.purpose.meeting()
            && meeting.session == Some(particulars.session)
    });
    if !is_the_one {
        return Err(Refusal::NotThatSession);
    }
    if made_of != report.changes || grounds.has_moved {
        return Err(Refusal::ReportChanged);
    }
    Ok(grounds)
}

/// Refuses a publication that cannot be as it is said to be.
pub(super) fn is_sound(
    grounds: &PublicationGrounds,
    document: Option<DocumentId>,
    on: Date,
    today: Date,
) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    if grounds.meeting.is_some_and(|meeting| meeting.is_cancelled) {
        faults.push(fault::MEETING_WAS_CANCELLED.at("/meeting"));
    }
    if document.is_some() && !grounds.is_document_recorded {
        faults.push(fault::NO_SUCH_DOCUMENT.at("/document"));
    }
    faults.extend(fault::of_day(on, today, "/on"));
    fault::none(faults).map_err(Refusal::ReportFaulty)
}
