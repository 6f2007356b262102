//! From the first revision to a meeting's decision.

use super::*;
use crate::domain::meeting::MeetingKind;
use crate::domain::testing::assert_faults;
use crate::domain::{Refusal as _, fault};

pub(super) fn comment(n: u128) -> CommentId {
    CommentId(uuid::Uuid::from_u128(n))
}

fn meeting() -> MeetingId {
    MeetingId(uuid::Uuid::from_u128(11))
}

pub(super) fn waiting() -> Undisposed {
    Undisposed {
        comment: comment(3),
        party: "FIN".into(),
    }
}

/// Nothing stands in the way, and the meeting is of the right kind.
pub(super) fn settled() -> Context {
    Context {
        meeting: Some(MeetingStanding {
            is_cancelled: false,
            kind: MeetingKind::Intersessional,
            name: "Intersessional meeting".into(),
        }),
        ..context()
    }
}

pub(super) fn presented(revision: u32) -> InstrumentPresented {
    InstrumentPresented {
        revision,
        meeting: meeting(),
        progress_report: None,
        on: date(2004, 9, 1),
    }
}

pub(super) fn approved_by(revision: u32) -> InstrumentApproved {
    InstrumentApproved {
        meeting_id: Some(meeting()),
        ..approved(revision)
    }
}

pub(super) fn returned(revision: u32) -> InstrumentReturned {
    InstrumentReturned {
        revision,
        meeting: meeting(),
        on: date(2004, 9, 2),
        remarks: content(21),
        lang: Lang::En,
    }
}

pub(super) fn withdrawn() -> InstrumentWithdrawn {
    InstrumentWithdrawn {
        reason: content(22),
        lang: Lang::Fr,
    }
}

pub(super) fn present(revision: u32) -> Command {
    Command::Present {
        revision,
        meeting: meeting(),
        progress_report: None,
        on: date(2004, 9, 1),
    }
}

pub(super) fn approve_by(revision: u32) -> Command {
    Command::Approve {
        revision,
        by: Approver::Meeting(meeting()),
        decision: "Approved by consensus".into(),
        date: date(2004, 10, 1),
    }
}

pub(super) fn give_back(revision: u32) -> Command {
    Command::Return {
        revision,
        on: date(2004, 9, 2),
        remarks: content(21),
        lang: Lang::En,
    }
}

pub(super) fn withdraw() -> Command {
    let InstrumentWithdrawn { reason, lang } = withdrawn();
    Command::Withdraw { reason, lang }
}

fn with_revision() -> Vec<Event> {
    vec![drafted().into(), saved(1).into(), revised(1).into()]
}

fn after(events: impl IntoIterator<Item = Event>) -> Vec<Event> {
    with_revision().into_iter().chain(events).collect()
}

#[test]
fn every_command_from_a_revision_to_its_end() {
    let states = [
        with_revision(),
        after([presented(1).into()]),
        after([presented(1).into(), approved_by(1).into()]),
        after([presented(1).into(), returned(1).into()]),
        after([
            presented(1).into(),
            returned(1).into(),
            saved(2).into(),
            revised(2).into(),
        ]),
        after([withdrawn().into()]),
        vec![drafted().into(), saved(1).into()],
        vec![],
    ];
    let (none, unknown) = ("unknown_instrument", "unknown_revision");
    let (gone, before) = ("instrument_withdrawn", "instrument_presented");
    let (twice, back, old) = (
        "revision_already_approved",
        "revision_returned",
        "revision_superseded",
    );
    let not_there = "revision_not_presented";
    let (is_presented, is_approved) = ("instrument_presented", "instrument_approved");
    let (is_returned, is_withdrawn) = ("instrument_returned", "instrument_withdrawn");
    let (draft_saved, idle) = ("instrument_draft_saved", "nothing_to_revise");
    let faulty = "instrument_faulty";
    let again = "instrument_already_exists";
    assert_table::<Instrument, 8>(
        &settled(),
        states,
        [
            (
                Command::Draft(drafted()),
                [
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                    again,
                    "instrument_drafted",
                ],
            ),
            (
                save(3),
                [
                    draft_saved,
                    draft_saved,
                    draft_saved,
                    draft_saved,
                    draft_saved,
                    gone,
                    draft_saved,
                    none,
                ],
            ),
            (
                revise(),
                [
                    idle,
                    before,
                    idle,
                    idle,
                    idle,
                    gone,
                    "instrument_revised",
                    none,
                ],
            ),
            (
                present(1),
                [is_presented, before, twice, back, old, gone, unknown, none],
            ),
            (
                present(2),
                [
                    unknown,
                    unknown,
                    unknown,
                    unknown,
                    is_presented,
                    gone,
                    unknown,
                    none,
                ],
            ),
            (
                approve_by(1),
                [
                    not_there,
                    is_approved,
                    twice,
                    back,
                    old,
                    gone,
                    unknown,
                    none,
                ],
            ),
            (
                approve(1),
                [is_approved, faulty, twice, back, old, gone, unknown, none],
            ),
            (
                give_back(1),
                [
                    not_there,
                    is_returned,
                    twice,
                    back,
                    old,
                    gone,
                    unknown,
                    none,
                ],
            ),
            (
                withdraw(),
                [
                    is_withdrawn,
                    is_withdrawn,
                    twice,
                    is_withdrawn,
                    is_withdrawn,
                    gone,
                    is_withdrawn,
                    none,
                ],
            ),
        ],
    );
}

