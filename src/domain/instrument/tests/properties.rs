use proptest::prelude::*;

use super::*;
use crate::domain::testing::play;

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        Just(Command::Draft(drafted())),
        (0..4_u8).prop_map(save),
        Just(Command::Revise),
        (0..5_u32).prop_map(approve),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::from(drafted())),
        (0..4_u8).prop_map(|n| saved(n).into()),
        (0..4_u32).prop_map(|n| revised(n).into()),
        (0..4_u32).prop_map(|n| approved(n).into()),
    ]
}

proptest! {
    #[test]
    fn revisions_count_up_and_never_change(commands in prop::collection::vec(command(), 0..40)) {
        play::<Instrument>(&context(), commands, |before, _, after| {
            let after = after.as_ref().expect("an accepted command leaves an instrument");
            for (index, revision) in (1..).zip(&after.revisions) {
                assert_eq!(revision.number, index);
            }
            let earlier = before.iter().flat_map(|before| &before.revisions);
            for (was, now) in earlier.zip(&after.revisions) {
                assert_eq!(was.questionnaire, now.questionnaire);
                assert!(was.approval.is_none() || was.approval == now.approval);
            }
        });
    }

    #[test]
    fn evolve_takes_events_in_any_order(events in prop::collection::vec(event(), 0..12)) {
        evolved::<Instrument>(events);
    }
}
