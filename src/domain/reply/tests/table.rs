//! Every command in every state, by each hand, while the collection is open and after its close.

use std::collections::BTreeSet;

use super::lives::*;
use super::*;
use crate::domain::delegation::Office;

const COLLEAGUE: PersonId = PersonId(uuid::Uuid::from_u128(5));

type Row = (Command, [&'static str; 11]);

fn by(hand: Hand, context: Context) -> Context {
    let contributors = [(COLLEAGUE, BTreeSet::from(["A".to_owned()]))].into();
    let delegation = delegation::Delegation {
        office: Office::Held(SOMEBODY),
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
    Some(Consent::All(True))
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

/// The same in every state but where there is no reply.
fn but_none(none: &'static str, outcome: &'static str) -> [&'static str; 11] {
    let mut row = [outcome; 11];
    row[0] = none;
    row
}

/// Where answers can change, this; what stands submitted is locked, and what the Secretariat enters is not the party's.
fn changes(outcome: &'static str) -> [&'static str; 11] {
    let is = outcome;
    [
        NONE, is, is, LOCKED, is, LOCKED, is, is, is, ENTERED, LOCKED,
    ]
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
    let (said, begun) = ("publication_decided", "amendment_discarded");
    let mut answered = but_none(NONE, UNKNOWN);
    answered[4] = "clarification_answered";
    [
        (
            decide_publication(all()),
            [
                NONE, EARLY, EARLY, said, said, said, said, said, GONE, EARLY, said,
            ],
        ),
        (answer_it(1), answered),
        (
            Command::DiscardAmendment,
            [NONE, NO, NO, NO, NO, NO, begun, begun, NO, ENTERED, NO],
        ),
        (
            withdraw(),
            // The event and the refusal of a second withdrawal are called the same.
            [
                NONE, EARLY, EARLY, GONE, GONE, GONE, GONE, GONE, GONE, EARLY, GONE,
            ],
        ),
    ]
}

#[test]
fn the_focal_point_while_the_collection_is_open() {
    let context = by(Hand::FocalPoint(SOMEBODY), open());
    let begun = "amendment_begun";
    let mut submission = changes("reply_submitted");
    submission[1] = "reply_incomplete";
    let rows = [
        (start(finland()), but_none("reply_started", AGAIN)),
        (save(&[words(5)], &[]), changes("reply_answered")),
        (attach(), changes("reply_file_attached")),
        (remove(), changes("unknown_file")),
        (submit(None), submission),
        (
            begin(None),
            [
                NONE, EARLY, EARLY, begun, begun, begun, OPEN, OPEN, GONE, EARLY, begun,
            ],
        ),
        (
            begin(Some(source())),
            [
                NONE, EARLY, EARLY, OFFICE, OFFICE, OFFICE, OPEN, OPEN, GONE, EARLY, OFFICE,
            ],
        ),
    ];
    let rows = rows.into_iter().chain(office_work()).chain(at_any_time());
    assert_table::<Reply, 11>(&context, whole_life(), rows);
}

#[test]
fn the_focal_point_after_the_close() {
    let context = by(Hand::FocalPoint(SOMEBODY), closed());
    let rows = [
        (start(finland()), but_none(SHUT, AGAIN)),
        (save(&[words(5)], &[]), but_none(NONE, SHUT)),
        (attach(), but_none(NONE, SHUT)),
        (remove(), but_none(NONE, SHUT)),
        (submit(None), but_none(NONE, SHUT)),
        (begin(None), but_none(NONE, SHUT)),
        (begin(Some(source())), but_none(NONE, SHUT)),
    ];
    let rows = rows.into_iter().chain(office_work()).chain(at_any_time());
    assert_table::<Reply, 11>(&context, whole_life(), rows);
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
        ]
    };
    let context = by(Hand::Contributor(COLLEAGUE), open());
    let rows = [
        (save(&[words(5)], &[]), changes("reply_answered")),
        (attach(), changes("reply_file_attached")),
        (remove(), changes("unknown_file")),
    ];
    let rows = rows.into_iter().chain(office_work()).chain(not_its());
    assert_table::<Reply, 11>(&context, whole_life(), rows);
    let context = by(Hand::Contributor(COLLEAGUE), closed());
    let rows = [save(&[words(5)], &[]), attach(), remove()];
    let rows = rows.map(|command| (command, but_none(NONE, SHUT)));
    let rows = rows.into_iter().chain(office_work()).chain(not_its());
    assert_table::<Reply, 11>(&context, whole_life(), rows);
}

/// What only whoever entered it may: nothing with what is the party's own.
fn its_own(entering: &'static str, filed: &'static str) -> [&'static str; 11] {
    let not = OTHERS;
    [
        NONE, not, not, not, not, not, not, not, not, entering, filed,
    ]
}

#[test]
fn the_secretariat_reviews_and_enters_before_and_after_the_close() {
    let (asked, took, begun) = (
        "clarification_requested",
        "clarification_withdrawn",
        "amendment_begun",
    );
    let (good, faulty) = ("reply_accepted", "source_faulty");
    let mut taken_back = but_none(NONE, UNKNOWN);
    taken_back[4] = took;
    let rows = || {
        [
            (start(finland()), but_none(FOCAL, AGAIN)),
            (enter(), but_none("reply_started", AGAIN)),
            (save(&[words(5)], &[]), its_own("reply_answered", LOCKED)),
            (attach(), its_own("reply_file_attached", LOCKED)),
            (remove(), its_own("unknown_file", LOCKED)),
            (submit(None), its_own("reply_submitted", LOCKED)),
            (decide_publication(all()), but_none(NONE, FOCAL)),
            (
                clarify(Some("P1")),
                [
                    NONE, EARLY, EARLY, asked, asked, DONE, asked, DONE, GONE, EARLY, asked,
                ],
            ),
            (answer_it(1), its_own(UNKNOWN, UNKNOWN)),
            (take_it_back(1), taken_back),
            (
                accept(),
                [
                    NONE,
                    EARLY,
                    EARLY,
                    good,
                    "clarification_open",
                    DONE,
                    good,
                    DONE,
                    GONE,
                    EARLY,
                    good,
                ],
            ),
            (
                begin(None),
                [
                    NONE, EARLY, EARLY, faulty, faulty, faulty, OPEN, OPEN, faulty, EARLY, faulty,
                ],
            ),
            (
                begin(Some(source())),
                [
                    NONE, EARLY, EARLY, begun, begun, begun, OPEN, OPEN, begun, EARLY, begun,
                ],
            ),
            (
                Command::DiscardAmendment,
                its_own("reply_cleared amendment_discarded", NO),
            ),
            (withdraw(), its_own(EARLY, GONE)),
        ]
    };
    for context in [open(), closed()] {
        let context = by(Hand::Secretariat, context);
        assert_table::<Reply, 11>(&context, whole_life(), rows());
    }
}
