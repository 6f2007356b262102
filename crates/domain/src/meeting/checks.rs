//! What is said of a meeting must be so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::classification::Classification;
use super::super::fault::{self, Fault, pointer};
use super::super::party::PartyKind;
use super::super::questionnaire::TextAnswer;
use super::super::{InstrumentId, Texts, size};
use super::{
    AgendaItemRecorded, Capacity, Meeting, MeetingConvened, MeetingOutcomeRecorded, Participant,
    seats,
};

const TITLE_CHARS: usize = 500;
const DECISION_CHARS: usize = 500;
const NUMBER_CHARS: usize = 20;
const WORDS_CHARS: u32 = 20_000;
const AGENDA_ITEMS: usize = 200;
/// The resolution has so many operative paragraphs.
const PARAGRAPHS: u8 = 17;

pub(super) fn convening(meeting: &MeetingConvened, classification: &Classification) -> Vec<Fault> {
    let mut faults = meeting.title.faults("/title", &[], TITLE_CHARS);
    faults.extend(meeting.place.iter().flat_map(place_faults));
    faults.extend(days(meeting.starts_on, meeting.ends_on));
    match meeting.session {
        None if meeting.kind.is_numbered() => {
            let missing = fault::SESSION_REQUIRED.at("/session");
            faults.push(missing.arg("kind", meeting.kind));
        }
        Some(session) if !(1..=999).contains(&session) => {
            faults.push(fault::BAD_SESSION.at("/session").arg("session", session));
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for (index, code) in meeting.categories.iter().enumerate() {
        let at = format!("/categories/{index}");
        if !classification.categories.contains_key(code) {
            faults.push(fault::UNKNOWN_CATEGORY.at(&at).arg("code", code));
        } else if !seen.insert(code) {
            faults.push(fault::CATEGORY_LISTED_TWICE.at(&at).arg("code", code));
        }
    }
    let mandate = meeting
        .mandate
        .filter(|paragraph| !(1..=PARAGRAPHS).contains(paragraph));
    faults.extend(mandate.map(|paragraph| {
        let none = fault::NO_SUCH_PARAGRAPH
            .at("/mandate")
            .arg("paragraph", paragraph);
        none.arg("last", PARAGRAPHS)
    }));
    faults
}

/// Of the seats' number.
pub(super) fn seats(number: u16, at: &str) -> Option<Fault> {
    let good = (1..=seats::MOST).contains(&number);
    (!good).then(|| {
        let fault = fault::BAD_NUMBER_OF_SEATS.at(at).arg("seats", number);
        fault.arg("max", seats::MOST)
    })
}

pub(super) fn place_faults(place: &Texts) -> Vec<Fault> {
    place.faults("/place", &[], TITLE_CHARS)
}

/// The last day is not before the first.
pub(super) fn days(starts_on: Date, ends_on: Date) -> Option<Fault> {
    (ends_on < starts_on).then(|| {
        fault::ENDS_BEFORE_IT_STARTS
            .at("/ends_on")
            .arg("starts_on", starts_on)
    })
}

pub(super) fn words(words: &TextAnswer, at: &str) -> Option<Fault> {
    if words.length == 0 {
        Some(fault::BLANK.at(at))
    } else if words.length > WORDS_CHARS {
        Some(fault::TEXT_TOO_LONG.at(at).arg("max", WORDS_CHARS))
    } else {
        None
    }
}

pub(super) fn agenda_item(meeting: &Meeting, item: &AgendaItemRecorded) -> Vec<Fault> {
    let mut faults: Vec<_> = fault::of_text(&item.number, "/number", NUMBER_CHARS)
        .into_iter()
        .collect();
    faults.extend(item.title.faults("/title", &[], TITLE_CHARS));
    let is_new = !meeting
        .agenda
        .iter()
        .any(|known| known.number == item.number);
    if is_new && meeting.agenda.len() >= AGENDA_ITEMS {
        faults.push(fault::AGENDA_FULL.at("").arg("max", AGENDA_ITEMS));
    }
    faults
}

/// Only a State in a regional group has a seat to send an expert to, and only a Member State is a member.
pub(super) fn participant(participant: &Participant, at: &str) -> Option<Fault> {
    let capacity = pointer(at, "capacity");
    match participant.capacity {
        _ if participant.persons == 0 => Some(fault::NOBODY.at(pointer(at, "persons"))),
        Capacity::Expert if participant.regional_group.is_none() => {
            Some(fault::EXPERT_WITHOUT_GROUP.at(capacity))
        }
        Capacity::Member if participant.kind != PartyKind::MemberState => Some(
            fault::MEMBER_IS_NO_MEMBER_STATE
                .at(capacity)
                .arg("kind", participant.kind),
        ),
        _ => None,
    }
}

pub(super) fn outcome(
    outcome: &MeetingOutcomeRecorded,
    revisions: &BTreeMap<InstrumentId, u32>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, made) in outcome.revisions.iter().enumerate() {
        let at = format!("/revisions/{index}");
        match revisions.get(&made.instrument) {
            None => {
                let unknown = fault::NO_SUCH_INSTRUMENT.at(pointer(&at, "instrument"));
                faults.push(unknown.arg("instrument", made.instrument));
            }
            Some(latest) if !(1..=*latest).contains(&made.revision) => {
                let unknown = fault::NO_SUCH_REVISION.at(pointer(&at, "revision"));
                faults.push(unknown.arg("revision", made.revision));
            }
            Some(_) if !seen.insert(made) => {
                let twice = fault::REVISION_LISTED_TWICE.at(&at);
                faults.push(twice.arg("revision", made.revision));
            }
            Some(_) => {}
        }
    }
    let decision = outcome.decision.as_ref();
    faults.extend(decision.and_then(|text| fault::of_text(text, "/decision", DECISION_CHARS)));
    faults.extend(
        outcome
            .summary
            .as_ref()
            .and_then(|text| words(text, "/summary")),
    );
    if outcome.revisions.is_empty() && outcome.decision.is_none() && outcome.summary.is_none() {
        faults.push(fault::OUTCOME_SAYS_NOTHING.at(""));
    }
    faults.extend(size::fault(outcome));
    faults
}
