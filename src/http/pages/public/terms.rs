//! Words for codes.

use domain::mandate::State;
use domain::need::{Status, Urgency};
use domain::party::PartyKind;
use texts::words::Words;

/// What an operative paragraph asks, in our own short words, and of whom.
pub fn paragraph(w: Words, number: u8) -> (&'static str, &'static str) {
    match number {
        1 => (w.mandate_asks_1(), w.mandate_of_1()),
        2 => (w.mandate_asks_2(), w.mandate_of_2()),
        3 => (w.mandate_asks_3(), w.mandate_of_3()),
        4 => (w.mandate_asks_4(), w.mandate_of_4()),
        5 => (w.mandate_asks_5(), w.mandate_of_5()),
        6 => (w.mandate_asks_6(), w.mandate_of_6()),
        7 => (w.mandate_asks_7(), w.mandate_of_7()),
        8 => (w.mandate_asks_8(), w.mandate_of_8()),
        9 => (w.mandate_asks_9(), w.mandate_of_9()),
        10 => (w.mandate_asks_10(), w.mandate_of_10()),
        11 => (w.mandate_asks_11(), w.mandate_of_11()),
        12 => (w.mandate_asks_12(), w.mandate_of_12()),
        13 => (w.mandate_asks_13(), w.mandate_of_13()),
        14 => (w.mandate_asks_14(), w.mandate_of_14()),
        15 => (w.mandate_asks_15(), w.mandate_of_15()),
        16 => (w.mandate_asks_16(), w.mandate_of_16()),
        17 => (w.mandate_asks_17(), w.mandate_of_17()),
        _ => ("", ""),
    }
}

/// How far a paragraph is.
pub fn state(w: Words, state: State) -> &'static str {
    match state {
        State::NotBegun => w.mandate_state_not_begun(),
        State::UnderWay => w.mandate_state_under_way(),
        State::Done => w.mandate_state_done(),
        State::Continuing => w.mandate_state_continuing(),
        State::NotApplicable => w.mandate_state_not_applicable(),
    }
}

/// A regional group by its code.
pub fn group(w: Words, code: &str) -> &str {
    match code {
        "african" => w.group_african(),
        "asia-pacific" => w.group_asia_pacific(),
        "eastern-european" => w.group_eastern_european(),
        "grulac" => w.group_grulac(),
        "weog" => w.group_weog(),
        "none" => w.group_none(),
        other => other,
    }
}

/// Parties of a kind.
pub fn kind(w: Words, kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::MemberState => w.kind_member_state(),
        PartyKind::ObserverState => w.kind_observer_state(),
        PartyKind::Igo => w.kind_igo(),
        PartyKind::Ngo => w.kind_ngo(),
        PartyKind::ProgrammeInstitute => w.kind_programme_institute(),
        PartyKind::UnEntity => w.kind_un_entity(),
        PartyKind::Secretariat => w.kind_secretariat(),
    }
}

/// How urgent a need is.
pub fn urgency(w: Words, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Low => w.urgency_low(),
        Urgency::Medium => w.urgency_medium(),
        Urgency::High => w.urgency_high(),
        Urgency::Immediate => w.urgency_immediate(),
    }
}

/// What has become of a need.
pub fn need_status(w: Words, status: Status) -> &'static str {
    match status {
        Status::Drafted | Status::Dropped => w.need_status_drafted(),
        Status::Indicated => w.need_status_indicated(),
        Status::Confirmed => w.need_status_confirmed(),
        Status::Matched => w.need_status_matched(),
        Status::Merged => w.need_status_merged(),
        Status::Declined => w.need_status_declined(),
        Status::Met => w.need_status_met(),
        Status::Lapsed => w.need_status_lapsed(),
    }
}
