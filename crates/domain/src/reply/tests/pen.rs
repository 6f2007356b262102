//! The pen goes from one hand to the other: nobody goes on with what the other only drafted, and nothing is lost.

use super::amending::{after, by_secretariat, changes, decided, submitted_once};
use super::lives::*;
use super::*;

#[test]
fn what_a_party_drafted_is_set_aside_for_what_it_sent_and_comes_back() {
    let mine = [yes(), words(5)];
    let draft = [started(), answered(&mine), super::files::file(1).into()];
    let asked = [submitted_once(), vec![asked(1, None)], changes()].concat();
    let amended = [submitted_once(), vec![begun(None)], changes()].concat();
    let withdrawn = [submitted_once(), vec![withdrawn()], changes()].concat();
    for (events, last) in [
        (draft.to_vec(), vec![started()]),
        (asked, submitted_once()),
        (amended, submitted_once()),
        (withdrawn, submitted_once()),
    ] {
        let (before, last) = (after(&[&events]), after(&[&last]));
        for context in [
            by_secretariat(),
            Context {
                collection: closed().collection,
                ..by_secretariat()
            },
        ] {
            let events = decided(&context, &before, begin(Some(source())));
            let taken = events
                .iter()
                .fold(Some(before.clone()), Reply::evolve)
                .unwrap();
            assert_eq!(
                (&taken.answers, &taken.comments, &taken.files),
                (&last.answers, &last.comments, &last.files)
            );
            let refused = Reply::decide(&Some(taken.clone()), &open(), save(&[yes()], &[]));
            assert_eq!(refused, Err(Refusal::ReplyEntered));
            let discarded = decided(&context, &taken, Command::DiscardAmendment);
            let back = discarded.iter().fold(Some(taken), Reply::evolve).unwrap();
            assert_eq!(
                (&back.answers, &back.comments, &back.files),
                (&before.answers, &before.comments, &before.files)
            );
            assert_eq!((back.status(), &back.source), (before.status(), &None));
            decided(&open(), &back, save(&[answer("N1", number(8))], &[]));
        }
    }
}

#[test]
fn what_the_secretariat_changed_is_set_aside_where_its_party_goes_on() {
    let filed = [entered(), complete(), filed(), asked(1, None)];
    let before = after(&[&filed, &[answered(&[words(5)])]]);
    let begun = decided(&open(), &before, begin(None));
    let now = begun.iter().fold(Some(before), Reply::evolve).unwrap();
    assert_eq!((now.answers.get("P3"), &now.source), (None, &None));
}

#[test]
fn a_withdrawal_drops_what_the_secretariat_had_begun_to_enter() {
    let taken = [begun(Some(source())), answered(&[words(5)])];
    let before = after(&[&[started(), complete(), submitted()], &taken]);
    let events = decided(&open(), &before, withdraw());
    let now = events.iter().fold(Some(before), Reply::evolve).unwrap();
    assert_eq!(
        (now.answers.get("P3"), now.status()),
        (None, Status::Withdrawn)
    );
}

#[test]
fn another_source_is_named_while_it_is_entered_and_a_discarded_entry_entered_again() {
    let other = Source {
        reference: "NV/2011/115".into(),
        ..source()
    };
    let reply = after(&[&[entered(), complete()]]);
    let events = decided(&by_secretariat(), &reply, begin(Some(other.clone())));
    assert_eq!(events, [begun(Some(other.clone()))]);
    let named = events.iter().fold(Some(reply), Reply::evolve).unwrap();
    assert_eq!((named.answers.size(), &named.source), (2, &Some(other)));
    let discarded = decided(&by_secretariat(), &named, Command::DiscardAmendment);
    let nobodys = discarded.iter().fold(Some(named), Reply::evolve).unwrap();
    let again = decided(&by_secretariat(), &nobodys, enter());
    assert_eq!(again, [begun(Some(source()))]);
}
