use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::Decider;
use crate::Lang;
use crate::classification::CategoryAdded;
use crate::party::{PartyKind, PartyRegrouped, RegionalGroup};
use crate::testing::{assert_table, content, evolved, given, stored};

mod apportionment;
mod faults;
mod properties;

const INSTRUMENT: InstrumentId = InstrumentId(Uuid::from_u128(9));

/// The Commission's seats.
fn commission() -> Seats {
    let seats = [12, 9, 4, 8, 7];
    Seats(RegionalGroup::ALL.iter().copied().zip(seats).collect())
}

fn party(code: &str, kind: PartyKind, group: Option<RegionalGroup>) -> (PartyId, Party) {
    let party = Party {
        code: code.into(),
        kind,
        names: Texts::from([(Lang::En, code)]),
        iso2: None,
        m49: None,
        regional_group: group,
        first_group: group,
        regroupings: Vec::new(),
        region: None,
        sub_region: None,
        admitted: None,
    };
    (PartyId::from_code(code), party)
}

fn context() -> Context {
    let mut classification = Classification::default();
    let category = CategoryAdded {
        code: "I".into(),
        title: Texts::from([(Lang::En, "Custody")]),
    };
    classification.categories.insert("I".into(), category);
    let member = PartyKind::MemberState;
    Context {
        classification: Arc::new(classification),
        commission: commission(),
        parties: BTreeMap::from([
            party("KEN", member, Some(RegionalGroup::African)),
            party("AUT", member, Some(RegionalGroup::Weog)),
            party("VAT", PartyKind::ObserverState, None),
            party("AI", PartyKind::Ngo, None),
        ]),
        revisions: BTreeMap::from([(INSTRUMENT, 2)]),
    }
}

fn convened(kind: MeetingKind) -> MeetingConvened {
    MeetingConvened {
        kind,
        title: Texts::from([(Lang::En, "Expert group meeting")]),
        place: Some(Texts::from([(Lang::En, "Vienna")])),
        starts_on: date(2004, 3, 15),
        ends_on: date(2004, 3, 17),
        session: kind.is_numbered().then_some(13),
        categories: vec!["I".into()],
        mandate: Some(3),
    }
}

fn words(n: u8, length: u32) -> TextAnswer {
    TextAnswer {
        content: content(n),
        lang: Lang::En,
        length,
    }
}

fn delegation(party: &str, capacity: Capacity, persons: u16) -> Delegation {
    Delegation {
        party: PartyId::from_code(party),
        capacity,
        persons,
    }
}

fn hold() -> Command {
    Command::Hold {
        starts_on: date(2004, 3, 15),
        ends_on: date(2004, 3, 17),
        today: date(2026, 1, 2),
    }
}

fn outcome(revision: u32) -> Command {
    Command::RecordOutcome {
        revisions: vec![RevisionMade {
            instrument: INSTRUMENT,
            revision,
        }],
        decision: None,
        summary: Some(words(2, 10)),
    }
}

fn item(number: &str) -> AgendaItemRecorded {
    AgendaItemRecorded {
        number: number.into(),
        title: Texts::from([(Lang::En, "Fifty years of standard-setting")]),
    }
}

fn resources(resources: ResourcesState) -> MeetingResourcesRecorded {
    MeetingResourcesRecorded {
        resources,
        on: date(2004, 1, 5),
    }
}

fn record(resources: MeetingResourcesRecorded) -> Command {
    Command::RecordResources {
        resources,
        today: date(2004, 6, 1),
    }
}

fn held() -> MeetingHeld {
    MeetingHeld {
        kind: MeetingKind::ExpertGroup,
        starts_on: date(2004, 3, 15),
        ends_on: date(2004, 3, 17),
    }
}

fn concluded() -> MeetingOutcomeRecorded {
    MeetingOutcomeRecorded {
        kind: MeetingKind::ExpertGroup,
        revisions: vec![RevisionMade {
            instrument: INSTRUMENT,
            revision: 1,
        }],
        decision: None,
        summary: Some(words(2, 10)),
    }
}

