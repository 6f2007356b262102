use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let categories = || prop::collection::vec("[A-C ]".prop_map(|code| category(&code)), 0..3);
    let standards = || {
        prop::collection::vec(
            ("[a-e/]", "[A-D]").prop_map(|(code, of)| standard(&code, &of)),
            0..3,
        )
    };
    let extend = (categories(), standards()).prop_map(|(categories, standards)| Command::Extend {
        categories,
        standards,
    });
    let renamed = prop::collection::vec("[A-C]".prop_map(|code| (code, category("A").title)), 0..2);
    let regrouped = prop::collection::vec(("[a-e]", "[A-D]"), 0..3);
    let retired = prop::collection::vec("[A-D]", 0..2);
    let publish = (
        categories(),
        standards(),
        renamed,
        regrouped,
        retired,
        1..4_i8,
    )
        .prop_map(
            |(categories, standards, renamed, regrouped, retired, month)| {
                Command::Publish(NewVersion {
                    on: date(2006, month, 1),
                    categories,
                    standards,
                    renamed,
                    regrouped,
                    retired,
                    ..version()
                })
            },
        );
    prop_oneof![2 => extend, 3 => publish]
}

proptest! {
    #[test]
    fn every_standard_has_a_category_and_nothing_is_lost(commands in prop::collection::vec(command(), 0..20)) {
        play::<Classification>(&(), commands, |before, events, after| {
            let ever = |state: &State| state.categories.len() + state.retired.len() + state.standards.len();
            let added = events.iter().filter(|event| matches!(event, Event::CategoryAdded(_) | Event::StandardAdded(_)));
            assert_eq!(ever(after), ever(before) + added.count());
            for standard in after.standards.values() {
                assert!(after.categories.contains_key(&standard.category));
            }
            // Each change of what was there before belongs to a new version; those before it stay as they were.
            let publishes = matches!(events.first(), Some(Event::ClassificationVersionPublished(_)));
            assert_eq!(after.version, before.version + u32::from(publishes));
            assert_eq!(after.earlier.len() + 1, after.version as usize);
            assert!(before.on <= after.on);
            for number in 1..before.version {
                assert_eq!(before.edition(number), after.edition(number));
            }
            if publishes {
                let kept = Classification { earlier: Vec::new(), ..before.clone() };
                assert_eq!(after.edition(before.version), Some(&kept));
            }
        });
    }
}
