use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::Decider;
use crate::consultation::Consultation;
use crate::instrument::Instrument;
use crate::testing::{assert_table, content, evolved, form, given, stored};
use crate::{DomainEvent, InstrumentId};

mod dispositions;
mod hands;
mod properties;

fn instrument_id() -> InstrumentId {
    InstrumentId(uuid::Uuid::from_u128(1))
}

fn id() -> CommentId {
    CommentId(uuid::Uuid::from_u128(42))
}

/// The consultation, with these events after Finland was asked.
fn consultation(more: &[(&str, Value)]) -> Arc<consultation::State> {
    let opened = json!({"instrument": instrument_id(), "revision": 1, "round": 1, "reference": "CU/2004/52",
        "opened_on": "2004-05-03", "until": {"at": "2004-07-31T21:59:59Z", "time_zone": "Europe/Vienna"},
        "audiences": ["member_state"]});
    let asked = json!({"parties": [{"party": PartyId::from_code("FIN"), "kind": "member_state", "regional_group": "weog"}]});
    let first = [
        ("consultation_opened", opened),
        ("consultation_parties_asked", asked),
    ];
    let events = first.iter().chain(more);
    let events =
        events.map(|(kind, data)| consultation::Event::from_stored(kind, data.clone()).unwrap());
    Arc::new(evolved::<Consultation>(events))
}

/// The instrument, with these events after its first revision.
fn instrument(more: &[(&str, Value)]) -> Arc<instrument::State> {
    let first = [
        (
            "instrument_drafted",
            json!({"title": {"en": "T"}, "category": "I", "route": "intersessional", "languages": ["en"]}),
        ),
        ("instrument_revised", revised(1, &[])),
    ];
    let events = first.iter().chain(more);
    let events =
        events.map(|(kind, data)| instrument::Event::from_stored(kind, data.clone()).unwrap());
    Arc::new(evolved::<Instrument>(events))
}

fn revised(revision: u32, takes_up: &[CommentId]) -> Value {
    json!({"revision": revision, "questionnaire": content(1), "languages": ["en"], "questions": [], "takes_up": takes_up})
}

fn context() -> Context {
    Context {
        comment: id(),
        consultation: consultation(&[]),
        instrument: instrument(&[]),
        form: Arc::new(form()),
        is_replaced: false,
        today: date(2004, 7, 1),
    }
}

fn closed() -> Context {
    Context {
        consultation: consultation(&[("consultation_closed", json!({}))]),
        ..context()
    }
}

fn made() -> CommentMade {
    CommentMade {
        consultation: ConsultationId(uuid::Uuid::from_u128(2)),
        party: PartyId::from_code("FIN"),
        on: CommentSubject::Question("P1".into()),
        lang: Lang::Fr,
        text: content(1),
        wording: Some(content(2)),
        entered_on_behalf: None,
    }
}

fn entered() -> CommentMade {
    CommentMade {
        on: CommentSubject::Instrument(JsonTrue),
        wording: None,
        entered_on_behalf: Some(EnteredOnBehalf {
            source: "Note verbale 17/2004".into(),
            received_on: date(2004, 6, 15),
        }),
        ..made()
    }
}

fn correct(by: CommentingCapacity) -> Command {
    Command::Correct {
        by,
        said: CommentContent {
            on: CommentSubject::Section("A".into()),
            lang: Lang::En,
            text: content(3),
            wording: None,
        },
    }
}

fn disposed(disposition: Disposition) -> CommentDisposed {
    CommentDisposed {
        disposition,
        reason: content(5),
        lang: Lang::En,
        revision: None,
    }
}

fn dispose(disposition: Disposition) -> Command {
    Command::Dispose(disposed(disposition))
}

#[test]
fn every_command_in_every_state() {
    let done = disposed(Disposition::Noted);
    let states = || {
        [
            Vec::new(),
            vec![made().into()],
            vec![entered().into()],
            vec![made().into(), done.clone().into()],
            vec![made().into(), CommentWithdrawn {}.into()],
        ]
    };
    let withdraw = |by| Command::Withdraw { by };
    let (none, again, gone) = (
        "unknown_comment",
        "comment_already_exists",
        "comment_withdrawn",
    );
    let (fixed, theirs) = ("comment_has_disposition", "comment_of_the_party");
    let (corrected, back) = ("comment_corrected", "comment_withdrawn");
    let decided = "comment_disposed";
    assert_table::<Comment, 5>(
        &context(),
        states(),
        [
            (
                Command::Make(made()),
                ["comment_made", again, again, again, again],
            ),
            (
                Command::Make(entered()),
                ["comment_made", again, again, again, again],
            ),
            (
                correct(CommentingCapacity::Party),
                [none, corrected, corrected, fixed, gone],
            ),
            (
                correct(CommentingCapacity::Secretariat),
                [none, theirs, corrected, theirs, gone],
            ),
            (
                withdraw(CommentingCapacity::Party),
                [none, back, back, fixed, gone],
            ),
            (
                withdraw(CommentingCapacity::Secretariat),
                [none, theirs, back, theirs, gone],
            ),
            (
                dispose(Disposition::Accepted),
                [none, decided, decided, decided, gone],
            ),
            (
                dispose(Disposition::Noted),
                [none, decided, decided, "", gone],
            ),
        ],
    );
    let shut = "consultation_closed";
    assert_table::<Comment, 5>(
        &closed(),
        states(),
        [
            (Command::Make(made()), [shut, again, again, again, again]),
            (
                Command::Make(entered()),
                ["comment_made", again, again, again, again],
            ),
            (
                correct(CommentingCapacity::Party),
                [none, shut, shut, fixed, gone],
            ),
            (
                correct(CommentingCapacity::Secretariat),
                [none, theirs, corrected, theirs, gone],
            ),
            (
                withdraw(CommentingCapacity::Party),
                [none, shut, shut, fixed, gone],
            ),
            (
                withdraw(CommentingCapacity::Secretariat),
                [none, theirs, back, theirs, gone],
            ),
            (
                dispose(Disposition::Accepted),
                [none, decided, decided, decided, gone],
            ),
            (
                dispose(Disposition::Noted),
                [none, decided, decided, "", gone],
            ),
        ],
    );
    // Once its comments are published, a consultation takes nothing, and nothing is decided anew.
    let published = json!({"on": "2004-09-01"});
    let published = Context {
        consultation: consultation(&[
            ("consultation_closed", json!({})),
            ("comments_published", published),
        ]),
        ..context()
    };
    let settled = "disposition_fixed";
    assert_table::<Comment, 5>(
        &published,
        states(),
        [
            (Command::Make(made()), [shut, again, again, again, again]),
            (Command::Make(entered()), [shut, again, again, again, again]),
            (
                correct(CommentingCapacity::Secretariat),
                [none, theirs, shut, theirs, gone],
            ),
            (
                withdraw(CommentingCapacity::Secretariat),
                [none, theirs, shut, theirs, gone],
            ),
            (
                dispose(Disposition::Noted),
                [none, settled, settled, settled, gone],
            ),
        ],
    );
}