#[test]
fn what_stands_in_the_way_is_named() {
    let open = ConsultationId(uuid::Uuid::from_u128(5));
    let context = Context {
        open: vec![open],
        undisposed: vec![waiting()],
        ..settled()
    };
    let the_open = format!("/consultations/{open}");
    for command in [present(1), approve(1), withdraw()] {
        given::<Instrument>(with_revision())
            .when(&context, command)
            .refused(
                "consultations_open",
                &[("consultation_still_open", &the_open)],
            );
    }
    let context = Context {
        undisposed: vec![waiting()],
        ..settled()
    };
    let the_comment = format!("/comments/{}", comment(3));
    for command in [present(1), approve(1)] {
        given::<Instrument>(with_revision())
            .when(&context, command)
            .refused(
                "comments_undisposed",
                &[("comment_without_disposition", &the_comment)],
            );
    }
    given::<Instrument>(with_revision())
        .when(&context, withdraw())
        .then([withdrawn().into()]);
}

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
    given::<Instrument>(after([presented(1).into()]))
        .when(&cancelled, approve_by(1))
        .refused(
            "instrument_faulty",
            &[("meeting_was_cancelled", "/meeting_id")],
        );
    let with_report = || Command::Present {
        revision: 1,
        meeting: meeting(),
        progress_report: Some(DocumentId::of("E/CN.15/2007/11")),
        on: date(2007, 4, 23),
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
fn the_meeting_that_has_it_decides_and_not_before() {
    let other = MeetingId(uuid::Uuid::from_u128(12));
    let early = Command::Approve {
        revision: 1,
        by: Approver::Meeting(other),
        decision: String::new(),
        date: date(2004, 8, 31),
    };
    given::<Instrument>(after([presented(1).into()]))
        .when(&settled(), early)
        .refused(
            "instrument_faulty",
            &[
                ("not_the_meeting", "/meeting_id"),
                ("before_presentation", "/date"),
                ("blank", "/decision"),
            ],
        );
    let early = Command::Return {
        revision: 1,
        on: date(2004, 8, 31),
        remarks: content(21),
        lang: Lang::En,
    };
    given::<Instrument>(after([presented(1).into()]))
        .when(&settled(), early)
        .refused("instrument_faulty", &[("before_presentation", "/on")]);
    given::<Instrument>(after([presented(1).into()]))
        .when(&settled(), approve_by(1))
        .then([approved_by(1).into()]);
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
}

#[test]
fn an_event_stored_before_meetings_were_known_still_reads() {
    let old = serde_json::json!({"date": "2004-10-01", "decision": "Approved by consensus",
                                 "meeting": "Intersessional meeting", "revision": 1, "route": "intersessional"});
    use crate::domain::DomainEvent;
    let read = Event::from_stored("instrument_approved", old);
    assert_eq!(read.unwrap(), approved(1).into());
}

#[test]
fn each_comment_that_waits_is_its_own_fault() {
    let context = Context {
        undisposed: (1..4)
            .map(|n| Undisposed {
                comment: comment(n),
                party: "FIN".into(),
            })
            .collect(),
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
