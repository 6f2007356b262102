//! The states of a whole life, and what is said of each.

use super::*;
use crate::reply::events::*;

pub(super) fn remark(length: u32) -> Words {
    Words {
        content: content(8),
        lang: Lang::En,
        length,
    }
}

pub(super) fn source() -> Source {
    Source {
        kind: SourceKind::Paper,
        reference: "NV/2011/114".into(),
        received_on: date(2011, 6, 28),
    }
}

pub(super) fn now() -> Timestamp {
    "2011-07-04T10:00:00Z".parse().unwrap()
}

pub(super) fn enter() -> Command {
    Command::Enter {
        collection: COLLECTION,
        party: finland(),
        source: source(),
        now: now(),
    }
}

pub(super) fn clarify(question: Option<&str>) -> Command {
    Command::Clarify {
        question: question.map(str::to_owned),
        text: remark(20),
    }
}

pub(super) fn answer_it(clarification: u32) -> Command {
    Command::AnswerClarification {
        clarification,
        text: remark(9),
    }
}

pub(super) fn take_it_back(clarification: u32) -> Command {
    Command::WithdrawClarification { clarification }
}

pub(super) fn accept() -> Command {
    Command::Accept { version: None }
}

pub(super) fn begin(source: Option<Source>) -> Command {
    Command::BeginAmendment { source, now: now() }
}

pub(super) fn withdraw() -> Command {
    Command::Withdraw { reason: remark(30) }
}

pub(super) fn entered() -> Event {
    ReplyStarted {
        collection: COLLECTION,
        party: finland(),
        instrument: INSTRUMENT,
        revision: 3,
        reference_year: None,
        begun_by: None,
        source: Some(source()),
        previous: Vec::new(),
    }
    .into()
}

pub(super) fn filed() -> Event {
    ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version: 1,
        publication: None,
        source: Some(source()),
        needs: Vec::new(),
    }
    .into()
}

pub(super) fn asked(clarification: u32, question: Option<&str>) -> Event {
    ClarificationRequested {
        clarification,
        question: question.map(str::to_owned),
        text: remark(20),
    }
    .into()
}

pub(super) fn answered_it(clarification: u32) -> Event {
    ClarificationAnswered {
        clarification,
        text: remark(9),
    }
    .into()
}

pub(super) fn took_it_back(clarification: u32) -> Event {
    ClarificationWithdrawn { clarification }.into()
}

pub(super) fn accepted() -> Event {
    ReplyAccepted { version: 1 }.into()
}

pub(super) fn begun(source: Option<Source>) -> Event {
    AmendmentBegun {
        source,
        begun_by: None,
        set_aside: Vec::new(),
    }
    .into()
}

pub(super) fn discarded() -> Event {
    AmendmentDiscarded {
        version: 1,
        ..AmendmentDiscarded::default()
    }
    .into()
}

pub(super) fn withdrawn() -> Event {
    ReplyWithdrawn {
        version: 1,
        reason: remark(30),
    }
    .into()
}

pub(super) fn hand_back() -> Command {
    Command::HandBack {
        section: "A".to_owned(),
        remark: Some(remark(12)),
    }
}

pub(super) fn give_back() -> Command {
    Command::Return {
        section: "A".to_owned(),
        remark: None,
    }
}

/// How many states a life has.
pub(super) const STATES: usize = 19;

/// Those in which nothing was submitted yet.
pub(super) const DRAFTS: [usize; 5] = [1, 2, 9, 17, 18];
/// Those in which the Secretariat has accepted it.
pub(super) const ACCEPTED: [usize; 2] = [5, 7];
/// Those in which it is withdrawn.
pub(super) const WITHDRAWN: [usize; 2] = [8, 14];
/// Those in which its party amends it.
pub(super) const AMENDED: [usize; 4] = [6, 7, 11, 16];
/// Those in which something is asked about it.
pub(super) const ASKED: [usize; 5] = [4, 11, 12, 13, 15];
/// Those in which the Secretariat enters it.
pub(super) const HELD: [usize; 4] = [9, 12, 14, 18];
/// Those in which it stands submitted and nobody can change it.
pub(super) const STANDING: [usize; 3] = [3, 5, 10];

/// Every state.
pub(super) fn whole_life() -> [Vec<Event>; STATES] {
    let complete = vec![started(), complete()];
    let with = |more: &[Event]| [complete.as_slice(), more].concat();
    let paper = vec![entered(), super::complete()];
    let on_paper = |more: &[Event]| [paper.as_slice(), more].concat();
    let changed = answered(&[answer("N1", number(3))]);
    let taken = || begun(Some(source()));
    let by_its_party = AmendmentBegun {
        source: None,
        begun_by: Some(SOMEBODY),
        set_aside: Vec::new(),
    };
    [
        Vec::new(),
        vec![started()],
        complete.clone(),
        with(&[submitted()]),
        with(&[submitted(), asked(1, None)]),
        with(&[submitted(), accepted()]),
        with(&[submitted(), begun(None)]),
        with(&[submitted(), accepted(), begun(None)]),
        with(&[submitted(), withdrawn()]),
        paper.clone(),
        on_paper(&[filed()]),
        // Asked about and amended, by its party and by the Secretariat; asked about, with changes.
        with(&[submitted(), asked(1, None), begun(None)]),
        with(&[submitted(), asked(1, None), taken()]),
        with(&[submitted(), asked(1, None), changed]),
        // Withdrawn, and taken up by the Secretariat.
        with(&[submitted(), withdrawn(), taken()]),
        // Entered and submitted, and asked about, or amended by its party.
        on_paper(&[filed(), asked(1, None)]),
        on_paper(&[filed(), by_its_party.into()]),
        // Entered and discarded: nobody's. Drafted by its party, and taken by the Secretariat.
        on_paper(&[cleared(), AmendmentDiscarded::default().into()]),
        with(&[taken(), cleared()]),
    ]
}

fn cleared() -> Event {
    let codes = vec!["P1".into(), "P2".into()];
    ReplyCleared {
        codes,
        ..ReplyCleared::default()
    }
    .into()
}

#[test]
fn each_state_has_its_status_and_counts_or_not() {
    for (place, events) in whole_life().into_iter().enumerate().skip(1) {
        let reply = evolved::<Reply>(events).expect("a reply");
        let is = |states: &[usize]| states.contains(&place);
        let status = match place {
            _ if is(&DRAFTS) => Status::Draft,
            _ if is(&WITHDRAWN) => Status::Withdrawn,
            _ if is(&ASKED) => Status::Clarification,
            _ if is(&AMENDED) => Status::Amendment,
            _ if is(&ACCEPTED) => Status::Accepted,
            _ => Status::Submitted,
        };
        assert_eq!(reply.status(), status, "state {place}");
        let counts = !is(&DRAFTS) && !is(&WITHDRAWN);
        assert_eq!(reply.counts(), counts, "state {place}");
        assert_eq!(reply.can_change(), !is(&STANDING), "state {place}");
    }
}
