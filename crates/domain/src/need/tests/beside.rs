//! Who may draft beside a reply, and until when.

use super::*;
use crate::reply;

#[test]
fn drafts_are_for_whoever_may_submit_the_reply_as_long_as_it_takes_changes() {
    let nowhere = Context {
        beside: None,
        ..open()
    };
    let refused = |refusal| changed(|beside| beside.may_draft = Err(refusal));
    for (context, code) in [
        (nowhere, "unknown_reply"),
        (refused(reply::Refusal::NotFocalPoint), "not_focal_point"),
        (
            refused(reply::Refusal::SectionNotAssigned(Vec::new())),
            "not_focal_point",
        ),
        (
            refused(reply::Refusal::CollectionClosed),
            "collection_closed",
        ),
        (refused(reply::Refusal::ReplySubmitted), "reply_submitted"),
        (refused(reply::Refusal::ReplyEntered), "reply_entered"),
        (
            refused(reply::Refusal::ReplyNotEntered),
            "reply_not_entered",
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
        reply: REPLY,
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
        is_replaced: true,
        ..changed(|beside| beside.is_named = true)
    };
    given::<Need>([])
        .when(&replaced, indicate())
        .refused("not_focal_point", &[]);
    for command in [share(Sharing::All), lapse()] {
        for begun in [indicated(), drafted()] {
            given::<Need>([begun])
                .when(&replaced, command.clone())
                .refused("not_focal_point", &[]);
        }
    }
}
