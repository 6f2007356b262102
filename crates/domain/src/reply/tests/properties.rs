use std::collections::BTreeMap;

use proptest::prelude::*;

use super::lives::*;
use super::*;
use crate::questionnaire::{AnswerMap, check_submission};
use crate::reply::events::*;
use crate::testing::play;

fn any_answer() -> impl Strategy<Value = Answer> {
    let values = prop_oneof![
        prop::sample::select(vec!["yes", "no", "given", "perhaps"])
            .prop_map(|value| AnswerValue::Choice(value.into())),
        Just(hindered(&["money"]).value),
        Just(hindered(&["none", "money"]).value),
        (0..20_u32).prop_map(|length| words(length).value),
        any::<i64>().prop_map(number),
        "-?[0-9]{1,3}\\.[0-9]{1,2}".prop_map(|text| decimal(&text)),
        (1900..2100_i16).prop_map(AnswerValue::Year),
        Just(AnswerValue::NotAvailable(JsonTrue)),
    ];
    (code(), values).prop_map(|(code, value)| Answer {
        code,
        value,
        flags: Flags::default(),
        comment: None,
    })
}

fn code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["P1", "P2", "P3", "P4", "N1", "N2", "N3", "N4", "Z9"])
        .prop_map(str::to_owned)
}

fn command() -> impl Strategy<Value = Command> {
    let answers = prop::collection::vec(any_answer(), 0..3);
    let saved = (answers, prop::collection::vec(code(), 0..2));
    prop_oneof![
        2 => Just(start(finland())),
        8 => saved.prop_map(|(answers, clear)| Command::Save {
            answers: answers.into_iter().map(AnswerChange::from).collect(),
            clear,
        }),
        2 => Just(save_complete()),
        2 => (1..9_u32).prop_map(|length| save(&[words(length)], &[])),
        1 => consent().prop_map(submit),
        2 => consent().prop_map(decide_publication),
    ]
}

fn given_back() -> Event {
    let need = NeedId(uuid::Uuid::from_u128(21));
    AmendmentDiscarded {
        version: 1,
        dropped: vec![need],
        given_back: vec![need],
        resumes: true,
    }
    .into()
}

/// Any command of a whole life, each by one of the hands.
fn life() -> impl Strategy<Value = (bool, Command)> {
    let number = 1..4_u32;
    let files = (0..3_u128).prop_map(super::files::file);
    let commands = prop_oneof![
        6 => command(),
        1 => files.clone().prop_map(Command::Attach),
        1 => files.prop_map(|file| Command::RemoveFile { file: file.file }),
        2 => Just(enter()),
        3 => prop::option::of(Just("P1")).prop_map(clarify),
        3 => number.clone().prop_map(answer_it),
        2 => number.prop_map(take_it_back),
        2 => Just(accept()),
        3 => prop::option::of(Just(source())).prop_map(begin),
        3 => Just(Command::DiscardAmendment),
        1 => Just(withdraw()),
    ];
    (any::<bool>(), commands)
}

fn consent() -> impl Strategy<Value = Option<Consent>> {
    prop_oneof![
        Just(None),
        Just(Some(Consent::All(JsonTrue))),
        prop::sample::subsequence(vec!["A", "B", "Z"], 0..3).prop_map(|codes| sections(&codes)),
    ]
}

/// With words in P3 that no other step writes.
fn signed(answers: Vec<AnswerChange>, step: usize) -> Vec<AnswerChange> {
    let signed = answers.into_iter().map(|answer| match answer.value {
        NewValue::Becomes(AnswerValue::Text(text)) if answer.code == "P3" => {
            let content = content(u8::try_from(step).expect("few steps"));
            let value = NewValue::Becomes(AnswerValue::Text(TextAnswer { content, ..text }));
            AnswerChange { value, ..answer }
        }
        _ => answer,
    });
    signed.collect()
}

