use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Decider;
use crate::money::Money;
use crate::questionnaire::JsonTrue;
use crate::testing::{assert_table, content, given, stored};
use crate::{Lang, MeetingId, ProjectId};

mod properties;

const TODAY: Date = date(2004, 6, 1);
const MEETING: MeetingId = MeetingId(Uuid::from_u128(1));

fn words(length: u32) -> Words {
    Words {
        content: content(1),
        lang: Lang::En,
        length,
    }
}

fn money(amount: &str, currency: &str) -> Form {
    Form::Money(Money {
        amount: amount.parse().unwrap(),
        currency: currency.into(),
    })
}

fn pledge(what: Form) -> Pledge {
    Pledge {
        from: PartyId::from_code("AUT"),
        to: Recipient::Meeting(MEETING),
        what,
        earmarked: None,
        on: date(2004, 1, 15),
        today: TODAY,
    }
}

fn pledged() -> ContributionPledged {
    ContributionPledged {
        from: PartyId::from_code("AUT"),
        from_kind: PartyKind::MemberState,
        to: Recipient::Meeting(MEETING),
        what: money("25000", "EUR"),
        earmarked: None,
        on: date(2004, 1, 15),
    }
}

fn received() -> ContributionReceived {
    let on = date(2004, 2, 1);
    ContributionReceived { on }
}

fn corrected() -> ContributionCorrected {
    ContributionCorrected {
        pledged: ContributionPledged {
            what: money("2500", "EUR"),
            ..pledged()
        },
        reason: words(7),
    }
}

fn correct(what: Form) -> Command {
    Command::Correct {
        pledge: pledge(what),
        reason: words(7),
    }
}

fn cancelled() -> ContributionCancelled {
    ContributionCancelled {
        on: date(2004, 2, 1),
        reason: words(7),
    }
}

fn context() -> Context {
    let currencies = [("EUR".to_owned(), 2), ("JPY".to_owned(), 0)];
    Context {
        giver: Some(PartyKind::MemberState),
        recipient: Some(true),
        currencies: Arc::new(Currencies(currencies.into())),
    }
}

fn receive() -> Command {
    let (on, today) = (date(2004, 2, 1), TODAY);
    Command::Receive { on, today }
}

fn cancel() -> Command {
    Command::Cancel {
        on: date(2004, 2, 1),
        reason: words(7),
        today: TODAY,
    }
}

#[test]
fn every_command_in_every_state() {
    let states = [
        vec![],
        vec![pledged().into()],
        vec![pledged().into(), received().into()],
        vec![pledged().into(), cancelled().into()],
    ];
    let unknown = "unknown_contribution";
    let there = "contribution_already_pledged";
    let received = "contribution_already_received";
    let over = "contribution_is_cancelled";
    #[rustfmt::skip]
    assert_table::<Contribution, 4>(&context(), states, [
        (Command::Pledge(pledge(money("25000", "EUR"))), ["contribution_pledged", there, there, there]),
        (correct(money("2500", "EUR")), [unknown, "contribution_corrected", "contribution_corrected", over]),
        (receive(), [unknown, "contribution_received", received, over]),
        (cancel(), [unknown, "contribution_cancelled", received, over]),
    ]);
}

#[test]
fn a_pledge_tells_the_givers_kind_of_that_day() {
    let institute = Context {
        giver: Some(PartyKind::ProgrammeInstitute),
        ..context()
    };
    let what = Form::InKind(InKind {
        purpose: Purpose::PreparingInstruments,
    });
    given::<Contribution>([])
        .when(&institute, Command::Pledge(pledge(what.clone())))
        .then([ContributionPledged {
            from_kind: PartyKind::ProgrammeInstitute,
            what,
            ..pledged()
        }
        .into()]);
}

#[test]
fn every_fault_of_a_pledge_is_listed() {
    let nobody = Context {
        giver: None,
        recipient: None,
        ..context()
    };
    let faulty = Pledge {
        earmarked: Some(words(0)),
        on: date(2004, 6, 2),
        ..pledge(money("-1.5", "XXX"))
    };
    given::<Contribution>([])
        .when(&nobody, Command::Pledge(faulty))
        .refused(
            "contribution_faulty",
            &[
                ("no_such_party", "/from"),
                ("not_there", "/to/meeting"),
                ("not_positive", "/what/money/amount"),
                ("unknown_currency", "/what/money/currency"),
                ("blank", "/earmarked"),
                ("day_in_the_future", "/on"),
            ],
        );
    let over = Context {
        recipient: Some(false),
        ..context()
    };
    let nothing = Form::Staff(Staff {
        person_months: "0".parse().unwrap(),
    });
    let to = Recipient::Project(ProjectId(Uuid::from_u128(2)));
    given::<Contribution>([])
        .when(
            &over,
            Command::Pledge(Pledge {
                to,
                ..pledge(nothing)
            }),
        )
        .refused(
            "contribution_faulty",
            &[
                ("takes_no_contributions", "/to/project"),
                ("not_positive", "/what/staff/person_months"),
            ],
        );
    // The Office is always there.
    let office = Pledge {
        to: Recipient::Office(JsonTrue),
        ..pledge(money("100000", "JPY"))
    };
    let decided = Contribution::decide(
        &None,
        &Context {
            recipient: None,
            ..context()
        },
        Command::Pledge(office),
    );
    assert!(decided.is_ok());
}

