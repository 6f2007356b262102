//! What was answered in the last round, beside a reply that begins.

use serde_json::json;

use super::*;
use crate::ReplyId;
use crate::questionnaire::{Questionnaire, SameAs};

const LAST: PreviousVersion = PreviousVersion {
    instrument: INSTRUMENT,
    collection: CollectionId(uuid::Uuid::from_u128(6)),
    reply: ReplyId(uuid::Uuid::from_u128(5)),
    version: 2,
};

/// The reply begins beside what was accepted last.
pub(super) fn begun() -> Event {
    let Event::ReplyStarted(started) = started() else {
        unreachable!("it is begun")
    };
    ReplyStarted {
        previous: vec![LAST],
        ..started
    }
    .into()
}

pub(super) fn carried(addresses: &[&str]) -> Event {
    let addresses = addresses.iter().map(|address| (*address).to_owned());
    ReplyCarriedOver {
        addresses: addresses.collect(),
    }
    .into()
}

/// A reply with these answers, as it was submitted.
fn submitted_with(answers: &[Answer]) -> Reply {
    let submitted = evolved::<Reply>([started(), answered(answers), submitted()]);
    submitted.unwrap().as_submitted()
}

fn beside(answers: &[Answer]) -> Context {
    let last = submitted_with(answers);
    let previous = PreviousAnswers::new(&form(), (INSTRUMENT, &Lineage::new()), [(LAST, &last)]);
    Context {
        last_versions: vec![LAST],
        previous: Some(Arc::new(previous)),
        ..open()
    }
}

fn section(code: &str) -> Selection {
    Selection {
        sections: Some(vec![code.to_owned()]),
        addresses: None,
    }
}

fn address(code: &str) -> Selection {
    Selection {
        addresses: Some(vec![code.to_owned()]),
        sections: None,
    }
}

#[test]
fn what_is_carried_over_is_blank_until_it_is_confirmed_and_answered_anew_it_is_gone() {
    let (carry, confirm) = (Command::CarryOver, Command::Confirm);
    let all = Selection::default;
    let (none, locked, faulty) = ("unknown_reply", "reply_submitted", "unknown_question");
    let incomplete = "reply_incomplete";
    assert_table::<Reply, 5>(
        &beside(&[yes(), hindered(&["money"]), words(5)]),
        [
            vec![],
            vec![begun()],
            vec![begun(), carried(&["P1", "P2"])],
            vec![
                begun(),
                carried(&["P1", "P2"]),
                answered(&[hindered(&["staff"])]),
            ],
            vec![begun(), carried(&["P3"]), complete(), submitted()],
        ],
        [
            (
                start(finland()),
                [
                    "reply_started",
                    "reply_already_started",
                    "reply_already_started",
                    "reply_already_started",
                    "reply_already_started",
                ],
            ),
            (
                carry(all()),
                [
                    none,
                    "reply_carried_over",
                    "reply_carried_over",
                    "reply_carried_over",
                    locked,
                ],
            ),
            (
                carry(section("A")),
                [
                    none,
                    "reply_carried_over",
                    "reply_carried_over",
                    "reply_carried_over",
                    locked,
                ],
            ),
            (
                carry(address("P2")),
                [none, "reply_carried_over", "", "", locked],
            ),
            (carry(address("Z9")), [none, faulty, faulty, faulty, locked]),
            (
                confirm(all()),
                [none, "", "reply_answered", "reply_answered", locked],
            ),
            (
                confirm(address("P2")),
                [none, "", "reply_answered", "", locked],
            ),
            (
                confirm(section("Z")),
                [none, faulty, faulty, faulty, locked],
            ),
            (
                save(&[], &["P1"]),
                [none, "", "reply_cleared", "reply_cleared", locked],
            ),
            (
                submit(None),
                [none, incomplete, incomplete, incomplete, locked],
            ),
        ],
    );
    given::<Reply>([begun(), carried(&["P1", "P2"])])
        .when(&beside(&[yes(), hindered(&["money"])]), confirm(all()))
        .then([answered(&[yes(), hindered(&["money"])])]);
    given::<Reply>([begun(), carried(&["P1"]), answered(&[hindered(&["money"])])])
        .when(&beside(&[yes()]), submit(None))
        .refused(
            "reply_incomplete",
            &[("answer_not_confirmed", "/answers/P1")],
        );
    // What is submitted leaves the rest out for good; who was never here before has nothing to carry over.
    let submitted = evolved::<Reply>([begun(), carried(&["P3"]), complete(), submitted()]);
    assert_eq!(submitted.unwrap().carried.size(), 0);
    given::<Reply>([started()])
        .when(&beside(&[yes()]), carry(all()))
        .refused("no_previous_round", &[]);
}

#[test]
fn in_one_instrument_the_code_says_what_is_the_same_over_two_the_question_does() {
    let other = InstrumentId(uuid::Uuid::from_u128(9));
    let of_other = PreviousVersion {
        instrument: other,
        ..LAST
    };
    let text = json!({"en": "?", "fr": "?"});
    let asked = json!({"title": text, "sections": [{"code": "A", "title": text, "questions": [
        {"code": "P1", "type": "one_choice", "heading": "application", "scale": "yes_in_part_no", "text": text},
        {"code": "P9", "type": "several_choices", "heading": "application", "text": text,
         "same_as": SameAs { instrument: other, question: "P2".into() },
         "options": [{"value": "money", "label": text}, {"value": "law", "label": text}]},
        {"code": "P2", "type": "text", "heading": "application", "text": text},
    ]}]});
    let form: Form = Questionnaire::read(&asked).unwrap().into();
    let last = submitted_with(&[yes(), hindered(&["money"])]);
    let older = InstrumentId(uuid::Uuid::from_u128(10));
    let lineage = Lineage::from([(
        "P9".to_owned(),
        vec![
            SameAs {
                instrument: other,
                question: "P2".into(),
            },
            SameAs {
                instrument: older,
                question: "P2".into(),
            },
        ],
    )]);
    let found = |versions: &[PreviousVersion]| {
        let versions = versions.iter().map(|version| (*version, &last));
        let previous = PreviousAnswers::new(&form, (INSTRUMENT, &lineage), versions);
        let told = previous.iter().map(|(address, answer)| {
            (
                address.to_owned(),
                answer.address.clone(),
                answer.of.instrument,
                answer.can_be_carried,
            )
        });
        told.collect::<Vec<_>>()
    };
    let row = |address: &str, there: &str, of, carried| {
        (address.to_owned(), there.to_owned(), of, carried)
    };
    // P2 is another type in this instrument, so nothing of it is beside P2.
    assert_eq!(found(&[LAST]), [row("P1", "P1", INSTRUMENT, true)]);
    let of_older = PreviousVersion {
        instrument: older,
        ..LAST
    };
    let last = submitted_with(&[hindered(&["staff"])]);
    let gone = PreviousAnswers::new(&form, (INSTRUMENT, &lineage), [(of_other, &last)]);
    let shown = gone.get("P9").unwrap();
    assert!(!shown.can_be_carried, "there is no such option any more");
    assert_eq!(found(&[of_older]), [row("P9", "P2", older, true)]);
    assert_eq!(found(&[of_other]), [row("P9", "P2", other, true)]);
    assert_eq!(
        found(&[of_other, LAST]),
        [
            row("P1", "P1", INSTRUMENT, true),
            row("P9", "P2", other, true)
        ]
    );
}
