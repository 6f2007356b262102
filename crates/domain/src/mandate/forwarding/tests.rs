use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{MandateEvent, State, evaluate};
use crate::PartyId;

/// Paragraph 6 after these events on the consultations of an instrument that the expert meeting made, each by its round.
fn sixth(consulted: &[(u32, &str, Value)]) -> State {
    let (meeting, instrument) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let made = [
        (
            meeting,
            "meeting_convened",
            json!({"kind": "expert_group", "title": {"en": "M"}, "starts_on": "2004-03-16", "ends_on": "2004-03-18",
                   "categories": ["I"]}),
        ),
        (
            instrument,
            "instrument_drafted",
            json!({"title": {"en": "T"}, "category": "I", "route": "intersessional", "languages": ["en"]}),
        ),
        (
            meeting,
            "meeting_outcome_recorded",
            json!({"kind": "expert_group", "revisions": [{"instrument": instrument, "revision": 1}]}),
        ),
    ];
    let consulted = consulted.iter().map(|(round, kind, data)| {
        let mut data = data.clone();
        if *kind == "consultation_opened" {
            let opened = json!({"instrument": instrument, "revision": 1, "round": round, "reference": "CU/2004/52",
                "opened_on": "2004-05-03", "until": {"at": "2004-07-31T21:59:59Z", "time_zone": "Europe/Vienna"}});
            let opened = opened.as_object().unwrap().clone();
            data.as_object_mut().unwrap().extend(opened);
        }
        (Uuid::from_u128(100 + u128::from(*round)), *kind, data)
    });
    let events = made.into_iter().chain(consulted);
    let recorded = (1..)
        .zip(events)
        .map(|(position, (stream, kind, data))| MandateEvent {
            position,
            stream,
            kind: kind.to_owned(),
            data,
        });
    let recorded: Vec<MandateEvent> = recorded.collect();
    evaluate(&recorded).unwrap()[5].state
}

fn opened(audiences: &[&str]) -> Value {
    json!({ "audiences": audiences })
}

fn asked(audiences: &[&str], parties: &[(&str, &str)]) -> Value {
    let parties = parties.iter();
    let parties =
        parties.map(|(code, kind)| json!({"party": PartyId::from_code(code), "kind": kind}));
    json!({"audiences": audiences, "parties": parties.collect::<Vec<_>>()})
}

const ALL: [&str; 5] = [
    "member_state",
    "igo",
    "ngo",
    "programme_institute",
    "un_entity",
];
const PARTIES: [(&str, &str); 5] = [
    ("FIN", "member_state"),
    ("ICPO", "igo"),
    ("PRI", "ngo"),
    ("HEUNI", "programme_institute"),
    ("UNICEF", "un_entity"),
];
const OPENED: &str = "consultation_opened";
const ASKED: &str = "consultation_parties_asked";

#[test]
fn all_four_audiences_are_asked_in_one_letter_in_two_steps_or_in_two_letters() {
    for letters in [
        vec![(1, OPENED, opened(&ALL)), (1, ASKED, asked(&[], &PARTIES))],
        vec![
            (1, OPENED, opened(&ALL[..2])),
            (1, ASKED, asked(&[], &PARTIES[..2])),
            (1, ASKED, asked(&ALL[2..], &PARTIES[2..])),
        ],
        // Intergovernmental and non-governmental organizations by letters of their own.
        vec![
            (1, OPENED, opened(&ALL[..2])),
            (1, ASKED, asked(&[], &PARTIES[..2])),
            (2, OPENED, opened(&ALL[2..])),
            (2, ASKED, asked(&[], &PARTIES[2..])),
        ],
    ] {
        for end in 1..letters.len() {
            assert_eq!(sixth(&letters[..end]), State::UnderWay);
        }
        assert_eq!(sixth(&letters), State::Done);
    }
}

#[test]
fn an_audience_of_which_nobody_was_asked_was_not_forwarded_to_nor_one_of_which_some_were_by_name() {
    for letters in [
        vec![
            (1, OPENED, opened(&ALL)),
            (1, ASKED, asked(&[], &PARTIES[..4])),
        ],
        vec![
            (1, OPENED, opened(&ALL[..4])),
            (1, ASKED, asked(&[], &PARTIES)),
        ],
    ] {
        assert_eq!(sixth(&letters), State::UnderWay);
    }
    assert_eq!(sixth(&[]), State::NotBegun);
}
