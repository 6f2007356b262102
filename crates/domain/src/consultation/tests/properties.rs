use proptest::prelude::*;

use super::*;
use crate::testing::play;

const PARTIES: [&str; 4] = ["FIN", "THA", "KEN", "BRA"];

fn command() -> impl Strategy<Value = Command> {
    let parties = prop::collection::vec(prop::sample::select(PARTIES.to_vec()), 0..3);
    prop_oneof![
        2 => parties.clone().prop_map(|codes| open(&codes.into_iter().map(party).collect::<Vec<_>>())),
        4 => parties.prop_map(|codes| ask(&codes)),
        2 => (1..12_u8).prop_map(|month| extend(&format!("2005-{month:02}-01T00:00:00Z"))),
        3 => Just(close()),
        3 => Just(reopen()),
        1 => Just(publish()),
    ]
}

proptest! {
    #[test]
    fn who_was_asked_stays_asked_time_only_grows_and_what_is_published_is_closed(
        commands in prop::collection::vec(command(), 0..40),
    ) {
        play::<Consultation>(&context(), commands, |before, events, after| {
            let after = after.as_ref().expect("an accepted command leaves a consultation");
            if let Some(before) = before {
                assert!(before.asked.iter().all(|(party, asked)| after.asked.get(party) == Some(asked)));
                assert!(before.until.at <= after.until.at);
                assert!(before.published.is_none() || (events.is_empty() && before == after));
            }
            assert!(after.published.is_none() || after.status == Status::Closed);
        });
    }
}
