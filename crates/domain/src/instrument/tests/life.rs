//! From the first revision to a meeting's decision.

use super::*;
use crate::meeting::MeetingKind;

pub(super) fn comment(n: u128) -> CommentId {
    CommentId(uuid::Uuid::from_u128(n))
}

pub(super) fn meeting() -> MeetingId {
    MeetingId(uuid::Uuid::from_u128(11))
}

pub(super) fn waiting() -> BlockingComment {
    BlockingComment {
        comment: comment(3),
        party: "FIN".into(),
    }
}

/// Nothing stands in the way, and the meeting is of the right kind.
pub(super) fn settled() -> Context {
    let meeting = MeetingStanding {
        is_cancelled: false,
        starts_on: date(2004, 9, 2),
        kind: MeetingKind::Intersessional,
        name: "Intersessional meeting".into(),
    };
    Context {
        presented_to: Some(meeting.clone()),
        meeting: Some(meeting),
        ..context()
    }
}

/// The same, but the meeting that has it before it was cancelled, and another is named.
pub(super) fn fallen_through() -> Context {
    let presented_to = settled().meeting.map(|meeting| MeetingStanding {
        is_cancelled: true,
        ..meeting
    });
    Context {
        presented_to,
        ..settled()
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
    Command::Present(InstrumentPresented {
        revision,
        meeting: meeting(),
        progress_report: None,
        on: date(2004, 9, 1),
    })
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
    Command::Withdraw(InstrumentWithdrawn { reason, lang })
}

pub(super) fn with_revision() -> Vec<Event> {
    vec![drafted().into(), saved(1).into(), revised(1).into()]
}

pub(super) fn after(events: impl IntoIterator<Item = Event>) -> Vec<Event> {
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
        obstacles: Some(Obstacles {
            open: vec![open],
            undisposed: vec![waiting()],
            ..unobstructed()
        }),
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
        obstacles: Some(Obstacles {
            undisposed: vec![waiting()],
            ..unobstructed()
        }),
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
    let context = Context {
        obstacles: Some(Obstacles {
            not_taken_up: vec![waiting()],
            ..unobstructed()
        }),
        ..settled()
    };
    for command in [present(1), approve(1)] {
        given::<Instrument>(with_revision())
            .when(&context, command)
            .refused(
                "comments_not_taken_up",
                &[("comment_not_taken_up", &the_comment)],
            );
    }
    given::<Instrument>(after([presented(1).into()]))
        .when(&context, approve_by(1))
        .then([approved_by(1).into()]);
}

#[test]
fn what_nobody_looked_at_lets_nothing_pass() {
    let unread = Context {
        obstacles: None,
        presented_to: None,
        ..settled()
    };
    for command in [present(1), approve(1), withdraw()] {
        given::<Instrument>(with_revision())
            .when(&unread, command)
            .refused("consultations_open", &[]);
    }
    for command in [approve_by(1), give_back(1)] {
        given::<Instrument>(after([presented(1).into()]))
            .when(&unread, command)
            .refused("revision_not_presented", &[]);
    }
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
                ("before_the_meeting", "/date"),
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
        .refused(
            "instrument_faulty",
            &[
                ("before_presentation", "/on"),
                ("before_the_meeting", "/on"),
            ],
        );
    given::<Instrument>(after([presented(1).into()]))
        .when(&settled(), approve_by(1))
        .then([approved_by(1).into()]);
}
