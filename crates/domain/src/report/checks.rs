//! What a report and a narrative must be.

use std::collections::BTreeSet;

use super::super::fault::{self, Fault, pointer};
use super::super::size;
use super::{Context, NarrativeDrafted, Particulars, Purpose};

const TITLE_CHARS: usize = 500;
const MAX_COLLECTIONS: usize = 20;
const MAX_INSTRUMENTS: usize = 20;
/// The most answers that a narrative rests on.
const MAX_LINKS: usize = 500;

/// Every fault of what a report is to be.
pub(super) fn particulars(report: &Particulars, context: &Context) -> Vec<Fault> {
    let mut faults = report.title.faults("/title", &[], TITLE_CHARS);
    if !(1..=999).contains(&report.session) {
        faults.push(
            fault::BAD_SESSION
                .at("/session")
                .arg("session", report.session),
        );
    }
    if report.collections.is_empty() && report.instruments.is_empty() {
        faults.push(fault::REPORTS_NOTHING.at("/collections"));
    }
    if report.purpose == Purpose::Progress && report.instruments.is_empty() {
        faults.push(fault::NO_INSTRUMENTS.at("/instruments"));
    }
    faults.extend(listed(
        &report.collections,
        &context.collections,
        "/collections",
        MAX_COLLECTIONS,
    ));
    faults.extend(listed(
        &report.instruments,
        &context.instruments,
        "/instruments",
        MAX_INSTRUMENTS,
    ));
    faults
}

/// What is listed is there, is listed once, and is not too much.
fn listed<I: Copy + Ord + std::fmt::Display>(
    ids: &[I],
    known: &BTreeSet<I>,
    at: &str,
    max: usize,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if ids.len() > max {
        faults.push(fault::TOO_MANY_LISTED.at(at).arg("max", max));
    }
    let mut seen = BTreeSet::new();
    for (index, id) in ids.iter().enumerate() {
        let at = pointer(at, index);
        if !known.contains(id) {
            faults.push(fault::NOT_THERE.at(at).arg("id", id));
        } else if !seen.insert(*id) {
            faults.push(fault::LISTED_TWICE.at(at).arg("id", id));
        }
    }
    faults
}

/// Every fault of a narrative.
pub(super) fn narrative(narrative: &NarrativeDrafted, context: &Context) -> Vec<Fault> {
    let links = &narrative.rests_on;
    let mut faults = Vec::new();
    if links.len() > MAX_LINKS {
        faults.push(fault::TOO_MANY_LISTED.at("/rests_on").arg("max", MAX_LINKS));
    }
    let mut seen = BTreeSet::new();
    for (index, link) in links.iter().enumerate() {
        if !seen.insert(link) {
            let fault = fault::LISTED_TWICE.at(pointer("/rests_on", index));
            faults.push(fault.arg("id", link.reply).of_question(&link.question));
        } else if !context.answers.contains(link) {
            let fault = fault::NO_SUCH_ANSWER.at(pointer("/rests_on", index));
            faults.push(fault.arg("reply", link.reply).of_question(&link.question));
        }
    }
    faults.extend(size::fault(narrative));
    faults
}
