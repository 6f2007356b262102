use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let day = || (1..=12_i8).prop_map(|month| date(2005, month, 1));
    let title = || prop::sample::select(vec!["A", "B", " "]);
    prop_oneof![
        2 => (title(), day()).prop_map(|(title, on)| take_up(MaterialTakenUp { subject: subject_of(title), on, ..taken_up() })),
        2 => title().prop_map(|title| Command::Edit(subject_of(title))),
        6 => (prop::sample::select(Status::ALL), day()).prop_map(|(to, on)| Command::Advance { to, on, today: TODAY }),
        2 => (prop::sample::select(ResourcesState::ALL), day())
            .prop_map(|(resources, on)| record(MaterialResourcesRecorded { resources, on })),
    ]
}

proptest! {
    #[test]
    fn random_commands_go_round_from_review_to_issue(commands in prop::collection::vec(command(), 0..30)) {
        let context = context();
        play::<Material>(&context, commands, |before, _, after| {
            let after = after.as_ref().expect("a decided material is there");
            let Some(before) = before else {
                assert_eq!(after.status, Status::UnderReview);
                return;
            };
            assert_eq!(before.kind, after.kind);
            assert!(before.status != Status::Issued || before.subject == after.subject, "what is issued stays");
            assert!(before.status_on <= after.status_on);
            assert!(after.resources.starts_with(&before.resources), "history stays");
            assert!(after.resources.is_sorted_by_key(|record| record.on));
            let way = (before.status, after.status);
            let is_way = way.0 == way.1 || matches!(
                way,
                (Status::UnderReview, Status::Revised)
                    | (Status::Revised, Status::Issued)
                    | (Status::Issued, Status::UnderReview)
            );
            assert!(is_way, "{way:?}");
        });
    }
}
