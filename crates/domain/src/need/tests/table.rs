//! Every command in every state: what it gives, or with which code it is refused.

use super::*;
use crate::testing::assert_table;

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
            (
                enter(note("A note")),
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
                meet(),
                row(
                    NONE,
                    DRAFT,
                    ["need_not_confirmed", "need_not_matched", OVER],
                ),
            ),
            (
                lapse(),
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
        is_matched: Some(true),
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
                row(NONE, DRAFT, [matched, matched, OVER]),
            ),
            (decline(), row(NONE, DRAFT, [matched, matched, OVER])),
            (
                meet(),
                row(NONE, DRAFT, ["need_not_confirmed", "need_met", OVER]),
            ),
            (
                lapse(),
                row(NONE, DRAFT, ["need_lapsed", "need_lapsed", OVER]),
            ),
            (share(Sharing::All), row(NONE, DRAFT, ["need_shared"; 3])),
        ],
    );
}

/// A draft that its reply's submission named is indicated, though its own stream does not say so; from then on it lives as
/// any other.
#[test]
fn a_draft_that_was_submitted_is_treated_as_indicated() {
    let named = changed(|beside| beside.is_named = true);
    let confirmed = || vec![drafted(), NeedConfirmed {}.into()];
    let then = |event: Event| confirmed().into_iter().chain([event]).collect::<Vec<_>>();
    let states = [
        Vec::new(),
        vec![drafted()],
        confirmed(),
        then(NeedMerged { into: OTHER }.into()),
        vec![drafted(), NeedDeclined { reason: words(5) }.into()],
        then(met().into()),
        then(lapsed().into()),
    ];
    let row =
        |none, indicated, confirmed, over| [none, indicated, confirmed, over, over, over, over];
    let not = "need_not_drafted";
    let rows = |is_matched: bool| {
        let [merged, merged_later, declined, met] = if is_matched {
            let matched = "need_is_matched";
            [matched, matched, matched, "need_met"]
        } else {
            let declined = "need_declined";
            ["need_merged", "need_merged", declined, "need_not_matched"]
        };
        let too_late = if is_matched {
            declined
        } else {
            "need_already_confirmed"
        };
        [
            (draft(), row("need_drafted", EXISTS, EXISTS, EXISTS)),
            (indicate(), row("need_indicated", EXISTS, EXISTS, EXISTS)),
            (
                enter(note("A note")),
                row("need_indicated", EXISTS, EXISTS, EXISTS),
            ),
            (edit(Urgency::Low), row(NONE, not, not, not)),
            (Command::Drop, row(NONE, not, not, not)),
            (
                Command::Confirm,
                row(NONE, "need_confirmed", "need_already_confirmed", OVER),
            ),
            (decline(), row(NONE, declined, too_late, OVER)),
            (
                Command::Merge { into: OTHER },
                row(NONE, merged, merged_later, OVER),
            ),
            (meet(), row(NONE, "need_not_confirmed", met, OVER)),
            (lapse(), row(NONE, "need_lapsed", "need_lapsed", OVER)),
            (
                share(Sharing::All),
                row(NONE, "need_shared", "need_shared", "need_shared"),
            ),
        ]
    };
    for is_matched in [false, true] {
        let context = Context {
            is_matched: Some(is_matched),
            ..named.clone()
        };
        assert_table::<Need, 7>(&context, states.clone(), rows(is_matched));
    }
}
