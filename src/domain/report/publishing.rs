//! What a report must be before it is put before the Commission.

use std::collections::BTreeSet;

use super::super::fault::{self, pointer};
use super::{Context, Heading, Refusal, Report};
use crate::domain::DocumentId;

/// The headings that it has.
pub(super) fn headings(report: &Report) -> Vec<Heading> {
    let headings: BTreeSet<Heading> = report
        .narratives
        .keys()
        .map(|(heading, _)| *heading)
        .collect();
    headings.into_iter().collect()
}

/// Refuses what cannot be published yet.
pub(super) fn may_publish(
    report: &Report,
    context: &Context,
    document: Option<DocumentId>,
    made_of: u32,
) -> Result<(), Refusal> {
    if report.compiled.is_none() {
        return Err(Refusal::ReportNotCompiled);
    }
    if report.languages().is_empty() {
        let missing = Heading::NEEDED.into_iter().filter(|heading| {
            let mut narratives = report.narratives.keys();
            !narratives.any(|(known, _)| known == heading)
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
    let unreleased = context.unreleased.iter().map(|collection| {
        let at = report
            .collections
            .iter()
            .position(|known| known == collection);
        let at = pointer("/collections", at.unwrap_or_default());
        fault::NO_RELEASE.at(at).arg("collection", collection)
    });
    fault::none(unreleased.collect()).map_err(Refusal::FiguresNotReleased)?;
    if context.session != Some(report.session) {
        return Err(Refusal::NotThatSession);
    }
    if document.is_some() && !context.is_document_recorded {
        let fault = fault::NO_SUCH_DOCUMENT.at("/document");
        return Err(Refusal::ReportFaulty(vec![fault]));
    }
    if made_of != report.changes {
        return Err(Refusal::ReportChanged);
    }
    Ok(())
}
