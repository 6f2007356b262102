//! Every command in every state: what it gives, or with which code it is refused.

use super::*;
use crate::domain::testing::assert_table;

/// Every state of a need's own stream: none, drafted, dropped, indicated, confirmed, merged, declined, met, lapsed.
fn states() -> [Vec<Event>; 9] {
    let confirmed = || vec![indicated(), NeedConfirmed {}.into()];
    let then = |event: Event| confirmed().into_iter().chain([event]).collect::<Vec<_>>();
    [
        Vec::new(),
        vec![drafted()],
        vec![drafted(), NeedDropped {}.into()],
        vec![indicated()],
        confirmed(),
        then(NeedMerged { into: OTHER }.into()),
        vec![indicated(), NeedDeclined { reason: words(5) }.into()],
        then(met().into()),
        then(lapsed().into()),
    ]
}

const NONE: &str = "unknown_need";
const EXISTS: &str = "need_already_exists";
const DRAFT: &str = "need_not_indicated";
const OVER: &str = "need_over";

/// A row of the table: what is outside of the few states that matter is the same for all of them.
fn row(none: &'static str, draft: &'static str, rest: [&'static str; 3]) -> [&'static str; 9] {
    let [indicated, confirmed, over] = rest;
    [
        none, draft, NONE, indicated, confirmed, over, over, over, over,
    ]
}

#[test]
fn every_command_in_every_state() {
    let confirmed = "need_already_confirmed";
    let not = "need_not_drafted";
    let shared = "need_shared";
    assert_table::<Need, 9>(
        &open(),
        states(),
        [
            (
                draft(),
                [
                    "need_drafted",
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                ],
            ),
            (
                indicate(),
                [
                    "need_indicated",
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                    EXISTS,
                ],
            ),
            (edit(Urgency::High), row(NONE, "", [not; 3])),
            (edit(Urgency::Low), row(NONE, "need_edited", [not; 3])),
            (Command::Drop, row(NONE, "need_dropped", [not; 3])),
            (
                Command::Confirm,
                row(NONE, DRAFT, ["need_confirmed", confirmed, OVER]),
            ),
            (
                Command::Merge { into: OTHER },
                row(NONE, DRAFT, ["need_merged", "need_merged", OVER]),
            ),
            (
                decline(),
                row(NONE, DRAFT, ["need_declined", confirmed, OVER]),
            ),
            (
                Command::Meet(met()),
                row(
                    NONE,
                    DRAFT,
                    ["need_not_confirmed", "need_not_matched", OVER],
                ),
            ),
            (
                Command::Lapse(lapsed()),
                row(NONE, DRAFT, ["need_lapsed", "need_lapsed", OVER]),
            ),
            (share(Sharing::Nobody), row(NONE, DRAFT, [""; 3])),
            (share(Sharing::Donors), row(NONE, DRAFT, [shared; 3])),
        ],
    );
}

/// Where a project or an accepted request is about it, a need that is confirmed is matched.
#[test]
fn every_command_in_every_state_where_something_is_about_the_need() {
    let context = Context {
        is_matched: true,
        ..open()
    };
    let (matched, not) = ("need_is_matched", "need_not_drafted");
    assert_table::<Need, 9>(
        &context,
        states(),
        [
            (edit(Urgency::Low), row(NONE, "need_edited", [not; 3])),
            (Command::Drop, row(NONE, "need_dropped", [not; 3])),
            (
                Command::Confirm,
                row(
                    NONE,
                    DRAFT,
                    ["need_confirmed", "need_already_confirmed", OVER],
                ),
            ),
            (
                Command::Merge { into: OTHER },
                row(NONE, DRAFT, ["need_merged", matched, OVER]),
            ),
            (
                decline(),
                row(NONE, DRAFT, ["need_declined", matched, OVER]),
            ),
            (
                Command::Meet(met()),
                row(NONE, DRAFT, ["need_not_confirmed", "need_met", OVER]),
            ),
            (
                Command::Lapse(lapsed()),
                row(NONE, DRAFT, ["need_lapsed", "need_lapsed", OVER]),
            ),
            (share(Sharing::All), row(NONE, DRAFT, ["need_shared"; 3])),
        ],
    );
}

/// A draft that its reply's submission named is indicated, though its own stream does not say so.
#[test]
fn a_draft_that_was_submitted_is_treated_as_indicated() {
    let named = changed(|beside| beside.is_named = true);
    let status = |outcome| [NONE, outcome];
    assert_table::<Need, 2>(
        &named,
        [Vec::new(), vec![drafted()]],
        [
            (edit(Urgency::Low), status("need_not_drafted")),
            (Command::Drop, status("need_not_drafted")),
            (Command::Confirm, status("need_confirmed")),
            (decline(), status("need_declined")),
            (Command::Merge { into: OTHER }, status("need_merged")),
            (Command::Lapse(lapsed()), status("need_lapsed")),
            (share(Sharing::All), status("need_shared")),
        ],
    );
}
