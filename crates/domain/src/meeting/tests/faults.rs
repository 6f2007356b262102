use super::*;

#[test]
fn every_fault_of_a_convening_is_listed() {
    let faulty = MeetingConvened {
        title: Texts::default(),
        place: Some(Texts::from([(Lang::Fr, " ")])),
        ends_on: date(2004, 3, 14),
        session: None,
        categories: vec!["I".into(), "V".into(), "I".into()],
        mandate: Some(18),
        ..convened(MeetingKind::Congress)
    };
    given::<Meeting>([])
        .when(&context(), Command::Convene(faulty))
        .refused(
            "meeting_faulty",
            &[
                ("blank", "/title"),
                ("missing_text", "/place"),
                ("ends_before_it_starts", "/ends_on"),
                ("session_required", "/session"),
                ("unknown_category", "/categories/1"),
                ("category_listed_twice", "/categories/2"),
                ("no_such_paragraph", "/mandate"),
            ],
        );
    let faulty = MeetingConvened {
        session: Some(0),
        ..convened(MeetingKind::Intersessional)
    };
    given::<Meeting>([])
        .when(&context(), Command::Convene(faulty))
        .refused("meeting_faulty", &[("bad_session", "/session")]);
}

#[test]
fn participants_are_counted_in_their_group_of_that_day() {
    let mut context = context();
    let kenya = context.parties.get_mut(&PartyId::from_code("KEN")).unwrap();
    kenya.regroupings = vec![
        PartyRegrouped {
            regional_group: Some(RegionalGroup::Grulac),
            on: date(2004, 3, 16),
            reason: "After the first day.".into(),
        },
        PartyRegrouped {
            regional_group: Some(RegionalGroup::AsiaPacific),
            on: date(2004, 3, 15),
            reason: "On the first day.".into(),
        },
    ];
    let list = vec![
        delegation("KEN", Capacity::Expert, 3),
        delegation("KEN", Capacity::Observer, 1),
        delegation("AI", Capacity::Observer, 2),
    ];
    let command = Command::RecordParticipants(list);
    let events = [
        convened(MeetingKind::ExpertGroup).into(),
        allocated().into(),
    ];
    let state = evolved::<Meeting>(events);
    let recorded = Meeting::decide(&state, &context, command).unwrap();
    let meeting = recorded.iter().fold(state, Meeting::evolve).unwrap();
    let groups: Vec<_> = meeting
        .participants
        .iter()
        .map(|one| one.regional_group)
        .collect();
    let asia = Some(RegionalGroup::AsiaPacific);
    assert_eq!(groups, [asia, asia, None]);
    let short = meeting.representation();
    let short: Vec<_> = short
        .iter()
        .map(|group| (group.experts, group.shortfall()))
        .collect();
    assert_eq!(short, [(0, 12), (3, 6), (0, 4), (0, 8), (0, 7)]);
}

#[test]
fn every_fault_of_the_participants_is_listed() {
    let list = vec![
        delegation("XXX", Capacity::Observer, 1),
        delegation("VAT", Capacity::Expert, 1),
        delegation("AI", Capacity::Member, 1),
        delegation("KEN", Capacity::Expert, 0),
        delegation("KEN", Capacity::Expert, 1),
    ];
    given::<Meeting>([convened(MeetingKind::ExpertGroup).into()])
        .when(&context(), Command::RecordParticipants(list))
        .refused(
            "meeting_faulty",
            &[
                ("no_such_party", "/participants/0/party"),
                ("expert_without_group", "/participants/1/capacity"),
                ("member_is_no_member_state", "/participants/2/capacity"),
                ("nobody", "/participants/3/persons"),
                ("party_listed_twice", "/participants/4"),
            ],
        );
}

#[test]
fn an_outcome_names_revisions_that_there_are() {
    let made = |id: u128, revision| RevisionMade {
        instrument: InstrumentId(Uuid::from_u128(id)),
        revision,
    };
    let faulty = Command::RecordOutcome {
        revisions: vec![made(9, 1), made(9, 3), made(8, 1), made(9, 1)],
        decision: Some(String::new()),
        summary: Some(words(2, 0)),
    };
    let events: [Event; 2] = [convened(MeetingKind::ExpertGroup).into(), held().into()];
    given::<Meeting>(events.clone())
        .when(&context(), faulty)
        .refused(
            "meeting_faulty",
            &[
                ("no_such_revision", "/revisions/1/revision"),
                ("no_such_instrument", "/revisions/2/instrument"),
                ("revision_listed_twice", "/revisions/3"),
                ("blank", "/decision"),
                ("blank", "/summary"),
            ],
        );
    let nothing = Command::RecordOutcome {
        revisions: Vec::new(),
        decision: None,
        summary: None,
    };
    given::<Meeting>(events)
        .when(&context(), nothing)
        .refused("meeting_faulty", &[("outcome_says_nothing", "")]);
}
