//! Who comments for a party, and what the Secretariat enters for it.

use super::*;

#[test]
fn who_was_replaced_does_not_comment_any_more() {
    let replaced = Context {
        is_replaced: true,
        ..context()
    };
    given::<Comment>([])
        .when(&replaced, Command::Make(made()))
        .refused("not_focal_point", &[]);
    let by = CommentingCapacity::Party;
    for command in [correct(by), Command::Withdraw { by }] {
        given::<Comment>([made().into()])
            .when(&replaced, command)
            .refused("not_focal_point", &[]);
    }
}

#[test]
fn paper_is_entered_after_the_closure_until_the_instrument_is_decided_on() {
    let meeting = uuid::Uuid::from_u128(7);
    let presented = json!({"revision": 1, "meeting": meeting, "on": "2004-09-01"});
    let withdrawn = json!({"reason": content(1), "lang": "en"});
    for (event, refusal) in [
        (
            ("instrument_presented", presented),
            Some("consultation_closed"),
        ),
        (("instrument_withdrawn", withdrawn), None),
    ] {
        let context = Context {
            instrument: instrument(&[event]),
            ..closed()
        };
        let entering = given::<Comment>([]).when(&context, Command::Make(entered()));
        match refusal {
            Some(refusal) => entering.refused(refusal, &[]),
            None => entering.then([entered().into()]),
        }
    }
}

#[test]
fn what_came_on_paper_says_from_where_and_when() {
    for (source, received_on, faults) in [
        (" ", date(2004, 6, 15), vec![("blank", "/source")]),
        (
            "A note",
            date(2004, 5, 2),
            vec![("before_opening", "/received_on")],
        ),
        (
            "A note",
            date(2004, 7, 3),
            vec![("day_in_the_future", "/received_on")],
        ),
    ] {
        let comment = CommentMade {
            entered_on_behalf: Some(EnteredOnBehalf {
                source: source.into(),
                received_on,
            }),
            ..made()
        };
        given::<Comment>([])
            .when(&context(), Command::Make(comment))
            .refused("comment_faulty", &faults);
    }
}
