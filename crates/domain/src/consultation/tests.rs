use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::instrument::Instrument;
use crate::party::RegionalGroup;
use crate::testing::{assert_table, evolved, given, stored};
use crate::{CommentId, Lang, instrument};

mod properties;
mod rules;

fn instrument_id() -> InstrumentId {
    InstrumentId(uuid::Uuid::from_u128(1))
}

fn content() -> serde_json::Value {
    json!({"content": uuid::Uuid::from_u128(9), "commitment": "09".repeat(32)})
}

/// An instrument with these events after its first revision.
fn instrument(more: &[(&str, serde_json::Value)]) -> Arc<instrument::State> {
    use crate::DomainEvent;
    let revised = |n: u32| json!({"revision": n, "questionnaire": content(), "languages": ["en"], "questions": []});
    let first = [
        (
            "instrument_drafted",
            json!({"title": {"en": "T"}, "category": "I", "route": "intersessional", "languages": ["en"]}),
        ),
        ("instrument_revised", revised(1)),
    ];
    let events = first.iter().chain(more);
    let events =
        events.map(|(kind, data)| instrument::Event::from_stored(kind, data.clone()).unwrap());
    Arc::new(evolved::<Instrument>(events))
}

fn context() -> Context {
    Context {
        instrument: instrument(&[]),
        undisposed: Some(Vec::new()),
        today: date(2004, 9, 1),
    }
}

fn deadline(at: &str) -> Deadline {
    Deadline {
        at: at.parse().unwrap(),
        time_zone: "Europe/Vienna".into(),
    }
}

fn opened() -> ConsultationOpened {
    ConsultationOpened {
        instrument: instrument_id(),
        revision: 1,
        round: 1,
        title: Some(Texts::from([(Lang::En, "Comments on category I")])),
        reference: "CU/2004/52".into(),
        opened_on: date(2004, 5, 3),
        until: deadline("2004-07-31T21:59:59Z"),
        audiences: vec![PartyKind::MemberState, PartyKind::Ngo],
        contact: None,
    }
}

fn party(code: &str) -> ConsultedParty {
    ConsultedParty {
        party: PartyId::from_code(code),
        kind: PartyKind::MemberState,
        regional_group: Some(RegionalGroup::Weog),
    }
}

fn open(asked: &[ConsultedParty]) -> Command {
    Command::Open {
        opening: opened(),
        asked: asked.to_vec(),
    }
}

fn ask(codes: &[&str]) -> Command {
    Command::Ask {
        named: codes.iter().copied().map(party).collect(),
        audiences: Vec::new(),
        others: Vec::new(),
    }
}

/// Everybody of this kind, which these are.
fn ask_all(kind: PartyKind, codes: &[&str]) -> Command {
    let others = codes.iter().copied().map(party);
    Command::Ask {
        named: Vec::new(),
        audiences: vec![kind],
        others: others
            .map(|asked| ConsultedParty { kind, ..asked })
            .collect(),
    }
}

fn extend(at: &str) -> Command {
    Command::Extend {
        until: deadline(at),
    }
}

fn close() -> Command {
    Command::Close { reason: None }
}

fn words(length: u32) -> Words {
    Words {
        content: crate::testing::content(7),
        lang: Lang::En,
        length,
    }
}

fn reopen() -> Command {
    Command::Reopen { reason: words(22) }
}

fn publish() -> Command {
    Command::Publish {
        on: date(2004, 9, 1),
    }
}

fn asked(code: &str) -> Event {
    ConsultationPartiesAsked {
        audiences: Vec::new(),
        parties: vec![party(code)],
    }
    .into()
}

fn closed() -> Event {
    ConsultationClosed { reason: None }.into()
}

fn published() -> Event {
    CommentsPublished {
        on: date(2004, 9, 1),
    }
    .into()
}

#[test]
fn every_command_in_every_state() {
    let opened: Event = opened().into();
    let reopened: Event = ConsultationReopened {
        reason: Reason::Words(words(7)),
    }
    .into();
    let with = |events: &[Event]| [&[opened.clone(), asked("FIN")], events].concat();
    let states = [
        Vec::new(),
        with(&[]),
        with(&[closed()]),
        with(&[closed(), reopened]),
        with(&[closed(), published()]),
    ];
    let (none, again) = ("unknown_consultation", "consultation_already_exists");
    let (is_closed, is_open, out) = (
        "consultation_closed",
        "consultation_open",
        "comments_already_published",
    );
    let (more, twice) = ("consultation_parties_asked", "party_already_asked");
    assert_table::<Consultation, 5>(
        &context(),
        states,
        [
            (
                open(&[]),
                ["consultation_opened", again, again, again, again],
            ),
            (
                open(&[party("FIN")]),
                [
                    "consultation_opened consultation_parties_asked",
                    again,
                    again,
                    again,
                    again,
                ],
            ),
            (ask(&["THA"]), [none, more, is_closed, more, is_closed]),
            (ask(&["FIN"]), [none, twice, is_closed, twice, is_closed]),
            (ask(&[]), [none, "", is_closed, "", is_closed]),
            (
                ask_all(PartyKind::MemberState, &["FIN"]),
                [none, "", is_closed, "", is_closed],
            ),
            (
                ask_all(PartyKind::Igo, &[]),
                [none, more, is_closed, more, is_closed],
            ),
            (
                extend("2004-08-31T21:59:59Z"),
                [
                    none,
                    "consultation_extended",
                    is_closed,
                    "consultation_extended",
                    is_closed,
                ],
            ),
            (
                close(),
                [
                    none,
                    "consultation_closed",
                    is_closed,
                    "consultation_closed",
                    is_closed,
                ],
            ),
            (
                reopen(),
                [none, is_open, "consultation_reopened", is_open, out],
            ),
            (
                publish(),
                [none, is_open, "comments_published", is_open, out],
            ),
        ],
    );
}

