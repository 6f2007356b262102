//! Every command in every state, by each hand, while the collection is open and after its close.

use std::collections::BTreeSet;

use super::lives::*;
use super::*;
use crate::delegation::Office;

const COLLEAGUE: PersonId = PersonId(uuid::Uuid::from_u128(5));

type Row = (Command, Outcomes);
type Outcomes = [&'static str; STATES];

fn by(hand: ReplyCapacity, context: Context) -> Context {
    in_office(Office::Held(SOMEBODY), hand, context)
}

fn in_office(office: Office, hand: ReplyCapacity, context: Context) -> Context {
    let admitted = delegation::ContributorAdmission {
        sections: BTreeSet::from(["A".to_owned()]),
        reads: None,
    };
    let contributors = [(COLLEAGUE, admitted)].into();
    let delegation = delegation::Delegation {
        office,
        nominated: None,
        contributors,
    };
    Context {
        hand,
        delegation: Arc::new(delegation),
        ..context
    }
}

fn attach() -> Command {
    Command::Attach(ReplyFileAttached {
        question: Some("P1".into()),
        ..super::files::file(1)
    })
}

fn remove() -> Command {
    let file = super::files::file(9).file;
    Command::RemoveFile { file }
}

fn all() -> Option<Consent> {
    Some(Consent::All(JsonTrue))
}

const NONE: &str = "unknown_reply";
const AGAIN: &str = "reply_already_started";
const LOCKED: &str = "reply_submitted";
const SHUT: &str = "collection_closed";
const EARLY: &str = "reply_not_submitted";
const GONE: &str = "reply_withdrawn";
const ENTERED: &str = "reply_entered";
const OFFICE: &str = "only_secretariat";
const FOCAL: &str = "not_focal_point";
const OTHERS: &str = "reply_not_entered";
const DONE: &str = "reply_already_accepted";
const UNKNOWN: &str = "unknown_clarification";
const OPEN: &str = "amendment_open";
const NO: &str = "no_amendment";
const NOT_THEIRS: &str = "not_contributor";

/// The same in every state but where there is no reply.
fn but_none(none: &'static str, outcome: &'static str) -> Outcomes {
    let mut row = [outcome; STATES];
    row[0] = none;
    row
}

/// The same in every state but in these; of what is said of a state the last counts.
fn but(outcome: &'static str, others: &[(&[usize], &'static str)]) -> Outcomes {
    let mut row = but_none(NONE, outcome);
    for (states, outcome) in others {
        for state in *states {
            row[*state] = outcome;
        }
    }
    row
}

/// Where answers can change, this; what stands submitted is locked, and what the Secretariat enters is not the party's.
fn changes(outcome: &'static str) -> Outcomes {
    but(
        outcome,
        &[(&HELD, ENTERED), (&[15], ENTERED), (&STANDING, LOCKED)],
    )
}

/// What the party's hands may not, whatever the state.
fn office_work() -> [Row; 4] {
    [
        (enter(), but_none(OFFICE, AGAIN)),
        (clarify(None), but_none(NONE, OFFICE)),
        (take_it_back(1), but_none(NONE, OFFICE)),
        (accept(), but_none(NONE, OFFICE)),
    ]
}

/// What the focal point may at any time.
fn at_any_time() -> [Row; 4] {
    let said = "clarification_answered";
    [
        (
            decide_publication(all()),
            but(
                "publication_decided",
                &[(&DRAFTS, EARLY), (&WITHDRAWN, GONE)],
            ),
        ),
        (
            answer_it(1),
            but(
                UNKNOWN,
                &[
                    (&ASKED, said),
                    (&[13], "amendment_begun clarification_answered"),
                ],
            ),
        ),
        (
            Command::DiscardAmendment,
            but(NO, &[(&AMENDED, "amendment_discarded"), (&HELD, ENTERED)]),
        ),
        (
            withdraw(),
            // The event and the refusal of a second withdrawal are called the same.
            but(
                GONE,
                &[
                    (&DRAFTS, EARLY),
                    (&[12], "amendment_discarded reply_withdrawn"),
                ],
            ),
        ),
    ]
}

