use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let reason = || (0..3_u32).prop_map(words);
    prop_oneof![
        prop::collection::vec(prop::sample::select(vec![NEED, THEIRS, LAPSED]), 0..3)
            .prop_map(|needs| make(RequestMade { needs, ..made() })),
        reason().prop_map(|reason| Command::Accept { reason }),
        reason().prop_map(|reason| Command::Decline { reason }),
        Just(Command::Withdraw),
    ]
}

proptest! {
    #[test]
    fn a_request_is_decided_once_and_what_was_asked_stays(commands in prop::collection::vec(command(), 0..20)) {
        play::<Request>(&context(), commands, |before, _, after| {
            let after = after.as_ref().expect("a decided request is there");
            assert_eq!(after.made.needs, [NEED], "only what the State can ask for");
            let Some(before) = before else {
                assert_eq!(after.status, Status::Made);
                return;
            };
            assert_eq!(before.made, after.made);
            let way = (before.status, after.status);
            let is_way = matches!(
                way,
                (Status::Made, Status::Accepted | Status::Declined | Status::Withdrawn)
                    | (Status::Accepted, Status::Withdrawn)
            );
            assert!(is_way, "{way:?}");
        });
    }
}
