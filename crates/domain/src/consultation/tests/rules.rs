//! What is said of a consultation, and who is asked in it.

use super::*;

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
        undisposed: Some(vec![BlockingComment {
            comment,
            party: "FIN".into(),
        }]),
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
    let unread = Context {
        undisposed: None,
        ..context()
    };
    given::<Consultation>([opened().into(), closed()])
        .when(&unread, publish())
        .refused("comments_undisposed", &[]);
    let on = date(2004, 5, 2);
    given::<Consultation>([opened().into(), closed()])
        .when(&context(), Command::Publish { on })
        .refused("consultation_faulty", &[("before_opening", "/on")]);
    let on = date(2004, 9, 3);
    given::<Consultation>([opened().into(), closed()])
        .when(&context(), Command::Publish { on })
        .refused("consultation_faulty", &[("day_in_the_future", "/on")]);
}

#[test]
fn the_rest_of_a_kind_is_asked_without_those_who_were_asked_by_name() {
    let igo = |code: &str| ConsultedParty {
        kind: PartyKind::Igo,
        ..party(code)
    };
    let addressed = ConsultationPartiesAsked {
        audiences: vec![PartyKind::Igo],
        parties: vec![igo("ICPO"), igo("COE")],
    };
    given::<Consultation>([opened().into(), asked("EU")])
        .when(&context(), ask_all(PartyKind::Igo, &["EU", "ICPO", "COE"]))
        .then([addressed.clone().into()]);
    let now = evolved::<Consultation>([opened().into(), addressed.into()]).unwrap();
    let expected = [PartyKind::MemberState, PartyKind::Ngo, PartyKind::Igo];
    assert_eq!(now.audiences, expected);
    given::<Consultation>([opened().into(), asked("EU")])
        .when(&context(), ask(&["FIN", "EU"]))
        .refused("party_already_asked", &[("asked_already", "/parties/1")]);
}

#[test]
fn closing_and_reopening_say_something_or_nothing() {
    let reason = Some(words(0));
    given::<Consultation>([opened().into()])
        .when(&context(), Command::Close { reason })
        .refused("consultation_faulty", &[("blank", "/reason")]);
    let reason = words(1_001);
    given::<Consultation>([opened().into(), closed()])
        .when(&context(), Command::Reopen { reason })
        .refused("consultation_faulty", &[("text_too_long", "/reason")]);
    let reason = Some(words(5));
    let close = Command::Close {
        reason: reason.clone(),
    };
    let reason = reason.map(Reason::Words);
    given::<Consultation>([opened().into()])
        .when(&context(), close)
        .then([ConsultationClosed { reason }.into()]);
}
