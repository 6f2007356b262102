use proptest::prelude::*;

use super::*;
use crate::domain::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let categories = prop::collection::vec("[A-C ]".prop_map(|code| category(&code)), 0..3);
    let standards = prop::collection::vec(
        ("[a-e/]", "[A-D]").prop_map(|(code, of)| standard(&code, &of)),
        0..3,
    );
    (categories, standards).prop_map(|(categories, standards)| Command::Extend {
        categories,
        standards,
    })
}

proptest! {
    #[test]
    fn every_standard_has_a_category_and_nothing_is_lost(commands in prop::collection::vec(command(), 0..12)) {
        play::<Classification>(&(), commands, |before, events, after| {
            let size = |state: &State| state.categories.len() + state.standards.len();
            assert_eq!(size(after), size(before) + events.len());
            for standard in after.standards.values() {
                assert!(after.categories.contains_key(&standard.category));
            }
        });
    }
}
