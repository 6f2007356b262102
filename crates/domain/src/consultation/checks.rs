//! What an opening, an extension and a list of parties must be.

use std::collections::BTreeSet;

use super::super::collection::{contact_faults, deadline_fault};
use super::super::fault::{self, Fault, FaultCode, pointer};
use super::super::words::{self, Words};
use super::super::{PartyId, size};
use super::{Consultation, ConsultationOpened, ConsultedParty, Deadline};

const TITLE_CHARS: usize = 500;
const REFERENCE_CHARS: usize = 100;
const REASON_CHARS: u32 = 1_000;

/// Every fault of an opening.
pub(super) fn opening(opening: &ConsultationOpened) -> Vec<Fault> {
    let title = opening.title.iter();
    let mut faults: Vec<_> = title
        .flat_map(|title| title.faults("/title", &[], TITLE_CHARS))
        .collect();
    faults.extend(fault::of_text(
        &opening.reference,
        "/reference",
        REFERENCE_CHARS,
    ));
    faults.extend(deadline_fault(
        &opening.until,
        opening.opened_on,
        "/deadline",
    ));
    for (index, kind) in opening.audiences.iter().enumerate() {
        if opening.audiences[..index].contains(kind) {
            let at = format!("/audiences/{index}");
            faults.push(fault::AUDIENCE_LISTED_TWICE.at(at).arg("kind", kind));
        }
    }
    faults.extend(opening.contact.iter().flat_map(contact_faults));
    faults.extend(size::fault(opening));
    faults
}

/// An extension gives more time, not less.
pub(super) fn extension(consultation: &Consultation, until: &Deadline) -> Vec<Fault> {
    let unknown = deadline_fault(until, consultation.opened_on, "/deadline");
    if unknown.is_some() {
        return unknown.into_iter().collect();
    }
    let is_later = until.at > consultation.until.at;
    let fault = (!is_later).then(|| {
        let fault = fault::NO_EXTENSION.at("/deadline/at");
        fault.arg("until", consultation.until.at)
    });
    fault.into_iter().collect()
}

/// The fault of a reason.
pub(super) fn reason(reason: &Words) -> Option<Fault> {
    words::fault(reason, "/reason", REASON_CHARS)
}

/// A fault for each party that is among `already` or further up in the list.
pub(super) fn repeated_parties(
    parties: &[ConsultedParty],
    already: &BTreeSet<PartyId>,
    kind: FaultCode,
) -> Vec<Fault> {
    let mut seen = already.clone();
    let repeated = parties
        .iter()
        .enumerate()
        .filter(|(_, asked)| !seen.insert(asked.party));
    repeated
        .map(|(index, asked)| {
            kind.at(pointer("/parties", index))
                .arg("party", asked.party)
        })
        .collect()
}