fn allocated() -> MeetingSeatsAllocated {
    MeetingSeatsAllocated {
        seats: 40,
        by_group: commission(),
        commission: commission(),
    }
}

#[test]
fn every_command_in_every_state() {
    let convening: Event = convened(MeetingKind::ExpertGroup).into();
    let cancelling = MeetingCancelled {
        reason: words(1, 5),
    };
    let states = [
        vec![],
        vec![convening.clone()],
        vec![convening.clone(), allocated().into()],
        vec![convening.clone(), held().into()],
        vec![convening.clone(), held().into(), concluded().into()],
        vec![convening, cancelling.into()],
        vec![convened(MeetingKind::Congress).into()],
    ];
    let unknown = "unknown_meeting";
    let was_held = "meeting_already_held";
    let cancelled = "meeting_is_cancelled";
    let exists = "meeting_already_convened";
    let not_held = "meeting_not_held";
    let allocated_now = "meeting_seats_allocated";
    #[rustfmt::skip]
    assert_table::<Meeting, 7>(&context(), states, [
        (Command::Convene(convened(MeetingKind::ExpertGroup)),
         ["meeting_convened", exists, exists, exists, exists, exists, exists]),
        (Command::AllocateSeats { seats: 40 },
         [unknown, allocated_now, "", allocated_now, allocated_now, cancelled, "no_seats_to_allocate"]),
        (Command::AllocateSeats { seats: 20 },
         [unknown, allocated_now, allocated_now, allocated_now, allocated_now, cancelled, "no_seats_to_allocate"]),
        (Command::RecordParticipants(vec![delegation("KEN", Capacity::Expert, 2)]),
         [unknown, "meeting_participants_recorded", "meeting_participants_recorded", "meeting_participants_recorded",
          "meeting_participants_recorded", cancelled, "meeting_participants_recorded"]),
        (Command::RecordParticipants(Vec::new()), [unknown, "", "", "", "", cancelled, ""]),
        (Command::Reschedule { starts_on: date(2004, 3, 22), ends_on: date(2004, 3, 24), place: None },
         [unknown, "meeting_rescheduled", "meeting_rescheduled", was_held, was_held, cancelled, "meeting_rescheduled"]),
        (Command::Reschedule { starts_on: date(2004, 3, 15), ends_on: date(2004, 3, 17), place: None },
         [unknown, "", "", was_held, was_held, cancelled, ""]),
        (hold(), [unknown, "meeting_held", "meeting_held", was_held, was_held, cancelled, "meeting_held"]),
        (Command::Cancel { reason: words(1, 5) },
         [unknown, "meeting_cancelled", "meeting_cancelled", was_held, was_held, cancelled, "meeting_cancelled"]),
        (Command::RecordAgendaItem(item("8")),
         [unknown, "agenda_item_recorded", "agenda_item_recorded", "agenda_item_recorded", "agenda_item_recorded", cancelled,
          "agenda_item_recorded"]),
        (outcome(1), [unknown, not_held, not_held, "meeting_outcome_recorded", "", cancelled, not_held]),
        (outcome(2), [unknown, not_held, not_held, "meeting_outcome_recorded", "meeting_outcome_recorded", cancelled, not_held]),
        (record(resources(ResourcesState::Secured)),
         [unknown, "meeting_resources_recorded", "meeting_resources_recorded", "meeting_resources_recorded",
          "meeting_resources_recorded", cancelled, "meeting_resources_recorded"]),
    ]);
}

#[test]
fn a_meeting_that_is_still_to_end_was_not_held() {
    let on = |today| Command::Hold {
        starts_on: date(2004, 3, 15),
        ends_on: date(2004, 3, 17),
        today,
    };
    let convening = convened(MeetingKind::ExpertGroup);
    given::<Meeting>([convening.clone().into()])
        .when(&context(), on(date(2004, 3, 16)))
        .refused("meeting_faulty", &[("day_in_the_future", "/ends_on")]);
    given::<Meeting>([convening.into()])
        .when(&context(), on(date(2004, 3, 17)))
        .then([held().into()]);
}

