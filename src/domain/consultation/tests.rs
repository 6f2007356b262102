use jiff::civil::date;
use serde_json::json;

use super::*;
use crate::domain::instrument::Instrument;
use crate::domain::party::RegionalGroup;
use crate::domain::testing::{assert_table, evolved, given, stored};
use crate::domain::{CommentId, Lang, instrument};

mod properties;

fn instrument_id() -> InstrumentId {
    InstrumentId(uuid::Uuid::from_u128(1))
}

fn content() -> serde_json::Value {
    json!({"content": uuid::Uuid::from_u128(9), "commitment": "09".repeat(32)})
}

/// An instrument with these events after its first revision.
fn instrument(more: &[(&str, serde_json::Value)]) -> Arc<instrument::State> {
    use crate::domain::DomainEvent;
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
        undisposed: Vec::new(),
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
    }
}

fn party(code: &str) -> Asked {
    Asked {
        party: PartyId::of(code),
        kind: PartyKind::MemberState,
        regional_group: Some(RegionalGroup::Weog),
    }
}

fn open(asked: &[Asked]) -> Command {
    Command::Open {
        opening: opened(),
        asked: asked.to_vec(),
    }
}

fn ask(codes: &[&str]) -> Command {
    Command::Ask {
        parties: codes.iter().copied().map(party).collect(),
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

fn reopen() -> Command {
    Command::Reopen {
        reason: "A State asked for time".into(),
    }
}

fn publish() -> Command {
    Command::Publish {
        on: date(2004, 9, 1),
    }
}

fn asked(code: &str) -> Event {
    ConsultationPartiesAsked {
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
        reason: "Why not".into(),
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
fn every_fault_of_an_opening_is_listed() {
    let opening = ConsultationOpened {
        title: Some(Texts::default()),
        reference: " ".into(),
        until: Deadline {
            time_zone: "Europe/Atlantis".into(),
            ..opened().until
        },
        audiences: vec![PartyKind::Ngo, PartyKind::Igo, PartyKind::Ngo],
        ..opened()
    };
    let asked = vec![party("FIN"), party("THA"), party("FIN")];
    given::<Consultation>([])
        .when(&context(), Command::Open { opening, asked })
        .refused(
            "consultation_faulty",
            &[
                ("blank", "/title"),
                ("blank", "/reference"),
                ("unknown_time_zone", "/deadline/time_zone"),
                ("audience_listed_twice", "/audiences/2"),
                ("party_listed_twice", "/parties/2"),
            ],
        );
    let opening = ConsultationOpened {
        opened_on: date(2004, 8, 1),
        ..opened()
    };
    given::<Consultation>([])
        .when(
            &context(),
            Command::Open {
                opening,
                asked: Vec::new(),
            },
        )
        .refused(
            "consultation_faulty",
            &[("deadline_before_opening", "/deadline/at")],
        );
}

#[test]
fn an_extension_gives_more_time() {
    for (at, fault) in [
        ("2004-07-31T21:59:59Z", "no_extension"),
        ("2004-06-30T21:59:59Z", "no_extension"),
        ("2004-04-30T21:59:59Z", "deadline_before_opening"),
    ] {
        given::<Consultation>([opened().into()])
            .when(&context(), extend(at))
            .refused("consultation_faulty", &[(fault, "/deadline/at")]);
    }
}

#[test]
fn nothing_is_published_while_a_comment_waits_or_before_the_opening() {
    let comment = CommentId(uuid::Uuid::from_u128(4));
    let waiting = Context {
        undisposed: vec![Undisposed {
            comment,
            party: "FIN".into(),
        }],
        ..context()
    };
    given::<Consultation>([opened().into(), closed()])
        .when(&waiting, publish())
        .refused(
            "comments_undisposed",
            &[(
                "comment_without_disposition",
                &format!("/comments/{comment}"),
            )],
        );
    let on = date(2004, 5, 2);
    given::<Consultation>([opened().into(), closed()])
        .when(&context(), Command::Publish { on })
        .refused("consultation_faulty", &[("before_opening", "/on")]);
}

#[test]
fn closing_and_reopening_say_something_or_nothing() {
    let reason = Some(" ".into());
    given::<Consultation>([opened().into()])
        .when(&context(), Command::Close { reason })
        .refused("consultation_faulty", &[("blank", "/reason")]);
    let reason = String::new();
    given::<Consultation>([opened().into(), closed()])
        .when(&context(), Command::Reopen { reason })
        .refused("consultation_faulty", &[("blank", "/reason")]);
}

#[test]
fn stored_events() {
    let bare = ConsultationOpened {
        title: None,
        audiences: Vec::new(),
        ..opened()
    };
    let ngo = Asked {
        kind: PartyKind::Ngo,
        regional_group: None,
        ..party("AI")
    };
    let samples: [Event; 8] = [
        opened().into(),
        bare.into(),
        ConsultationPartiesAsked {
            parties: vec![party("FIN"), ngo],
        }
        .into(),
        ConsultationExtended {
            until: deadline("2004-08-31T21:59:59Z"),
        }
        .into(),
        closed(),
        ConsultationClosed {
            reason: Some("The meeting is near".into()),
        }
        .into(),
        ConsultationReopened {
            reason: "A State asked for time".into(),
        }
        .into(),
        published(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    consultation_opened {"audiences":["member_state","ngo"],"instrument":"00000000-0000-0000-0000-000000000001","opened_on":"2004-05-03","reference":"CU/2004/52","revision":1,"round":1,"title":{"en":"Comments on category I"},"until":{"at":"2004-07-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_opened {"audiences":[],"instrument":"00000000-0000-0000-0000-000000000001","opened_on":"2004-05-03","reference":"CU/2004/52","revision":1,"round":1,"until":{"at":"2004-07-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_parties_asked {"parties":[{"kind":"member_state","party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","regional_group":"weog"},{"kind":"ngo","party":"c9242b9e-9fda-59ed-935d-885a83a7435a"}]}
    consultation_extended {"until":{"at":"2004-08-31T21:59:59Z","time_zone":"Europe/Vienna"}}
    consultation_closed {}
    consultation_closed {"reason":"The meeting is near"}
    consultation_reopened {"reason":"A State asked for time"}
    comments_published {"on":"2004-09-01"}
    "#);
}
