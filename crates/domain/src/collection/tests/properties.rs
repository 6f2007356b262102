use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let codes = || prop::collection::vec("[A-F]", 0..4);
    let parties = |codes: Vec<String>| {
        codes
            .iter()
            .map(|code| invitation(code))
            .collect::<Vec<_>>()
    };
    prop_oneof![
        codes().prop_map(move |codes| open(&parties(codes))),
        codes().prop_map(move |codes| Command::Invite {
            parties: parties(codes),
            letter: None,
        }),
        ("[A-F]", 0..4_u8).prop_map(|(code, month)| deadlines::extend(Some(&[&code]), month)),
        (0..4_u8).prop_map(|month| deadlines::extend(None, month)),
        codes().prop_map(|codes| Command::Remind {
            parties: codes.iter().map(|code| PartyId::from_code(code)).collect(),
        }),
        (0..100_u64).prop_map(|position| Command::Release { position }),
        (0..4_u32).prop_map(corrections::correct),
        Just(Command::Close { reason: None }),
        Just(Command::Reopen {
            reason: deadlines::why()
        }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::from(opened())),
        "[A-F]".prop_map(|code| invited(&code)),
        Just(closed()),
        Just(deadlines::extended(None)),
        (1..4_u32).prop_map(|revision| corrections::moved(revision).into()),
        "[A-F]".prop_map(|code| deadlines::extended(Some(&[&code]))),
        "[A-F]".prop_map(|code| deadlines::reminded(&[&code])),
        (1..4_u32, 0..100_u64)
            .prop_map(|(release, position)| releases::released(release, position)),
        Just(
            CollectionReopened {
                reason: Reason::Stored("A State asked".into())
            }
            .into()
        ),
    ]
}

proptest! {
    #[test]
    fn each_party_is_invited_once_and_stays_invited(commands in prop::collection::vec(command(), 0..30)) {
        let mut all = Vec::new();
        play::<Collection>(&corrections::corrected(|_| {}), commands, |before, events, after| {
            for event in events {
                if let Event::PartiesInvited(event) = event {
                    all.extend(event.parties.iter().map(|invitation| invitation.party));
                }
            }
            let after = after.as_ref().expect("an accepted command leaves a collection");
            assert_eq!(after.invited.len(), all.len());
            let releases = &after.releases;
            assert!(releases.is_sorted_by(|one, next| one.position <= next.position && one.release + 1 == next.release));
            if let Some(before) = before {
                assert!(before.status == Status::Open || before.invited == after.invited);
                assert!(before.revision <= after.revision && after.corrected.is_sorted());
                // Nobody ever has less time than before.
                for party in before.invited.keys() {
                    assert!(before.deadline_of(*party).at <= after.deadline_of(*party).at);
                }
            }
        });
    }

    #[test]
    fn evolve_takes_events_in_any_order(events in prop::collection::vec(event(), 0..12)) {
        evolved::<Collection>(events);
    }
}