#[test]
fn an_agenda_item_with_the_same_number_is_replaced() {
    let corrected = AgendaItemRecorded {
        title: Texts::from([(Lang::En, "Corrected")]),
        ..item("8")
    };
    let events: [Event; 4] = [
        convened(MeetingKind::Congress).into(),
        item("8").into(),
        item("9").into(),
        corrected.clone().into(),
    ];
    let meeting = evolved::<Meeting>(events.clone()).unwrap();
    assert_eq!(meeting.agenda, [corrected.clone(), item("9")]);
    given::<Meeting>(events)
        .when(&context(), Command::RecordAgendaItem(corrected))
        .then([]);
}

#[test]
fn stored_events() {
    let participants = MeetingParticipantsRecorded {
        participants: vec![
            Participant {
                party: PartyId(Uuid::from_u128(7)),
                capacity: Capacity::Expert,
                persons: 2,
                kind: PartyKind::MemberState,
                regional_group: Some(RegionalGroup::AsiaPacific),
            },
            Participant {
                party: PartyId(Uuid::from_u128(8)),
                capacity: Capacity::Observer,
                persons: 1,
                kind: PartyKind::Ngo,
                regional_group: None,
            },
        ],
    };
    let rescheduled = MeetingRescheduled {
        starts_on: date(2004, 3, 22),
        ends_on: date(2004, 3, 24),
        place: None,
    };
    let bare = MeetingConvened {
        place: None,
        session: None,
        categories: Vec::new(),
        mandate: None,
        ..convened(MeetingKind::Intersessional)
    };
    let decided = MeetingOutcomeRecorded {
        kind: MeetingKind::Congress,
        revisions: Vec::new(),
        decision: Some("Bangkok Declaration".into()),
        summary: None,
    };
    let samples: [Event; 11] = [
        convened(MeetingKind::Congress).into(),
        bare.into(),
        allocated().into(),
        participants.into(),
        rescheduled.into(),
        held().into(),
        MeetingCancelled {
            reason: words(1, 5),
        }
        .into(),
        item("8").into(),
        concluded().into(),
        decided.into(),
        resources(ResourcesState::NotAvailable).into(),
    ];
    insta::assert_snapshot!(stored(&samples), @r#"
    meeting_convened {"categories":["I"],"ends_on":"2004-03-17","kind":"congress","mandate":3,"place":{"en":"Vienna"},"session":13,"starts_on":"2004-03-15","title":{"en":"Expert group meeting"}}
    meeting_convened {"ends_on":"2004-03-17","kind":"intersessional","starts_on":"2004-03-15","title":{"en":"Expert group meeting"}}
    meeting_seats_allocated {"by_group":{"african":12,"asia-pacific":9,"eastern-european":4,"grulac":8,"weog":7},"commission":{"african":12,"asia-pacific":9,"eastern-european":4,"grulac":8,"weog":7},"seats":40}
    meeting_participants_recorded {"participants":[{"capacity":"expert","kind":"member_state","party":"00000000-0000-0000-0000-000000000007","persons":2,"regional_group":"asia-pacific"},{"capacity":"observer","kind":"ngo","party":"00000000-0000-0000-0000-000000000008","persons":1}]}
    meeting_rescheduled {"ends_on":"2004-03-24","starts_on":"2004-03-22"}
    meeting_held {"ends_on":"2004-03-17","kind":"expert_group","starts_on":"2004-03-15"}
    meeting_cancelled {"reason":{"commitment":"0101010101010101010101010101010101010101010101010101010101010101","content":"00000000-0000-0000-0000-000000000001","lang":"en","length":5}}
    agenda_item_recorded {"number":"8","title":{"en":"Fifty years of standard-setting"}}
    meeting_outcome_recorded {"kind":"expert_group","revisions":[{"instrument":"00000000-0000-0000-0000-000000000009","revision":1}],"summary":{"commitment":"0202020202020202020202020202020202020202020202020202020202020202","content":"00000000-0000-0000-0000-000000000002","lang":"en","length":10}}
    meeting_outcome_recorded {"decision":"Bangkok Declaration","kind":"congress"}
    meeting_resources_recorded {"on":"2004-01-05","resources":"not_available"}
    "#);
}