#[test]
fn only_the_latest_revision_of_an_instrument_that_is_worked_on_is_forwarded() {
    let revised =
        json!({"revision": 2, "questionnaire": content(), "languages": ["en"], "questions": []});
    let meeting = uuid::Uuid::from_u128(7);
    let presented = json!({"revision": 1, "meeting": meeting, "on": "2004-09-01"});
    let returned = json!({"revision": 1, "meeting": meeting, "on": "2004-09-02", "remarks": content(), "lang": "en"});
    let approved = json!({"revision": 1, "route": "intersessional", "meeting": "M", "decision": "D", "date": "2004-09-02"});
    let withdrawn = json!({"reason": content(), "lang": "en"});
    let presented = ("instrument_presented", presented);
    let superseded = instrument(&[("instrument_revised", revised)]);
    for (instrument, refusal) in [
        (Arc::default(), "unknown_revision"),
        (superseded, "revision_superseded"),
        (
            instrument(std::slice::from_ref(&presented)),
            "instrument_presented",
        ),
        (
            instrument(&[("instrument_approved", approved)]),
            "revision_already_approved",
        ),
        (
            instrument(&[("instrument_withdrawn", withdrawn)]),
            "instrument_withdrawn",
        ),
    ] {
        let context = Context {
            instrument,
            ..context()
        };
        given::<Consultation>([])
            .when(&context, open(&[]))
            .refused(refusal, &[]);
        given::<Consultation>([opened().into(), closed()])
            .when(&context, reopen())
            .refused(refusal, &[]);
    }
    let returned = Context {
        instrument: instrument(&[presented, ("instrument_returned", returned)]),
        ..context()
    };
    given::<Consultation>([])
        .when(&returned, open(&[]))
        .then([opened().into()]);
}

#[test]
fn stored_events() {
    let bare = ConsultationOpened {
        title: None,
        audiences: Vec::new(),
        ..opened()
    };
    let ngo = ConsultedParty {
        kind: PartyKind::Ngo,
        regional_group: None,
        ..party("AI")
    };
    let samples: [Event; 11] = [
        opened().into(),
        bare.into(),
        ConsultationPartiesAsked {
            audiences: Vec::new(),
            parties: vec![party("FIN"), ngo.clone()],
        }
        .into(),
        ConsultationPartiesAsked {
            audiences: vec![PartyKind::Ngo],
            parties: vec![ngo],
        }
        .into(),
        ConsultationExtended {
            until: deadline("2004-08-31T21:59:59Z"),
        }
        .into(),
        closed(),
        ConsultationClosed {
            reason: Some(Reason::Text("The meeting is near".into())),
        }
        .into(),
        ConsultationClosed {
            reason: Some(Reason::Words(words(19))),
        }
        .into(),
        ConsultationReopened {
            reason: Reason::Text("A State asked for time".into()),
        }
        .into(),
        ConsultationReopened {
            reason: Reason::Words(words(22)),
        }
        .into(),
        published(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    consultation_opened {"audiences":["member_state","ngo"],"instrument":"00000000-0000-0000-0000-000000000001","opened_on":"2004-05-03","reference":"CU/2004/52","revision":1,"round":1,"title":{"en":"Comments on category I"},"until":{"at":"2004-07-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_opened {"audiences":[],"instrument":"00000000-0000-0000-0000-000000000001","opened_on":"2004-05-03","reference":"CU/2004/52","revision":1,"round":1,"until":{"at":"2004-07-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_parties_asked {"parties":[{"kind":"member_state","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","regional_group":"weog"},{"kind":"ngo","party":"c9242b9e-9fda-59ed-935d-885a83a7435a"}]}
    consultation_parties_asked {"audiences":["ngo"],"parties":[{"kind":"ngo","party":"c9242b9e-9fda-59ed-935d-885a83a7435a"}]}
    consultation_extended {"until":{"at":"2004-08-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_closed {}
    consultation_closed {"reason":"The meeting is near"}
    consultation_closed {"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":19}}
    consultation_reopened {"reason":"A State asked for time"}
    consultation_reopened {"reason":{"commitment":"0707070707070707070707070707070707070707070707070707070707070707","content":"00000000-0000-0000-0000-000000000007","lang":"en","length":22}}
    comments_published {"on":"2004-09-01"}
    "#);
}