#[test]
fn only_who_was_asked_comments_and_on_what_is_there() {
    let stranger = CommentMade {
        party: PartyId::from_code("THA"),
        ..made()
    };
    given::<Comment>([])
        .when(&context(), Command::Make(stranger))
        .refused("party_not_asked", &[]);
    let nowhere = Context {
        consultation: Arc::default(),
        ..context()
    };
    given::<Comment>([])
        .when(&nowhere, Command::Make(made()))
        .refused("unknown_consultation", &[]);
    for (on, fault) in [
        (
            CommentSubject::Question("Z9".into()),
            ("no_such_question", "/on/question"),
        ),
        (
            CommentSubject::Section("Z".into()),
            ("no_such_section", "/on/section"),
        ),
    ] {
        let comment = CommentMade {
            on: on.clone(),
            ..made()
        };
        given::<Comment>([])
            .when(&context(), Command::Make(comment))
            .refused("comment_faulty", &[fault]);
        let said = CommentContent {
            on,
            ..evolved::<Comment>([made().into()]).unwrap().said
        };
        let by = CommentingCapacity::Party;
        given::<Comment>([made().into()])
            .when(&context(), Command::Correct { by, said })
            .refused("comment_faulty", &[fault]);
    }
}

#[test]
fn saying_the_same_again_changes_nothing() {
    let said = evolved::<Comment>([made().into()]).unwrap().said;
    let by = CommentingCapacity::Party;
    given::<Comment>([made().into()])
        .when(&context(), Command::Correct { by, said })
        .then([]);
}

#[test]
fn what_a_comment_is_about_has_one_spelling() {
    for (json, on) in [
        (
            json!({"instrument": true}),
            Some(CommentSubject::Instrument(JsonTrue)),
        ),
        (
            json!({"section": "A"}),
            Some(CommentSubject::Section("A".into())),
        ),
        (
            json!({"question": "A1"}),
            Some(CommentSubject::Question("A1".into())),
        ),
        (json!({"instrument": false}), None),
        (json!({"section": "A", "question": "A1"}), None),
        (json!({}), None),
        (json!("instrument"), None),
    ] {
        assert_eq!(serde_json::from_value(json.clone()).ok(), on, "{json}");
    }
}

#[test]
fn stored_events() {
    let corrected = CommentCorrected {
        on: CommentSubject::Section("A".into()),
        lang: Lang::En,
        text: content(3),
        wording: None,
    };
    let samples: [Event; 6] = [
        made().into(),
        entered().into(),
        corrected.into(),
        CommentWithdrawn {}.into(),
        disposed(Disposition::NotAccepted).into(),
        CommentDisposed {
            revision: Some(2),
            ..disposed(Disposition::AcceptedInPart)
        }
        .into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    comment_made {"consultation":"00000000-0000-0000-0000-000000000002","lang":"fr","on":{"question":"P1"},"party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","text":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"},"wording":{"commitment":"0202020202020202020202020202020202020202020202020202020202020202","content":"00000000-0000-0000-0000-000000000002"}}
    comment_made {"consultation":"00000000-0000-0000-0000-000000000002","entered_on_behalf":{"received_on":"2004-06-15","source":"Note verbale 17/2004"},"lang":"fr","on":{"instrument":true},"party":"9d4bc12d-4226-5a7e-821a-46ea584b0221","text":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001"}}
    comment_corrected {"lang":"en","on":{"section":"A"},"text":{"commitment":"0303030303030303030303030303030303030303030303030303030303030303","content":"00000000-0000-0000-0000-000000000003"}}
    comment_withdrawn {}
    comment_disposed {"disposition":"not_accepted","lang":"en","reason":{"commitment":"0505050505050505050505050505050505050505050505050505050505050505","content":"00000000-0000-0000-0000-000000000005"}}
    comment_disposed {"disposition":"accepted_in_part","lang":"en","reason":{"commitment":"0505050505050505050505050505050505050505050505050505050505050505","content":"00000000-0000-0000-0000-000000000005"},"revision":2}
    "#);
}
