//! Who may draft beside a reply, and until when.

use super::*;

#[test]
fn drafts_are_the_focal_points_as_long_as_the_reply_takes_changes() {
    let nowhere = Context {
        beside: None,
        ..open()
    };
    for (context, code) in [
        (nowhere, "unknown_reply"),
        (
            changed(|beside| beside.is_focal_point = false),
            "not_focal_point",
        ),
        (
            changed(|beside| beside.is_open = false),
            "collection_closed",
        ),
        (
            changed(|beside| beside.takes_changes = false),
            "reply_submitted",
        ),
    ] {
        given::<Need>([]).when(&context, draft()).refused(code, &[]);
        for command in [edit(Urgency::Low), Command::Drop] {
            given::<Need>([drafted()])
                .when(&context, command)
                .refused(code, &[]);
        }
    }
}

#[test]
fn a_reply_has_so_many_needs_and_no_more() {
    let number = |number| Command::Draft {
        party: PARTY,
        reply: reply(),
        number,
        about: about(),
    };
    assert!(Need::decide(&None, &open(), number(MAX_NEEDS)).is_ok());
    given::<Need>([])
        .when(&open(), number(MAX_NEEDS + 1))
        .refused("too_many_needs", &[]);
}

#[test]
fn whoever_was_replaced_indicates_shares_and_lapses_nothing() {
    let replaced = Context {
        beside: None,
        is_replaced: true,
        ..open()
    };
    given::<Need>([])
        .when(&replaced, indicate())
        .refused("not_focal_point", &[]);
    for command in [share(Sharing::All), Command::Lapse(lapsed())] {
        given::<Need>([indicated()])
            .when(&replaced, command)
            .refused("not_focal_point", &[]);
    }
}