fn save_complete() -> Command {
    save(&[yes(), hindered(&["money"])], &[])
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(started()),
        any_answer().prop_map(|answer| answered(&[answer])),
        code().prop_map(|code| ReplyCleared {
            codes: vec![code],
            ..ReplyCleared::default()
        }
        .into()),
        (0..4_u32, consent()).prop_map(|(version, publication)| {
            ReplySubmitted {
                unconfirmed: 0,
                revision: None,
                version,
                publication,
                source: None,
                needs: Vec::new(),
            }
            .into()
        }),
        (1..3_u32).prop_map(|number| asked(number, None)),
        (1..3_u32).prop_map(answered_it),
        (1..3_u32).prop_map(took_it_back),
        prop::sample::select(vec![
            accepted(),
            begun(None),
            begun(Some(source())),
            given_back(),
            discarded(),
            withdrawn()
        ]),
        consent().prop_map(|publication| {
            PublicationDecided {
                publication,
                source: None,
            }
            .into()
        }),
    ]
}

proptest! {
    #[test]
    fn a_submitted_reply_never_changes_and_every_answer_is_of_its_type(
        commands in prop::collection::vec(command(), 0..40),
    ) {
        let form = form();
        play::<Reply>(&open(), commands, |before, events, after| {
            let after = after.as_ref().expect("an accepted command leaves a reply");
            let version = before.as_ref().map_or(0, |before| before.version);
            let submissions = events.iter().filter(|event| matches!(event, Event::ReplySubmitted(_))).count();
            assert_eq!(after.version as usize, version as usize + submissions);
            for (code, value) in &after.answers {
                let located = form.field(code).expect("a known field");
                assert!(value.missing_kind().is_some() || located.field.value_type().is_some_and(|kind| kind.takes(value)));
            }
            if let Some(before) = before.as_ref().filter(|before| before.status() == Status::Submitted) {
                let unchanged = Reply { publication: before.publication.clone(), ..after.clone() };
                assert_eq!(*before, unchanged);
            }
            if let Some(consent) = &after.publication {
                assert!(after.version > 0, "only what was submitted is published");
                assert!(!consent.covers("Z") || *consent == Consent::All(JsonTrue));
                assert_ne!(after.publication, sections(&[]));
            }
            if after.status() == Status::Submitted {
                assert!(check_submission(&form, &after.answers, None).faults.is_empty());
            }
        });
    }

    #[test]
    fn whatever_happens_to_a_reply_these_hold(
        is_closed in prop::collection::vec(prop::bool::weighted(0.1), 60),
        life in prop::collection::vec(life(), 0..60),
    ) {
        let form = form();
        let mut state = None;
        // What was submitted last, as whoever reads figures sees it.
        let mut last: Option<Reply> = None;
        // What each hand wrote in P3, and the needs that it drafted: nobody else writes the same.
        let mut written: BTreeMap<String, bool> = BTreeMap::new();
        let mut drafted: Vec<(NeedId, bool)> = Vec::new();
        for (step, ((by_party, command), is_closed)) in life.into_iter().zip(is_closed).enumerate() {
            let hand = if by_party { ReplyCapacity::FocalPoint(SOMEBODY) } else { ReplyCapacity::Secretariat };
            let needs = Some(drafted.iter().map(|(need, _)| *need).collect());
            let context = Context { hand, needs, ..if is_closed { closed() } else { open() } };
            if step.is_multiple_of(3) && state.as_ref().is_some_and(|reply: &Reply| reply.may_draft_needs(&context).is_ok()) {
                drafted.push((NeedId(uuid::Uuid::from_u128(step as u128)), by_party));
                continue;
            }
            let command = match command {
                Command::Save { answers, clear } => Command::Save { answers: signed(answers, step), clear },
                command => command,
            };
            let Ok(events) = Reply::decide(&state, &context, command.clone()) else {
                continue;
            };
            let before: Option<Reply> = state.clone();
            for event in &events {
                state = Reply::evolve(state, event);
            }
            let reply = state.clone().expect("an accepted command leaves a reply");
            if let Command::Save { answers, .. } = &command {
                written.extend(answers.iter().filter_map(|answer| match &answer.value {
                    NewValue::Becomes(value) => Some((format!("{value:?}"), by_party)),
                    NewValue::Stays | NewValue::IsThere => None,
                }));
            }
            if let Some(Event::ReplySubmitted(submitted)) = events.last() {
                let own = |need: &NeedId| drafted.contains(&(*need, by_party));
                prop_assert!(submitted.needs.iter().all(own), "nobody indicates what another drafted");
                let new = reply.answers.get("P3");
                let new = new.filter(|new| matches!(new, AnswerValue::Text(_)));
                let new = new.filter(|new| last.as_ref().and_then(|last| last.answers.get("P3")) != Some(new));
                if let Some(words) = new {
                    let by = written.get(&format!("{words:?}"));
                    prop_assert_eq!(by, Some(&by_party), "nobody submits what another wrote");
                }
            }
            if events.iter().any(|event| matches!(event, Event::ReplySubmitted(_))) {
                prop_assert!(!is_closed || !by_party, "after the close only the Secretariat records one");
                prop_assert!(check_submission(&form, &reply.answers, None).faults.is_empty());
                last = Some(reply.clone());
            }
            prop_assert_eq!(reply.version, last.as_ref().map_or(0, |last| last.version));
            // Whatever is drafted, what counts is what was submitted; once nothing can change, they are the same.
            if let Some(last) = last.as_ref().filter(|_| !reply.can_change()) {
                prop_assert_eq!(
                    (&reply.answers, &reply.comments, &reply.files),
                    (&last.answers, &last.comments, &last.files)
                );
            }
            if let Some(before) = before {
                // Whoever takes the pen begins with what was submitted last, or with nothing; a discard gives back the rest.
                if matches!(command, Command::BeginAmendment { .. } | Command::Enter { .. }) && before.source.is_some() != reply.source.is_some() {
                    let base = last.as_ref().map_or_else(AnswerMap::default, |last| last.answers.clone());
                    prop_assert_eq!(&reply.answers, &base);
                    let discard = Reply::decide(&state, &context, Command::DiscardAmendment).expect("it can be discarded");
                    let back = discard.iter().fold(state.clone(), Reply::evolve).expect("a reply");
                    prop_assert_eq!((&back.answers, &back.files), (&before.answers, &before.files));
                    prop_assert_eq!((&back.source, context.drafts(&back).unwrap()), (&before.source, context.drafts(&before).unwrap()));
                    continue;
                }
                let changed = before.answers != reply.answers || before.files != reply.files;
                // A withdrawal drops what the Secretariat had begun to enter.
                let changed = changed && !matches!(command, Command::Withdraw { .. });
                prop_assert!(!changed || before.can_change());
                prop_assert!(!changed || before.source.is_some() != by_party, "two never write at once");
                prop_assert!(!changed || !is_closed || !by_party || command == Command::DiscardAmendment);
            }
            let is_asked = reply.open_clarifications() > 0;
            prop_assert!(!is_asked || reply.standing == Standing::Submitted);
            prop_assert!(!reply.is_amended || reply.version > 0 || reply.source.is_some());
            prop_assert_eq!(reply.baseline.is_some(), reply.version > 0 && reply.can_change());
            prop_assert!(reply.stash.is_none() || reply.can_change());
            prop_assert!(reply.publication.is_none() || reply.counts());
        }
    }

    #[test]
    fn saving_twice_is_saving_once(answers in prop::collection::vec(any_answer(), 0..6)) {
        let begun = evolved::<Reply>([started()]);
        if let Ok(events) = Reply::decide(&begun, &open(), save(&answers, &[])) {
            let saved = events.iter().fold(begun, Reply::evolve);
            prop_assert_eq!(Reply::decide(&saved, &open(), save(&answers, &[])), Ok(Vec::new()));
        }
    }

    #[test]
    fn evolve_takes_events_in_any_order(events in prop::collection::vec(event(), 0..12)) {
        evolved::<Reply>(events);
    }
}
