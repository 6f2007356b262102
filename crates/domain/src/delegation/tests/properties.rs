use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn person() -> impl Strategy<Value = PersonId> {
    (1..4_u128).prop_map(|n| PersonId(Uuid::from_u128(n)))
}

fn change() -> impl Strategy<Value = DelegationChange> {
    let sections = prop::collection::vec(prop::sample::select(vec!["A", "B", "Z"]), 0..3)
        .prop_map(|codes| codes.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let by = || prop::option::of(person());
    prop_oneof![
        person().prop_map(DelegationChange::Nominate),
        person().prop_map(DelegationChange::Name),
        Just(DelegationChange::End),
        (person(), sections, by()).prop_map(|(person, sections, by)| DelegationChange::Admit {
            person,
            sections,
            reads: None,
            by
        }),
        (person(), by()).prop_map(|(person, by)| DelegationChange::Dismiss { person, by }),
    ]
}

proptest! {
    #[test]
    fn one_person_at_a_time_is_the_focal_point_and_is_no_contributor(
        changes in prop::collection::vec(change(), 0..40),
    ) {
        play::<Delegation>(&context(), changes.into_iter().map(to), |before, events, after| {
            let everybody = (1..4_u128).map(|n| PersonId(Uuid::from_u128(n)));
            let acting = everybody.filter(|person| after.is_focal_point(*person, Some(FIRST)));
            assert!(acting.count() <= 1);
            let holder = after.focal_point();
            assert!(holder.is_none_or(|holder| !after.contributors.contains_key(&holder)));
            assert!(after.contributors.values().all(|admitted| !admitted.sections.is_empty() && !admitted.sections.contains("Z")));
            assert_eq!(events.is_empty(), before == after, "an event says what changes");
        });
    }
}
