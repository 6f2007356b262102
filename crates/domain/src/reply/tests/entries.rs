use serde_json::json;

use super::*;
use crate::DomainEvent;
use crate::questionnaire::{Change, Questionnaire};
use crate::testing::Given;

/// A list, of whose entries one part is explained where it is doubtful.
fn projects() -> Context {
    let text = json!({"en": "Projects", "fr": "Projets"});
    let number = |code: &str| json!({"code": code, "type": "whole_number", "text": text});
    let mut last = number("last");
    last["checks"] =
        json!([{"code": "order", "kind": "explain", "rule": "entry.first <= this", "text": text}]);
    let questionnaire = json!({"title": text, "sections": [{"code": "L", "title": text, "questions": [
        {"code": "L1", "type": "list", "heading": "assistance", "text": text, "parts": [number("first"), last]}]}]});
    let questionnaire = Questionnaire::read(&questionnaire).unwrap();
    Context {
        form: Arc::new(questionnaire.into()),
        ..open()
    }
}

fn explanation() -> Answer {
    Answer {
        code: "checks.order.one".into(),
        ..words(5)
    }
}

#[test]
fn an_explanation_comes_with_the_entry_that_it_is_of_and_adds_none() {
    let first = answer("L1.one.first", number(3));
    given::<Reply>([started()])
        .when(&projects(), save(&[explanation()], &[]))
        .refused(
            "answers_faulty",
            &[("no_such_entry", "/answers/checks.order.one")],
        );
    let entry = answer("L1.one", AnswerValue::Entry(Decimal::from(1)));
    given::<Reply>([started()])
        .when(&projects(), save(&[explanation(), first.clone()], &[]))
        .then([answered(&[entry.clone(), first.clone(), explanation()])]);
    given::<Reply>([started(), answered(&[entry, first])])
        .when(&projects(), save(&[explanation()], &[]))
        .then([answered(&[explanation()])]);
}

/// A reply with an entry of the list, its two parts, and why they are doubtful.
fn with_an_entry() -> Given<Reply> {
    let entry = answer("L1.one", AnswerValue::Entry(Decimal::from(1)));
    let parts = [
        answer("L1.one.first", number(3)),
        answer("L1.one.last", number(1)),
    ];
    given::<Reply>([
        started(),
        answered(&[entry]),
        answered(&parts),
        answered(&[explanation()]),
    ])
}

#[test]
fn what_is_taken_away_goes_with_all_that_was_said_of_it_and_does_not_come_back() {
    let gone = |codes: &[&str]| ReplyCleared {
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        uncommented: Vec::new(),
    };
    let all = ["L1.one", "L1.one.first", "L1.one.last", "checks.order.one"];
    for cleared in ["L1", "L1.one"] {
        with_an_entry()
            .when(&projects(), save(&[], &[cleared]))
            .then([gone(&all).into()]);
    }
    // A comment that is taken from what another took away meanwhile brings nothing back.
    let comment = Command::Save {
        answers: vec![AnswerChange {
            code: "L1.gone.first".into(),
            value: NewValue::Stays,
            flags: Change::Stays,
            comment: Change::Goes,
        }],
        clear: Vec::new(),
    };
    with_an_entry().when(&projects(), comment).then([]);
}

#[test]
fn an_entry_that_is_added_stands_after_those_that_the_same_save_puts_somewhere() {
    let placed = answer("L1.a", AnswerValue::Entry(Decimal::from(5)));
    let added = answer("L1.b.first", number(1));
    let next = answer("L1.b", AnswerValue::Entry(Decimal::from(6)));
    given::<Reply>([started()])
        .when(&projects(), save(&[placed.clone(), added.clone()], &[]))
        .then([answered(&[placed, next, added])]);
}

#[test]
fn what_is_cleared_is_told_by_as_many_events_as_it_needs() {
    let parts: Vec<Answer> = (0..500)
        .flat_map(|entry| {
            let id = format!("L1.an_entry_with_a_rather_long_name_{entry:0>3}");
            let there = answer(&id, AnswerValue::Entry(Decimal::from(1)));
            [
                there,
                answer(&format!("{id}.first"), number(1)),
                answer(&format!("{id}.last"), number(1)),
            ]
        })
        .collect();
    let held = evolved::<Reply>([started(), answered(&parts)]);
    let events = Reply::decide(&held, &projects(), save(&[], &["L1"])).unwrap();
    assert!(events.len() > 1);
    assert!(
        events
            .iter()
            .all(|event| crate::size::fits(&event.to_data()))
    );
    let after = events.iter().fold(held, Reply::evolve).unwrap();
    assert_eq!(after.answers.size(), 0);
}

#[test]
fn a_file_below_a_cleared_entry_goes_with_it() {
    let file = ReplyFileAttached {
        question: Some("L1.one.first".into()),
        ..files::file(1)
    };
    let entry = answer("L1.one", AnswerValue::Entry(Decimal::from(1)));
    let held = evolved::<Reply>([started(), answered(&[entry]), file.clone().into()]);
    let events = Reply::decide(&held, &projects(), save(&[], &["L1.one"])).unwrap();
    let removed = ReplyFileRemoved { file: file.file };
    assert!(events.contains(&removed.into()), "{events:?}");
}
