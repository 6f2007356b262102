use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let hand = prop::sample::select(vec![
        CommentingCapacity::Party,
        CommentingCapacity::Secretariat,
    ]);
    let disposition = prop::sample::select(Disposition::ALL.to_vec());
    let revision = prop::option::of(0..4_u32);
    prop_oneof![
        2 => prop::sample::select(vec![made(), entered()]).prop_map(Command::Make),
        3 => hand.clone().prop_map(correct),
        1 => hand.prop_map(|by| Command::Withdraw { by }),
        3 => (disposition, revision).prop_map(|(disposition, revision)| {
            Command::Dispose(CommentDisposed { revision, ..disposed(disposition) })
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_decided_on_or_taken_back_says_the_same_for_ever(commands in prop::collection::vec(command(), 0..30)) {
        play::<Comment>(&context(), commands, |before, events, after| {
            let after = after.as_ref().expect("an accepted command leaves a comment");
            assert!(!after.withdrawn || after.disposition.is_none());
            if let Some(before) = before {
                assert!(before.disposition.is_none() || (before.said == after.said && after.disposition.is_some()));
                assert!(!before.withdrawn || events.is_empty());
                assert_eq!((before.party, &before.entered_on_behalf), (after.party, &after.entered_on_behalf));
            }
            let revision = after.disposition.as_ref().and_then(|disposed| disposed.revision);
            assert!(revision.is_none_or(|revision| revision == 2));
        });
    }

    #[test]
    fn nothing_is_said_once_the_consultation_is_closed(commands in prop::collection::vec(command(), 0..20)) {
        let state = evolved::<Comment>([made().into()]);
        for command in commands {
            if let Ok(events) = Comment::decide(&state, &closed(), command) {
                assert!(events.iter().all(|event| matches!(event, Event::CommentDisposed(_))));
            }
        }
    }
}
