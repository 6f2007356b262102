//! What an opening and a list of invitations must be.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::fault::{self, Fault, FaultCode, pointer};
use super::super::times::{named_zone, zone_fault};
use super::super::{PartyId, email, size};
use super::{
    Basis, Collection, CollectionOpened, Contact, Deadline, Invitation, LEAST_THRESHOLD, Letter,
};

const TITLE_CHARS: usize = 500;
const REFERENCE_CHARS: usize = 100;
const NOTICE_CHARS: usize = 1_000;
const OFFICE_CHARS: usize = 200;

/// Every fault of an opening; whether the questionnaire has columns of years that it must say.
pub(super) fn opening(opening: &CollectionOpened, has_years: bool) -> Vec<Fault> {
    let mut faults = opening.title.faults("/title", &[], TITLE_CHARS);
    faults.extend(fault::of_text(
        &opening.reference,
        "/reference",
        REFERENCE_CHARS,
    ));
    faults.extend(deadline_fault(
        &opening.deadline,
        opening.opened_on,
        "/deadline",
    ));
    let session = opening
        .session
        .filter(|session| !(1..=999).contains(session));
    faults.extend(session.map(|session| fault::BAD_SESSION.at("/session").arg("session", session)));
    faults.extend(threshold_fault(opening));
    let years = 1950..=2100;
    let year = opening.reference_year.filter(|year| !years.contains(year));
    faults.extend(year.map(|year| {
        let fault = fault::OUT_OF_RANGE.at("/reference_year").arg("value", year);
        fault.arg("range", format!("{} … {}", years.start(), years.end()))
    }));
    if has_years && opening.reference_year.is_none() {
        faults.push(fault::REFERENCE_YEAR_MISSING.at("/reference_year"));
    }
    for (index, notice) in opening.notices.iter().enumerate() {
        let at = format!("/notices/{index}");
        faults.extend(fault::of_text(
            &notice.code,
            &pointer(&at, "code"),
            REFERENCE_CHARS,
        ));
        let at = pointer(&at, "text");
        faults.extend(notice.text.faults(&at, &[], NOTICE_CHARS));
    }
    faults.extend(opening.contact.iter().flat_map(contact_faults));
    faults.extend(size::fault(opening));
    faults
}

/// Whom to ask must be called something, and be written to.
pub(in super::super) fn contact_faults(contact: &Contact) -> Vec<Fault> {
    let office = fault::of_text(&contact.office, "/contact/office", OFFICE_CHARS);
    let is_address = email::normal_form(&contact.email).is_some();
    let email = (!is_address).then(|| {
        let fault = fault::BAD_EMAIL.at("/contact/email");
        fault.arg("email", &contact.email)
    });
    office.into_iter().chain(email).collect()
}

/// A release of figures on all needs some newly counted replies, and never fewer than the least; of those on whoever consents
/// it needs none.
fn threshold_fault(opening: &CollectionOpened) -> Option<Fault> {
    let threshold = opening.release_threshold?;
    match opening.basis {
        Basis::Consenting => Some(fault::RELEASE_THRESHOLD_WITHOUT_ALL.at("/release_threshold")),
        Basis::All if threshold < LEAST_THRESHOLD => {
            let fault = fault::RELEASE_THRESHOLD_TOO_LOW.at("/release_threshold");
            let fault = fault.arg("threshold", threshold);
            Some(fault.arg("min", LEAST_THRESHOLD))
        }
        Basis::All => None,
    }
}

/// The zone must be one of the IANA database, spelled as there; the deadline lies on or after the day of opening there.
pub(in super::super) fn deadline_fault(
    deadline: &Deadline,
    opened_on: Date,
    at: &str,
) -> Option<Fault> {
    match named_zone(&deadline.time_zone) {
        None => Some(zone_fault(&deadline.time_zone, at)),
        Some(zone) if zone.to_datetime(deadline.at).date() < opened_on => Some(
            fault::DEADLINE_BEFORE_OPENING
                .at(pointer(at, "at"))
                .arg("opened_on", opened_on),
        ),
        Some(_) => None,
    }
}

/// Every fault of a letter by which more parties are invited.
pub(super) fn letter(letter: &Letter, opened_on: Date) -> Vec<Fault> {
    let text = fault::of_text(&letter.reference, "/letter/reference", REFERENCE_CHARS);
    let early = (letter.dated < opened_on).then(|| {
        let fault = fault::LETTER_BEFORE_OPENING.at("/letter/dated");
        fault.arg("opened_on", opened_on)
    });
    text.into_iter().chain(early).collect()
}

/// A fault for each party that is not invited.
pub(super) fn not_invited(collection: &Collection, parties: &[PartyId]) -> Vec<Fault> {
    let parties = parties.iter().enumerate();
    let strays = parties.filter(|(_, party)| !collection.invited.contains_key(party));
    strays
        .map(|(index, party)| {
            let fault = fault::NOT_INVITED.at(pointer("/parties", index));
            fault.arg("party", party)
        })
        .collect()
}

/// A fault for each party that is among `already` or further up in the list.
pub(super) fn repeated_parties(
    parties: &[Invitation],
    already: &BTreeSet<PartyId>,
    kind: FaultCode,
    at: &str,
) -> Vec<Fault> {
    let mut seen = already.clone();
    let repeated = parties
        .iter()
        .enumerate()
        .filter(|(_, invitation)| !seen.insert(invitation.party));
    repeated
        .map(|(index, invitation)| kind.at(pointer(at, index)).arg("party", invitation.party))
        .collect()
}
