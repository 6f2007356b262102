use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Decider;
use crate::Lang;
use crate::testing::{assert_table, content, given, stored};

mod properties;

const NEED: NeedId = NeedId(Uuid::from_u128(1));
const THEIRS: NeedId = NeedId(Uuid::from_u128(2));
const LAPSED: NeedId = NeedId(Uuid::from_u128(3));

fn words(length: u32) -> Words {
    Words {
        content: content(1),
        lang: Lang::Fr,
        length,
    }
}

fn made() -> RequestMade {
    RequestMade {
        party: PartyId::from_code("SLE"),
        needs: vec![NEED],
        text: words(20),
        on: date(2005, 5, 1),
        entered_on_behalf: None,
    }
}

fn entered(source: &str, received_on: Date) -> RequestMade {
    let source = source.to_owned();
    RequestMade {
        entered_on_behalf: Some(EnteredOnBehalf {
            source,
            received_on,
        }),
        ..made()
    }
}

const TODAY: Date = date(2005, 6, 1);

fn make(request: RequestMade) -> Command {
    Command::Make {
        request,
        today: TODAY,
    }
}

fn context() -> Context {
    Context {
        party: Some(PartyKind::MemberState),
        is_replaced: Some(false),
        needs: [
            (NEED, (PartyId::from_code("SLE"), need::Status::Confirmed)),
            (THEIRS, (PartyId::from_code("FIN"), need::Status::Confirmed)),
            (LAPSED, (PartyId::from_code("SLE"), need::Status::Lapsed)),
        ]
        .into(),
    }
}

fn accepted() -> Event {
    let reason = words(5);
    RequestAccepted { reason }.into()
}

fn declined() -> Event {
    let reason = words(5);
    RequestDeclined { reason }.into()
}

#[test]
fn every_command_in_every_state() {
    let first = || Event::from(made());
    let states = [
        vec![],
        vec![first()],
        vec![first(), accepted()],
        vec![first(), declined()],
        vec![first(), RequestWithdrawn {}.into()],
    ];
    let unknown = "unknown_request";
    let there = "request_already_made";
    let decided = "request_already_decided";
    let over = "request_is_withdrawn";
    let accept = Command::Accept { reason: words(5) };
    let decline = Command::Decline { reason: words(5) };
    #[rustfmt::skip]
    assert_table::<Request, 5>(&context(), states, [
        (make(made()), ["request_made", there, there, there, there]),
        (accept, [unknown, "request_accepted", decided, decided, over]),
        (decline, [unknown, "request_declined", decided, decided, over]),
        (Command::Withdraw, [unknown, "request_withdrawn", "request_withdrawn", decided, over]),
    ]);
}

#[test]
fn a_request_names_needs_of_the_state_that_asks() {
    let asks = |needs: Vec<NeedId>, length| {
        make(RequestMade {
            needs,
            text: words(length),
            ..made()
        })
    };
    given::<Request>([])
        .when(
            &context(),
            asks(vec![NEED, NEED, THEIRS, LAPSED, NeedId(Uuid::nil())], 0),
        )
        .refused(
            "request_faulty",
            &[
                ("listed_twice", "/needs/1"),
                ("not_there", "/needs/2"),
                ("need_is_over", "/needs/3"),
                ("not_there", "/needs/4"),
                ("blank", "/text"),
            ],
        );
    given::<Request>([])
        .when(&context(), asks(Vec::new(), 1))
        .refused("request_faulty", &[("no_need", "/needs")]);
    let future = RequestMade {
        on: date(2005, 6, 2),
        ..made()
    };
    given::<Request>([])
        .when(&context(), make(future))
        .refused("request_faulty", &[("day_in_the_future", "/on")]);
    // What is beyond the most that can be named is not looked at.
    let many = (0..300).map(|n| NeedId(Uuid::from_u128(1_000 + n)));
    let faults = match Request::decide(&None, &context(), asks(many.collect(), 1)) {
        Err(Refusal::RequestFaulty(faults)) => faults,
        other => panic!("{other:?}"),
    };
    assert_eq!(faults.len(), 201);
    assert_eq!(
        (faults[0].code, &*faults[0].pointer),
        ("too_many_listed", "/needs")
    );
}

#[test]
fn only_a_state_asks_and_only_its_focal_point_of_now() {
    for kind in PartyKind::ALL.iter().filter(|kind| !kind.is_state()) {
        let context = Context {
            party: Some(*kind),
            ..context()
        };
        given::<Request>([])
            .when(&context, make(made()))
            .refused("not_a_state", &[]);
    }
    // What was not read lets nobody pass.
    for is_replaced in [Some(true), None] {
        let replaced = Context {
            is_replaced,
            ..context()
        };
        given::<Request>([])
            .when(&replaced, make(made()))
            .refused("not_focal_point", &[]);
        given::<Request>([made().into()])
            .when(&replaced, Command::Withdraw)
            .refused("not_focal_point", &[]);
    }
}

#[test]
fn what_is_entered_says_from_what_and_was_received_once_it_was_written() {
    given::<Request>([])
        .when(&context(), make(entered(" ", date(2005, 4, 30))))
        .refused(
            "request_faulty",
            &[
                ("blank", "/source"),
                ("before_what_it_follows", "/received_on"),
            ],
        );
    given::<Request>([])
        .when(&context(), make(entered("A note", date(2005, 6, 2))))
        .refused("request_faulty", &[("day_in_the_future", "/received_on")]);
}

#[test]
fn a_decision_has_a_reason() {
    let reason = words(0);
    for command in [
        Command::Accept {
            reason: reason.clone(),
        },
        Command::Decline { reason },
    ] {
        given::<Request>([made().into()])
            .when(&context(), command)
            .refused("request_faulty", &[("blank", "/reason")]);
    }
}

#[test]
fn stored_events() {
    let samples = [
        made().into(),
        entered("Note verbale 7/2005", date(2005, 5, 3)).into(),
        accepted(),
        declined(),
        RequestWithdrawn {}.into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    request_made {"needs":["00000000-0000-0000-0000-000000000001"],"on":"2005-05-01","party":"8535f417-3cb4-5ada-a00a-9d0934d79b75","text":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"fr","length":20}}
    request_made {"entered_on_behalf":{"received_on":"2005-05-03","source":"Note verbale 7/2005"},"needs":["00000000-0000-0000-0000-000000000001"],"on":"2005-05-01","party":"8535f417-3cb4-5ada-a00a-9d0934d79b75","text":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"fr","length":20}}
    request_accepted {"reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"fr","length":5}}
    request_declined {"reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"fr","length":5}}
    request_withdrawn {}
    "#);
}
