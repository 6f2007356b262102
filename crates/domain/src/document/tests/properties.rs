use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let to = || prop::sample::select(vec![MEETING, INSTRUMENT]);
    let how = || prop::sample::select(DocumentRelation::ALL);
    prop_oneof![
        1 => prop::sample::select(vec![SYMBOL, "no symbol"]).prop_map(|symbol| {
            Command::Record(DocumentRecorded { symbol: symbol.into(), ..recorded() })
        }),
        2 => prop::sample::select(vec!["A", "B", ""]).prop_map(|title| Command::Amend(particulars(title))),
        4 => (to(), how()).prop_map(|(to, how)| Command::Link { to, how }),
        3 => (to(), how()).prop_map(|(to, how)| Command::Unlink { to, how }),
    ]
}

proptest! {
    #[test]
    fn random_commands_keep_the_symbol_and_link_each_thing_once(commands in prop::collection::vec(command(), 0..30)) {
        play::<Document>(&THERE, commands, |before, events, after| {
            let after = after.as_ref().expect("a decided document is there");
            assert_eq!(after.symbol, SYMBOL);
            assert!(!after.particulars.title.0.is_empty());
            assert!(after.links.iter().all(|(to, how)| to.takes(*how)));
            let links = |state: &State| state.as_ref().map_or(0, |document| document.links.len());
            let change = match events {
                [Event::DocumentLinked(_)] => 1,
                [Event::DocumentUnlinked(_)] => -1,
                _ => 0,
            };
            assert_eq!(after.links.len() as i64, links(before) as i64 + change);
        });
    }
}
