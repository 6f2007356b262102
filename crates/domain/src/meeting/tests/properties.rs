use proptest::prelude::*;

use super::*;
use crate::testing::play;

fn command() -> impl Strategy<Value = Command> {
    let day = || (2003..2006_i16, 1..13_i8).prop_map(|(year, month)| date(year, month, 1));
    let kind = prop::sample::select(MeetingKind::ALL);
    let party = prop::sample::select(vec!["KEN", "AUT", "VAT", "AI", "XXX"]);
    let capacity = prop::sample::select(Capacity::ALL);
    let one = (party, capacity, 0..3_u16)
        .prop_map(|(party, capacity, persons)| delegation(party, capacity, persons));
    prop_oneof![
        2 => kind.prop_map(|kind| Command::Convene(convened(kind))),
        2 => (0..60_u16).prop_map(|seats| Command::AllocateSeats { seats }),
        3 => prop::collection::vec(one, 0..4).prop_map(Command::RecordParticipants),
        2 => (day(), day()).prop_map(|(starts_on, ends_on)| Command::Reschedule { starts_on, ends_on, place: None }),
        2 => (day(), day(), day())
            .prop_map(|(starts_on, ends_on, today)| Command::Hold { starts_on, ends_on, today }),
        1 => (0..3_u32).prop_map(|length| Command::Cancel { reason: words(1, length) }),
        1 => prop::sample::select(vec!["8", "9", ""]).prop_map(|number| Command::RecordAgendaItem(item(number))),
        2 => (0..4_u32).prop_map(outcome),
        1 => prop::sample::select(ResourcesState::ALL).prop_map(|state| record(resources(state))),
    ]
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Convened => 0,
        Status::Held => 1,
        Status::Concluded | Status::Cancelled => 2,
    }
}

proptest! {
    #[test]
    fn random_commands_never_reach_what_the_table_forbids(commands in prop::collection::vec(command(), 0..30)) {
        play::<Meeting>(&context(), commands, |before, _, after| {
            let after = after.as_ref().expect("a decided meeting is there");
            assert!(after.starts_on <= after.ends_on);
            assert_eq!(after.outcome.is_some(), after.status == Status::Concluded);
            assert_eq!(after.cancelled.is_some(), after.status == Status::Cancelled);
            if let Some(allocated) = &after.seats {
                assert_eq!(after.kind, MeetingKind::ExpertGroup);
                assert_eq!(allocated.by_group.total(), u32::from(allocated.seats));
            }
            for participant in &after.participants {
                assert!(participant.persons > 0);
                assert!(participant.capacity != Capacity::Expert || participant.regional_group.is_some());
            }
            let Some(before) = before else { return };
            assert!(before.status != Status::Cancelled, "nothing follows a cancellation");
            assert!(rank(before.status) <= rank(after.status));
            assert!(after.status != Status::Concluded || before.was_held());
            if before.was_held() {
                let dates = |meeting: &Meeting| (meeting.starts_on, meeting.ends_on);
                assert_eq!(dates(before), dates(after), "what was held stays where it was");
            }
        });
    }
}