#[test]
fn what_was_recorded_wrongly_is_corrected_as_a_whole() {
    let held = || ContributionPledged {
        earmarked: Some(words(9)),
        ..pledged()
    };
    let received = || [held().into(), received().into()];
    // The giver and the recipient were good when they were named; an earmark that is left out stays.
    let nothing_left = Context {
        giver: None,
        recipient: None,
        ..context()
    };
    let right = ContributionPledged {
        what: money("2500", "EUR"),
        ..held()
    };
    given::<Contribution>(received())
        .when(&nothing_left, correct(money("2500", "EUR")))
        .then([ContributionCorrected {
            pledged: right,
            reason: words(7),
        }
        .into()]);
    given::<Contribution>(received())
        .when(&context(), correct(money("25000", "EUR")))
        .refused("contribution_faulty", &[("corrects_nothing", "")]);
    let faulty = Command::Correct {
        pledge: Pledge {
            from: PartyId::from_code("ITA"),
            to: Recipient::Project(ProjectId(Uuid::from_u128(2))),
            on: date(2004, 2, 2),
            ..pledge(money("0", "EUR"))
        },
        reason: words(0),
    };
    given::<Contribution>(received())
        .when(&nothing_left, faulty)
        .refused(
            "contribution_faulty",
            &[
                ("blank", "/reason"),
                ("after_what_follows", "/on"),
                ("no_such_party", "/from"),
                ("not_there", "/to/project"),
                ("not_positive", "/what/money/amount"),
            ],
        );
}

#[test]
fn what_follows_a_pledge_is_not_before_it_nor_still_to_come() {
    let on = |on| Command::Receive { on, today: TODAY };
    given::<Contribution>([pledged().into()])
        .when(&context(), on(date(2004, 1, 14)))
        .refused("contribution_faulty", &[("before_what_it_follows", "/on")]);
    given::<Contribution>([pledged().into()])
        .when(&context(), on(date(2004, 6, 2)))
        .refused("contribution_faulty", &[("day_in_the_future", "/on")]);
    let silent = Command::Cancel {
        on: date(2004, 1, 1),
        reason: words(0),
        today: TODAY,
    };
    given::<Contribution>([pledged().into()])
        .when(&context(), silent)
        .refused(
            "contribution_faulty",
            &[("before_what_it_follows", "/on"), ("blank", "/reason")],
        );
}

#[test]
fn stored_events() {
    let to_office = ContributionPledged {
        to: Recipient::Office(JsonTrue),
        what: Form::Staff(Staff {
            person_months: "6.5".parse().unwrap(),
        }),
        earmarked: Some(words(7)),
        ..pledged()
    };
    let to_project = ContributionPledged {
        from_kind: PartyKind::ProgrammeInstitute,
        to: Recipient::Project(ProjectId(Uuid::from_u128(2))),
        what: Form::InKind(InKind {
            purpose: Purpose::PreparingInstruments,
        }),
        ..pledged()
    };
    let samples: [Event; 6] = [
        pledged().into(),
        to_office.into(),
        to_project.into(),
        corrected().into(),
        received().into(),
        cancelled().into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    contribution_pledged {"from":"f5ccc24e-6092-5c40-a5a6-07732129a209","from_kind":"member_state","on":"2004-01-15","to":{"meeting":"00000000-0000-0000-0000-000000000001"},"what":{"money":{"amount":"25000","currency":"EUR"}}}
    contribution_pledged {"earmarked":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":7},"from":"f5ccc24e-6092-5c40-a5a6-07732129a209","from_kind":"member_state","on":"2004-01-15","to":{"office":true},"what":{"staff":{"person_months":"6.5"}}}
    contribution_pledged {"from":"f5ccc24e-6092-5c40-a5a6-07732129a209","from_kind":"programme_institute","on":"2004-01-15","to":{"project":"00000000-0000-0000-0000-000000000002"},"what":{"in_kind":{"purpose":"preparing_instruments"}}}
    contribution_corrected {"from":"f5ccc24e-6092-5c40-a5a6-07732129a209","from_kind":"member_state","on":"2004-01-15","reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":7},"to":{"meeting":"00000000-0000-0000-0000-000000000001"},"what":{"money":{"amount":"2500","currency":"EUR"}}}
    contribution_received {"on":"2004-02-01"}
    contribution_cancelled {"on":"2004-02-01","reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":7}}
    "#);
}
