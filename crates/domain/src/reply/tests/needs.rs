//! Needs beside a reply: its submission names those that are drafted, each once.

use super::lives::*;
use super::*;
use crate::NeedId;

const FIRST: NeedId = NeedId(uuid::Uuid::from_u128(21));
const SECOND: NeedId = NeedId(uuid::Uuid::from_u128(22));

fn drafted(needs: &[NeedId]) -> Context {
    Context {
        needs: Some(needs.to_vec()),
        ..open()
    }
}

fn named(version: u32, needs: &[NeedId]) -> Event {
    ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version,
        publication: None,
        source: None,
        needs: needs.to_vec(),
    }
    .into()
}

#[test]
fn a_submission_names_the_needs_that_are_drafted_and_no_submission_before_it_did() {
    given::<Reply>([started(), complete()])
        .when(&drafted(&[FIRST]), Command::Submit { publication: None })
        .then([named(1, &[FIRST])]);
    given::<Reply>([started(), complete(), named(1, &[FIRST]), begun(None)])
        .when(
            &drafted(&[FIRST, SECOND]),
            Command::Submit { publication: None },
        )
        .then([named(2, &[SECOND])]);
}

fn discarded(dropped: &[NeedId], given_back: &[NeedId]) -> AmendmentDiscarded {
    AmendmentDiscarded {
        version: 1,
        dropped: dropped.to_vec(),
        given_back: given_back.to_vec(),
        resumes: false,
    }
}

/// By the Secretariat, where these needs are drafted beside the reply.
fn by_secretariat(needs: &[NeedId]) -> Context {
    Context {
        hand: ReplyCapacity::Secretariat,
        ..drafted(needs)
    }
}

fn amended() -> Vec<Event> {
    let before = [started(), complete(), named(1, &[])];
    before.into_iter().chain([begun(None)]).collect()
}

#[test]
fn what_is_drafted_beside_an_amendment_goes_with_it() {
    let both = drafted(&[FIRST, SECOND]);
    let gone = discarded(&[FIRST], &[]);
    given::<Reply>(amended())
        .when(&drafted(&[FIRST]), Command::DiscardAmendment)
        .then([gone.clone().into()]);
    // What is drafted afterwards is indicated, and only that.
    let again = [gone.into(), begun(None)];
    given::<Reply>(amended().into_iter().chain(again))
        .when(&both, submit(None))
        .then([named(2, &[SECOND])]);
}

#[test]
fn what_is_drafted_beside_an_entry_goes_with_it() {
    let gone = AmendmentDiscarded {
        version: 0,
        ..discarded(&[FIRST], &[])
    };
    given::<Reply>([entered()])
        .when(&by_secretariat(&[FIRST]), Command::DiscardAmendment)
        .then([gone.clone().into()]);
    given::<Reply>([entered(), gone.into(), complete()])
        .when(&drafted(&[FIRST, SECOND]), submit(None))
        .then([named(1, &[SECOND])]);
}

#[test]
fn a_need_drafted_during_a_clarification_that_words_answer_goes_on_as_an_amendment() {
    let asked = [started(), complete(), named(1, &[]), asked(1, None)];
    given::<Reply>(asked.clone())
        .when(&drafted(&[FIRST]), answer_it(1))
        .then([begun(None), answered_it(1)]);
    given::<Reply>(asked)
        .when(&by_secretariat(&[FIRST]), take_it_back(1))
        .then([begun(None), took_it_back(1)]);
}

#[test]
fn nobody_indicates_what_the_other_hand_drafted() {
    let taken = AmendmentBegun {
        source: Some(source()),
        begun_by: None,
        set_aside: vec![FIRST],
    };
    given::<Reply>(amended())
        .when(&by_secretariat(&[FIRST]), begin(Some(source())))
        .then([taken.clone().into()]);
    let filed = ReplySubmitted {
        unconfirmed: 0,
        revision: None,
        version: 2,
        publication: None,
        source: Some(source()),
        needs: vec![SECOND],
    };
    let taken: Vec<Event> = amended().into_iter().chain([taken.into()]).collect();
    given::<Reply>(taken.clone())
        .when(&by_secretariat(&[FIRST, SECOND]), submit(None))
        .then([filed.into()]);
    // Discarded, the party's draft is one again, and the amendment that it belongs to goes on.
    let back = AmendmentDiscarded {
        resumes: true,
        ..discarded(&[SECOND], &[FIRST])
    };
    given::<Reply>(taken.clone())
        .when(&by_secretariat(&[FIRST, SECOND]), Command::DiscardAmendment)
        .then([back.clone().into()]);
    given::<Reply>(taken.into_iter().chain([back.into()]))
        .when(&drafted(&[FIRST, SECOND]), submit(None))
        .then([named(2, &[FIRST])]);
}

#[test]
fn stored_events_with_needs() {
    let stored = named(1, &[FIRST]);
    let data = crate::DomainEvent::to_data(&stored);
    insta::assert_snapshot!(data, @r#"{"needs":["00000000-0000-0000-0000-000000000015"],"version":1}"#);
    let read = <Event as crate::DomainEvent>::from_stored("reply_submitted", data);
    assert_eq!(read.unwrap(), stored);
    let taken = AmendmentBegun {
        source: None,
        begun_by: None,
        set_aside: vec![FIRST],
    };
    let back = AmendmentDiscarded {
        resumes: true,
        ..discarded(&[SECOND], &[FIRST])
    };
    for (event, pinned) in [
        (
            Event::from(taken),
            r#"{"set_aside":["00000000-0000-0000-0000-000000000015"]}"#,
        ),
        (
            back.into(),
            r#"{"dropped":["00000000-0000-0000-0000-000000000016"],"given_back":["00000000-0000-0000-0000-000000000015"],"resumes":true,"version":1}"#,
        ),
    ] {
        let data = crate::DomainEvent::to_data(&event);
        assert_eq!(
            data,
            serde_json::from_str::<serde_json::Value>(pinned).unwrap()
        );
        let kind = crate::DomainEvent::kind(&event);
        let read = <Event as crate::DomainEvent>::from_stored(kind, data);
        assert_eq!(read.unwrap(), event);
    }
}

#[test]
fn where_nobody_looked_for_needs_nothing_is_submitted() {
    let unread = Context {
        needs: None,
        ..open()
    };
    given::<Reply>([started(), complete()])
        .when(&unread, Command::Submit { publication: None })
        .refused("reply_incomplete", &[]);
}
