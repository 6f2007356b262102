use proptest::prelude::*;

use super::*;
use crate::testing::{evolved, play};

fn group() -> impl Strategy<Value = Option<RegionalGroup>> {
    prop::option::of(prop::sample::select(RegionalGroup::ALL))
}

fn command() -> impl Strategy<Value = Command> {
    let register = (
        prop::sample::select(PartyKind::ALL),
        group(),
        "[A-Za-z]{2,4}",
    )
        .prop_map(|(kind, regional_group, code)| {
            Command::Register(PartyRegistered {
                code,
                kind,
                regional_group,
                ..finland()
            })
        });
    prop_oneof![
        register,
        group().prop_map(|group| Command::Regroup(regrouped(group)))
    ]
}

proptest! {
    #[test]
    fn a_member_state_always_has_one_group_and_others_none(commands in prop::collection::vec(command(), 0..12)) {
        play::<Party>(&(), commands, |before, events, after| {
            let party = after.as_ref().expect("an accepted command leaves a party");
            assert!(party.kind != PartyKind::MemberState || party.regional_group.is_some());
            assert!(party.kind.is_state() || party.regional_group.is_none());
            assert!(before.as_ref().is_none_or(|before| before.code == party.code));
            assert_eq!(events.len(), 1);
        });
    }

    #[test]
    fn evolve_takes_events_in_any_order(groups in prop::collection::vec(group(), 0..5), at in 0..5_usize) {
        let mut events: Vec<Event> = groups.into_iter().map(|group| regrouped(group).into()).collect();
        events.insert(at.min(events.len()), finland().into());
        prop_assert!(evolved::<Party>(events).is_some());
    }
}
