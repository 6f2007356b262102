use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let day = || (1..=28_i8).prop_map(|day| date(2004, 1, day));
    let what = prop::sample::select(vec!["25000", "0", "1.234"]);
    prop_oneof![
        (what, day()).prop_map(|(amount, on)| Command::Pledge(Pledge {
            on,
            ..pledge(money(amount, "EUR"))
        })),
        day().prop_map(|on| Command::Receive { on, today: TODAY }),
        (day(), 0..2_u32).prop_map(|(on, length)| Command::Cancel {
            on,
            reason: words(length),
            today: TODAY
        }),
    ]
}

proptest! {
    #[test]
    fn a_contribution_comes_or_not_once_and_what_was_pledged_stays(commands in prop::collection::vec(command(), 0..12)) {
        play::<Contribution>(&context(), commands, |before, _, after| {
            let after = after.as_ref().expect("a decided contribution is there");
            match before {
                None => assert_eq!(after.status, Status::Pledged),
                Some(before) => {
                    assert_eq!(before.status, Status::Pledged);
                    assert_ne!(after.status, Status::Pledged);
                    assert_eq!(after.pledged, before.pledged);
                    assert!(after.ended_on.expect("a day") >= after.pledged.on);
                }
            }
        });
    }
}
