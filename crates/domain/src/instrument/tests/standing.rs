//! When the meeting falls through, and on which days it decides.

use super::life::{
    after, approve_by, approved_by, fallen_through, give_back, meeting, present, presented,
    returned, settled, with_revision, withdraw,
};
use super::*;

#[test]
fn what_was_before_a_meeting_that_was_cancelled_is_put_before_another_or_revised() {
    let states = [
        after([presented(1).into()]),
        after([presented(1).into(), saved(2).into()]),
        after([presented(1).into(), returned(1).into()]),
    ];
    let (is_presented, back) = ("instrument_presented", "revision_returned");
    let faulty = "instrument_faulty";
    assert_table::<Instrument, 3>(
        &fallen_through(),
        states,
        [
            (present(1), [is_presented, is_presented, back]),
            (
                revise(),
                [
                    "nothing_to_revise",
                    "instrument_revised",
                    "nothing_to_revise",
                ],
            ),
            (approve_by(1), [faulty, faulty, back]),
            (approve(1), [faulty, faulty, back]),
            (give_back(1), [faulty, faulty, back]),
            (withdraw(), ["instrument_withdrawn"; 3]),
        ],
    );
    given::<Instrument>(after([presented(1).into()]))
        .when(&fallen_through(), approve_by(1))
        .refused(
            "instrument_faulty",
            &[("meeting_was_cancelled", "/meeting_id")],
        );
    given::<Instrument>(after([presented(1).into()]))
        .when(&fallen_through(), give_back(1))
        .refused("instrument_faulty", &[("meeting_was_cancelled", "")]);
    let superseded = after([presented(1).into(), saved(2).into(), revised(2).into()]);
    let superseded = evolved::<Instrument>(superseded).unwrap();
    assert!(!superseded.is_decided_on(1), "no meeting has it before it");
}

#[test]
fn what_is_approved_is_not_withdrawn_with_a_later_revision() {
    let earlier = after([presented(1).into(), approved_by(1).into(), saved(2).into()]);
    let later = [&earlier[..], &[revised(2).into()]].concat();
    for events in [earlier, later] {
        given::<Instrument>(events)
            .when(&settled(), withdraw())
            .refused("revision_already_approved", &[]);
    }
}

#[test]
fn a_day_is_neither_still_to_come_nor_before_the_meeting() {
    let today = date(2004, 8, 31);
    let context = Context { today, ..settled() };
    let wrong = [("day_in_the_future", "/on")];
    let future = Command::Present(InstrumentPresented {
        revision: 1,
        meeting: meeting(),
        progress_report: None,
        on: date(2004, 9, 2),
    });
    given::<Instrument>(with_revision())
        .when(&context, future)
        .refused("instrument_faulty", &wrong);
    let presented = || after([presented(1).into()]);
    given::<Instrument>(presented())
        .when(&context, give_back(1))
        .refused("instrument_faulty", &wrong);
    given::<Instrument>(presented())
        .when(&context, approve_by(1))
        .refused("instrument_faulty", &[("day_in_the_future", "/date")]);
    given::<Instrument>(with_revision())
        .when(&context, approve(1))
        .refused("instrument_faulty", &[("day_in_the_future", "/date")]);
    let early = Command::Approve {
        revision: 1,
        by: Approver::Meeting(meeting()),
        decision: "Approved".into(),
        date: date(2004, 9, 1),
    };
    given::<Instrument>(presented())
        .when(&settled(), early)
        .refused("instrument_faulty", &[("before_the_meeting", "/date")]);
}
