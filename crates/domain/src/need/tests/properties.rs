use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let sharing = prop::sample::select(Sharing::ALL);
    let urgency = prop::sample::select(Urgency::ALL);
    prop_oneof![
        Just(draft()),
        Just(indicate()),
        urgency.prop_map(edit),
        Just(Command::Drop),
        Just(Command::Confirm),
        Just(Command::Merge { into: OTHER }),
        Just(decline()),
        Just(meet()),
        Just(lapse()),
        sharing.prop_map(share),
    ]
}

/// From which stage to which a need may go.
fn may(from: Option<Status>, to: Status, is_matched: bool) -> bool {
    use Status::*;
    match (from, to) {
        (None, Drafted | Indicated) | (Some(Drafted), Dropped) => true,
        (Some(Drafted | Indicated), Confirmed | Lapsed) => true,
        (Some(Drafted | Indicated), Merged | Declined) => !is_matched,
        (Some(Confirmed), Merged) => !is_matched,
        (Some(Confirmed), Met) => is_matched,
        (Some(Confirmed), Lapsed) => true,
        _ => false,
    }
}

proptest! {
    #[test]
    fn no_sequence_of_commands_leaves_the_table(
        commands in prop::collection::vec(command(), 0..30),
        is_named: bool,
        is_matched: bool,
    ) {
        let context = Context { is_matched: Some(is_matched), ..changed(|beside| beside.is_named = is_named) };
        let over = BTreeSet::from([Status::Merged, Status::Declined, Status::Met, Status::Lapsed, Status::Dropped]);
        play::<Need>(&context, commands, |before, events, after| {
            assert_eq!(events.is_empty(), before == after, "an event says what changes");
            let from = before.as_ref().map(|need| need.stage);
            let to = after.as_ref().map(|need| need.stage);
            if from != to {
                assert!(may(from, to.unwrap(), is_matched), "{from:?} to {to:?}");
            }
            let (Some(before), Some(after)) = (before, after) else { return };
            assert_eq!((before.party, before.reply), (after.party, after.reply));
            if before.stage != Status::Drafted || is_named {
                assert_eq!(before.about, after.about, "what was indicated stays as it was said");
            }
            if before.sharing != after.sharing {
                assert!(after.status(is_named, is_matched) != Status::Drafted);
            }
            if over.contains(&before.stage) {
                assert_eq!(before.stage, after.stage);
            }
            assert_eq!(after.into.is_some(), after.stage == Status::Merged);
        });
    }
}