/// What the focal point may, and may not.
fn of_the_focal_point(is_open: bool) -> Vec<Row> {
    let begins = |outcome| {
        but(
            outcome,
            &[
                (&DRAFTS, EARLY),
                (&AMENDED, OPEN),
                (&[12], OPEN),
                (&WITHDRAWN, GONE),
            ],
        )
    };
    let of_open = |outcome| {
        if is_open {
            outcome
        } else {
            but_none(NONE, SHUT)
        }
    };
    let started = if is_open { "reply_started" } else { SHUT };
    let mut submission = changes("reply_submitted");
    submission[1] = "reply_incomplete";
    submission[17] = "reply_incomplete";
    let rows = [
        (start(finland()), but_none(started, AGAIN)),
        (save(&[words(5)], &[]), of_open(changes("reply_answered"))),
        (attach(), of_open(changes("reply_file_attached"))),
        (remove(), of_open(changes("unknown_file"))),
        (submit(None), of_open(submission)),
        (hand_back(), of_open(changes("not_contributor"))),
        (give_back(), of_open(changes("section_not_handed_back"))),
        (begin(None), of_open(begins("amendment_begun"))),
        (begin(Some(source())), of_open(begins(OFFICE))),
    ];
    let rows = rows.into_iter().chain(office_work()).chain(at_any_time());
    rows.collect()
}

#[test]
fn the_focal_point_while_the_collection_is_open_and_after_the_close() {
    for (context, is_open) in [(open(), true), (closed(), false)] {
        // Whoever began the reply is the focal point until one is named.
        for office in [Office::Held(SOMEBODY), Office::Unfilled] {
            let context = in_office(office, ReplyCapacity::FocalPoint(SOMEBODY), context.clone());
            assert_table::<Reply, STATES>(&context, whole_life(), of_the_focal_point(is_open));
        }
    }
}

#[test]
fn who_was_replaced_elsewhere_takes_up_nothing_that_nobody_began() {
    let context = in_office(
        Office::Unfilled,
        ReplyCapacity::FocalPoint(SOMEBODY),
        open(),
    );
    let context = Context {
        is_replaced: true,
        ..context
    };
    let rows = of_the_focal_point(true)
        .into_iter()
        .map(|(command, mut outcomes)| {
            if matches!(command, Command::Start { .. }) {
                outcomes[0] = FOCAL;
            } else if ![OFFICE, AGAIN, NOT_THEIRS].contains(&outcomes[1]) {
                for entered in [9, 10, 15, 17] {
                    outcomes[entered] = FOCAL;
                }
            }
            (command, outcomes)
        });
    assert_table::<Reply, STATES>(&context, whole_life(), rows);
}

#[test]
fn who_does_not_hold_the_office_does_nothing() {
    let somebody_else = PersonId(uuid::Uuid::from_u128(4));
    for office in [Office::Vacant, Office::Held(somebody_else)] {
        for (context, is_open) in [(open(), true), (closed(), false)] {
            let context = in_office(office, ReplyCapacity::FocalPoint(SOMEBODY), context);
            let rows = of_the_focal_point(is_open).into_iter();
            let rows = rows.map(|(command, outcomes)| match command {
                Command::Start { .. } => (command, but_none(FOCAL, AGAIN)),
                Command::HandBack { .. } => (command, outcomes),
                _ if office_work().iter().any(|(other, _)| *other == command) => {
                    (command, outcomes)
                }
                _ => (command, but_none(NONE, FOCAL)),
            });
            assert_table::<Reply, STATES>(&context, whole_life(), rows);
        }
    }
}

#[test]
fn a_contributor_drafts_and_does_nothing_else() {
    let focal = but_none(NONE, FOCAL);
    let not_its = || {
        [
            (start(finland()), but_none(FOCAL, AGAIN)),
            (submit(None), focal),
            (decide_publication(all()), focal),
            (answer_it(1), focal),
            (begin(None), focal),
            (Command::DiscardAmendment, focal),
            (withdraw(), focal),
            (give_back(), focal),
        ]
    };
    let context = by(ReplyCapacity::Contributor(COLLEAGUE), open());
    let rows = [
        (save(&[words(5)], &[]), changes("reply_answered")),
        (attach(), changes("reply_file_attached")),
        (remove(), changes("unknown_file")),
        (hand_back(), changes("section_handed_back")),
    ];
    let rows = rows.into_iter().chain(office_work()).chain(not_its());
    assert_table::<Reply, STATES>(&context, whole_life(), rows);
    let context = by(ReplyCapacity::Contributor(COLLEAGUE), closed());
    let rows = [save(&[words(5)], &[]), attach(), remove(), hand_back()];
    let rows = rows.map(|command| (command, but_none(NONE, SHUT)));
    let rows = rows.into_iter().chain(office_work()).chain(not_its());
    assert_table::<Reply, STATES>(&context, whole_life(), rows);
}

