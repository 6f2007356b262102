//! The states of a whole life, and what is said of each.

use super::*;
use crate::domain::reply::events::*;

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
        begun_by: None,
        source: Some(source()),
    }
    .into()
}

pub(super) fn filed() -> Event {
    ReplySubmitted {
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
    }
    .into()
}

pub(super) fn discarded() -> Event {
    AmendmentDiscarded { version: 1 }.into()
}

pub(super) fn withdrawn() -> Event {
    ReplyWithdrawn {
        version: 1,
        reason: remark(30),
    }
    .into()
}

/// Every state: none, draft, complete, submitted, asked about, accepted, amended, amended after it was accepted, withdrawn,
/// being entered, entered and submitted.
pub(super) fn whole_life() -> [Vec<Event>; 11] {
    let complete = vec![started(), complete()];
    let with = |more: &[Event]| [complete.as_slice(), more].concat();
    let paper = vec![entered(), super::complete()];
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
        [paper, vec![filed()]].concat(),
    ]
}

#[test]
fn each_state_has_its_status_and_counts_or_not() {
    use Status::*;
    let told = whole_life().map(|events| {
        let reply = evolved::<Reply>(events);
        reply.map(|reply| (reply.status(), reply.counts(), reply.can_change()))
    });
    assert_eq!(
        told,
        [
            None,
            Some((Draft, false, true)),
            Some((Draft, false, true)),
            Some((Submitted, true, false)),
            Some((Clarification, true, true)),
            Some((Accepted, true, false)),
            Some((Amendment, true, true)),
            Some((Amendment, true, true)),
            Some((Withdrawn, false, true)),
            Some((Draft, false, true)),
            Some((Submitted, true, false)),
        ]
    );
}
