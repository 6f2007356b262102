use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let day = || (1..=12_i8).prop_map(|month| date(2005, month, 1));
    let plan = || {
        prop_oneof![
            3 => Just(whole()),
            3 => prop::sample::select(vec!["A", "B"]).prop_map(bare),
            1 => Just(NewPlan { post_conflict: true, ..bare("Alone") }),
            1 => Just(NewPlan { needs: vec![NeedId(Uuid::from_u128(99))], ..bare("Unknown") }),
        ]
    };
    let today = date(2005, 12, 31);
    prop_oneof![
        3 => (plan(), day()).prop_map(move |(plan, on)| Command::Propose { plan, on, today }),
        3 => plan().prop_map(Command::Edit),
        4 => (prop::sample::select(vec![Step::Fund, Step::Begin, Step::Complete]), day())
            .prop_map(move |(to, on)| Command::Advance { to, on, today }),
        1 => (day(), 0..2_u32).prop_map(move |(on, length)| Command::Cancel { on, reason: words(length), today }),
        2 => (prop::sample::select(ResourcesState::ALL), day())
            .prop_map(|(resources, on)| record(ProjectResourcesRecorded { resources, on })),
    ]
}

proptest! {
    #[test]
    fn random_commands_go_the_way_of_a_project_and_no_other(commands in prop::collection::vec(command(), 0..30)) {
        play::<Project>(&context(), commands, |before, events, after| {
            let after = after.as_ref().expect("a decided project is there");
            assert!(!after.plan.post_conflict || !after.plan.partners.is_empty());
            assert_eq!(after.cancelled.is_some(), after.status == Status::Cancelled);
            let Some(before) = before else {
                assert_eq!(after.status, Status::Proposed);
                return;
            };
            assert!(![Status::Completed, Status::Cancelled].contains(&before.status) || events.is_empty());
            assert!(before.status_on <= after.status_on);
            assert!(after.resources.starts_with(&before.resources), "history stays");
            assert!(after.resources.is_sorted_by_key(|record| record.on));
            let way = (before.status, after.status);
            let is_way = way.0 == way.1 || matches!(
                way,
                (Status::Proposed, Status::Funded)
                    | (Status::Funded, Status::UnderWay)
                    | (Status::UnderWay, Status::Completed)
                    | (_, Status::Cancelled)
            );
            assert!(is_way, "{way:?}");
        });
    }
}
