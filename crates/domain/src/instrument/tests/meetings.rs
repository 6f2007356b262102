//! Which meeting takes which instrument, and what a revision takes up of the comments.

use super::life::{comment, meeting, present, settled, with_revision};
use super::*;
use crate::meeting::MeetingKind;
use crate::testing::assert_faults;
use crate::{Refusal as _, fault};

#[test]
fn each_route_has_its_kind_of_meeting() {
    let on_route = |route| {
        let drafted = InstrumentDrafted { route, ..drafted() };
        [drafted.into(), saved(1).into(), revised(1).into()]
    };
    let at = |kind| Context {
        meeting: Some(MeetingStanding {
            kind,
            is_cancelled: false,
            starts_on: date(2007, 4, 23),
            name: "A meeting".into(),
        }),
        ..settled()
    };
    let wrong = ("meeting_not_of_the_route", "/meeting");
    let no_report = ("progress_report_missing", "/progress_report");
    for (route, kind, faults) in [
        (
            Route::Intersessional,
            MeetingKind::CommissionSession,
            vec![wrong],
        ),
        (Route::Intersessional, MeetingKind::ExpertGroup, vec![wrong]),
        (
            Route::Presentation,
            MeetingKind::Intersessional,
            vec![wrong, no_report],
        ),
        (
            Route::Presentation,
            MeetingKind::CommissionSession,
            vec![no_report],
        ),
    ] {
        given::<Instrument>(on_route(route))
            .when(&at(kind), present(1))
            .refused("instrument_faulty", &faults);
    }
    let unknown = Context {
        meeting: None,
        ..settled()
    };
    given::<Instrument>(on_route(Route::Intersessional))
        .when(&unknown, present(1))
        .refused("instrument_faulty", &[("no_such_meeting", "/meeting")]);
    let cancelled = Context {
        meeting: settled().meeting.map(|meeting| MeetingStanding {
            is_cancelled: true,
            ..meeting
        }),
        ..settled()
    };
    given::<Instrument>(on_route(Route::Intersessional))
        .when(&cancelled, present(1))
        .refused(
            "instrument_faulty",
            &[("meeting_was_cancelled", "/meeting")],
        );
    let by_name = InstrumentDrafted {
        route: Route::Presentation,
        ..drafted()
    };
    given::<Instrument>([by_name.into(), saved(1).into(), revised(1).into()])
        .when(&settled(), approve(1))
        .refused("revision_not_presented", &[]);
    let with_report = || {
        Command::Present(InstrumentPresented {
            revision: 1,
            meeting: meeting(),
            progress_report: Some(DocumentId::from_symbol("E/CN.15/2007/11")),
            on: date(2007, 4, 23),
        })
    };
    given::<Instrument>(on_route(Route::Presentation))
        .when(&at(MeetingKind::CommissionSession), with_report())
        .refused(
            "instrument_faulty",
            &[("no_such_document", "/progress_report")],
        );
    let known = Context {
        report_is_known: true,
        ..at(MeetingKind::CommissionSession)
    };
    let decided = Instrument::decide(
        &evolved::<Instrument>(on_route(Route::Presentation)),
        &known,
        with_report(),
    );
    assert_eq!(decided.unwrap().len(), 1);
}

#[test]
fn a_revision_takes_up_what_was_accepted_on_this_instrument() {
    let standing = [
        (comment(1), CommentStanding::Accepted),
        (comment(2), CommentStanding::NotAccepted),
        (comment(3), CommentStanding::Foreign),
        (comment(4), CommentStanding::Unknown),
    ];
    let context = Context {
        comments: standing.into_iter().collect(),
        ..settled()
    };
    let taking = |numbers: &[u128]| Command::Revise {
        takes_up: numbers.iter().copied().map(comment).collect(),
    };
    given::<Instrument>([drafted().into(), saved(1).into()])
        .when(&context, taking(&[1, 2, 3, 4, 5, 1]))
        .refused(
            "instrument_faulty",
            &[
                ("comment_not_accepted", "/takes_up/1"),
                ("comment_on_another_instrument", "/takes_up/2"),
                ("no_such_comment", "/takes_up/3"),
                ("no_such_comment", "/takes_up/4"),
                ("comment_listed_twice", "/takes_up/5"),
            ],
        );
    let many: Vec<u128> = (0..501).collect();
    given::<Instrument>([drafted().into(), saved(1).into()])
        .when(&context, taking(&many))
        .refused("instrument_faulty", &[("too_many_comments", "/takes_up")]);
    let state = evolved::<Instrument>([drafted().into(), saved(1).into()]);
    let events = Instrument::decide(&state, &context, taking(&[1])).unwrap();
    let now = events.iter().fold(state, Instrument::evolve).unwrap();
    assert_eq!(now.taken_up_by(comment(1)), Some(1));
    assert_eq!(now.taken_up_by(comment(2)), None);
    // What the last revision did not name, another one with the same draft does.
    given::<Instrument>([drafted().into(), saved(1).into(), revised(1).into()])
        .when(&context, taking(&[1]))
        .then([InstrumentRevised {
            takes_up: vec![comment(1)],
            ..revised(2)
        }
        .into()]);
}

#[test]
fn an_event_stored_before_meetings_were_known_still_reads() {
    let old = serde_json::json!({"date": "2004-10-01", "decision": "Approved by consensus",
                                 "meeting": "Intersessional meeting", "revision": 1, "route": "intersessional"});
    use crate::DomainEvent;
    let read = Event::from_stored("instrument_approved", old);
    assert_eq!(read.unwrap(), approved(1).into());
}

#[test]
fn each_comment_that_waits_is_its_own_fault() {
    let context = Context {
        obstacles: Some(Obstacles {
            undisposed: (1..4)
                .map(|n| BlockingComment {
                    comment: comment(n),
                    party: "FIN".into(),
                })
                .collect(),
            ..unobstructed()
        }),
        ..settled()
    };
    let state = evolved::<Instrument>(with_revision());
    let refusal = Instrument::decide(&state, &context, present(1)).unwrap_err();
    let faults = refusal.faults();
    let code = fault::COMMENT_WITHOUT_DISPOSITION.code;
    let places: Vec<String> = (1..4)
        .map(|n| format!("/comments/{}", comment(n)))
        .collect();
    let expected: Vec<_> = places.iter().map(|at| (code, at.as_str())).collect();
    assert_faults(&faults, &expected);
}