/// What only whoever enters it may: nothing with what is the party's own. What it entered and submitted is `filed`, asked
/// about too unless something else is said of that.
fn its_own(entering: &'static str, filed: &'static str, asked: &'static str) -> Outcomes {
    but(OTHERS, &[(&HELD, entering), (&[10], filed), (&[15], asked)])
}

#[test]
fn the_secretariat_reviews_and_enters_before_and_after_the_close() {
    let begun = "amendment_begun";
    // What its party had changed since the last version, or drafted, is set aside.
    let taken = "amendment_begun reply_cleared";
    let other = Source {
        reference: "NV/2011/115".into(),
        ..source()
    };
    let own = its_own;
    let mut submission = own("reply_submitted", LOCKED, "reply_submitted");
    submission[18] = "reply_incomplete";
    let rows = || {
        [
            (start(finland()), but_none(FOCAL, AGAIN)),
            (
                enter(),
                but(
                    AGAIN,
                    &[(&[0], "reply_started"), (&[1, 17], begun), (&[2], taken)],
                ),
            ),
            (
                save(&[words(5)], &[]),
                own("reply_answered", LOCKED, "reply_answered"),
            ),
            (
                attach(),
                own("reply_file_attached", LOCKED, "reply_file_attached"),
            ),
            (remove(), own("unknown_file", LOCKED, "unknown_file")),
            (submit(None), submission),
            (hand_back(), but(NOT_THEIRS, &[(&STANDING, LOCKED)])),
            (give_back(), but_none(NONE, FOCAL)),
            (
                decide_publication(all()),
                but("source_faulty", &[(&DRAFTS, EARLY), (&WITHDRAWN, GONE)]),
            ),
            (
                clarify(Some("P1")),
                but(
                    "clarification_requested",
                    &[(&DRAFTS, EARLY), (&ACCEPTED, DONE), (&WITHDRAWN, GONE)],
                ),
            ),
            (
                answer_it(1),
                but(
                    OTHERS,
                    &[
                        (&HELD, UNKNOWN),
                        (&[10], UNKNOWN),
                        (&[12, 15], "clarification_answered"),
                    ],
                ),
            ),
            (
                take_it_back(1),
                but(
                    UNKNOWN,
                    &[
                        (&ASKED, "clarification_withdrawn"),
                        (&[13], "amendment_begun clarification_withdrawn"),
                    ],
                ),
            ),
            (
                accept(),
                but(
                    "reply_accepted",
                    &[
                        (&DRAFTS, EARLY),
                        (&ASKED, "clarification_open"),
                        (&ACCEPTED, DONE),
                        (&WITHDRAWN, GONE),
                    ],
                ),
            ),
            (begin(None), but_none(NONE, "source_faulty")),
            (
                begin(Some(source())),
                but(begun, &[(&[2, 13], taken), (&HELD, "")]),
            ),
            (begin(Some(other.clone())), but(begun, &[(&[2, 13], taken)])),
            (
                Command::DiscardAmendment,
                but(
                    OTHERS,
                    &[
                        (&HELD, "amendment_discarded"),
                        (&[10, 15], NO),
                        (&[9], "reply_cleared amendment_discarded"),
                        (&[18], "reply_answered amendment_discarded"),
                    ],
                ),
            ),
            (
                withdraw(),
                but(
                    OTHERS,
                    &[
                        (&[9, 18], EARLY),
                        (&[10, 14, 15], GONE),
                        (&[12], "amendment_discarded reply_withdrawn"),
                    ],
                ),
            ),
        ]
    };
    for context in [open(), closed()] {
        let context = by(ReplyCapacity::Secretariat, context);
        assert_table::<Reply, STATES>(&context, whole_life(), rows());
    }
}

#[test]
fn a_reply_is_asked_about_so_often_and_no_more() {
    let asked = (1..=500).map(|number| asked(number, None));
    let events = [started(), complete(), submitted()]
        .into_iter()
        .chain(asked);
    given::<Reply>(events)
        .when(&by(ReplyCapacity::Secretariat, open()), clarify(None))
        .refused("too_many_clarifications", &[]);
}
