use proptest::prelude::*;

use super::*;
use crate::domain::testing::play;

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
        Just(AnswerValue::NotAvailable(True)),
    ];
    (code(), values).prop_map(|(code, value)| Answer {
        code,
        value,
        comment: None,
    })
}

fn code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["P1", "P2", "P3", "P4", "N1", "N2", "N3", "N4", "Z9"])
        .prop_map(str::to_owned)
}

fn command() -> impl Strategy<Value = Command> {
    let answers = prop::collection::vec(any_answer(), 0..3);
    let save = (answers, prop::collection::vec(code(), 0..2));
    prop_oneof![
        2 => Just(start(finland())),
        8 => save.prop_map(|(answers, clear)| Command::Save { answers, clear }),
        2 => Just(save_complete()),
        1 => consent().prop_map(submit),
        2 => consent().prop_map(decide_publication),
    ]
}

fn consent() -> impl Strategy<Value = Option<Consent>> {
    prop_oneof![
        Just(None),
        Just(Some(Consent::All(True))),
        prop::sample::subsequence(vec!["A", "B", "Z"], 0..3).prop_map(|codes| sections(&codes)),
    ]
}

fn save_complete() -> Command {
    save(&[yes(), hindered(&["money"])], &[])
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(started()),
        any_answer().prop_map(|answer| answered(&[answer])),
        code().prop_map(|code| ReplyCleared { codes: vec![code] }.into()),
        (0..4_u32, consent()).prop_map(|(version, publication)| {
            ReplySubmitted {
                version,
                publication,
                needs: Vec::new(),
            }
            .into()
        }),
        consent().prop_map(|publication| PublicationDecided { publication }.into()),
    ]
}

proptest! {
    #[test]
    fn a_submitted_reply_never_changes_and_every_answer_is_of_its_type(
        commands in prop::collection::vec(command(), 0..40),
    ) {
        let questionnaire = questionnaire();
        play::<Reply>(&open(), commands, |before, events, after| {
            let after = after.as_ref().expect("an accepted command leaves a reply");
            let version = before.as_ref().map_or(0, |before| before.version);
            let submissions = events.iter().filter(|event| matches!(event, Event::ReplySubmitted(_))).count();
            assert_eq!(after.version as usize, version as usize + submissions);
            for (code, value) in &after.answers {
                assert!(questionnaire.question(code).expect("a known question").takes(value));
            }
            if let Some(before) = before.as_ref().filter(|before| before.status == Status::Submitted) {
                let unchanged = Reply { publication: before.publication.clone(), ..after.clone() };
                assert_eq!(*before, unchanged);
            }
            if let Some(consent) = &after.publication {
                assert!(after.version > 0, "only what was submitted is published");
                assert!(!consent.covers("Z") || *consent == Consent::All(True));
                assert_ne!(after.publication, sections(&[]));
            }
            if after.status == Status::Submitted {
                assert!(check_submission(&questionnaire, &after.answers).is_empty());
            }
        });
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
