use proptest::prelude::*;

use super::life::{
    approve_by, give_back, present, presented, returned, settled, withdraw, withdrawn,
};
use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(Command::Draft(drafted())),
        4 => (0..4_u8).prop_map(save),
        4 => Just(revise()),
        3 => Just(correcting::correct()),
        3 => (0..5_u32).prop_map(present),
        2 => (0..5_u32).prop_map(approve_by),
        1 => (0..5_u32).prop_map(approve),
        3 => (0..5_u32).prop_map(give_back),
        1 => Just(withdraw()),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::from(drafted())),
        (0..4_u8).prop_map(|n| saved(n).into()),
        (0..4_u32).prop_map(|n| revised(n).into()),
        (0..4_u32).prop_map(|n| presented(n).into()),
        (0..4_u32).prop_map(|n| returned(n).into()),
        (0..4_u32).prop_map(|n| approved(n).into()),
        Just(Event::from(withdrawn())),
        (1..4_u32).prop_map(|n| correcting::corrected(n).into()),
    ]
}

proptest! {
    #[test]
    fn revisions_count_up_and_never_change(commands in prop::collection::vec(command(), 0..40)) {
        play::<Instrument>(&settled(), commands, |before, _, after| {
            let after = after.as_ref().expect("an accepted command leaves an instrument");
            for (index, revision) in (1..).zip(&after.revisions) {
                assert_eq!(revision.number, index);
            }
            let earlier = before.iter().flat_map(|before| &before.revisions);
            for (was, now) in earlier.zip(&after.revisions) {
                assert_eq!(was.questionnaire, now.questionnaire);
                assert!(was.approval.is_none() || was.approval == now.approval);
                assert!(was.presentation.is_none() || was.presentation == now.presentation);
                assert!(was.returned.is_none() || was.returned == now.returned);
            }
        });
    }

    #[test]
    fn no_revision_is_in_two_states_and_only_the_latest_is_open(commands in prop::collection::vec(command(), 0..60)) {
        play::<Instrument>(&settled(), commands, |before, events, after| {
            let after = after.as_ref().unwrap();
            for revision in &after.revisions {
                assert!(revision.approval.is_none() || revision.returned.is_none());
                assert!(revision.returned.is_none() || revision.presentation.is_some());
                let by_meeting = revision.approval.as_ref().and_then(|approval| approval.meeting_id);
                let is_decided_on = revision.approval.is_some() && revision.correction.is_none();
                assert_eq!(by_meeting.is_some() && revision.correction.is_none(), is_decided_on && revision.presentation.is_some());
                assert!(!revision.is_before_a_meeting() || revision.number == after.latest_revision());
            }
            let was = before.as_ref().map(Instrument::stage);
            assert!(was != Some(Stage::Withdrawn) || events.is_empty(), "what is withdrawn stays so");
            assert!(was != Some(Stage::Presented) || after.latest_revision() == before.as_ref().unwrap().latest_revision());
        });
    }

    #[test]
    fn nothing_goes_to_a_meeting_while_a_comment_waits(commands in prop::collection::vec(command(), 0..40), open in any::<bool>()) {
        let context = Context {
            obstacles: Some(Obstacles {
                open: if open { vec![ConsultationId(uuid::Uuid::nil())] } else { Vec::new() },
                undisposed: if open { Vec::new() } else { vec![life::waiting()] },
                not_taken_up: Vec::new(),
            }),
            ..settled()
        };
        play::<Instrument>(&context, commands, |_, events, _| {
            for event in events {
                assert!(!matches!(event, Event::InstrumentPresented(_) | Event::InstrumentApproved(_)));
            }
        });
    }

    #[test]
    fn evolve_takes_events_in_any_order(events in prop::collection::vec(event(), 0..12)) {
        let state = evolved::<Instrument>(events);
        let _ = state.map(|instrument| instrument.stage());
    }
}
