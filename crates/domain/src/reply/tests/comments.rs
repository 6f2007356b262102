use super::*;
use crate::questionnaire::{Change, Comment};

fn said(n: u8) -> Comment {
    Comment {
        content: content(n),
        lang: Lang::En,
        length: 5,
    }
}

pub fn commented(n: u8) -> Answer {
    Answer {
        comment: Some(said(n)),
        ..yes()
    }
}

fn comments(events: &[Event]) -> Vec<Comment> {
    let reply = evolved::<Reply>(events.iter().cloned()).unwrap();
    reply.comments.values().cloned().collect()
}

#[test]
fn a_comment_goes_with_its_answer() {
    assert_eq!(comments(&[started(), answered(&[commented(5)])]), [said(5)]);
    let anew = [started(), answered(&[commented(5)]), answered(&[yes()])];
    assert_eq!(comments(&anew), [], "an answer saved without one has none");
    let cleared = ReplyCleared {
        codes: vec!["P1".into()],
        uncommented: vec!["P1".into()],
    };
    let cleared = [started(), answered(&[commented(5)]), cleared.into()];
    assert_eq!(comments(&cleared), []);
}

/// The event of one answer, of whose comment it tells what became.
fn told(answer: &Answer, commented: &[&str], uncommented: &[&str]) -> Event {
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    ReplyAnswered {
        answers: vec![answer.clone()],
        commented: codes(commented),
        uncommented: codes(uncommented),
    }
    .into()
}

#[test]
fn only_what_changes_is_an_event() {
    let held = || given::<Reply>([started(), answered(&[commented(5)])]);
    held().when(&open(), save(&[commented(5)], &[])).then([]);
    for (changed, comment, none) in [(yes(), &[][..], &["P1"][..]), (commented(6), &["P1"], &[])] {
        held()
            .when(&open(), save(std::slice::from_ref(&changed), &[]))
            .then([told(&changed, comment, none)]);
    }
}

#[test]
fn what_a_change_does_not_mention_stays() {
    let no = AnswerValue::Choice("no".into());
    let with = |value: Option<AnswerValue>, comment| Command::Save {
        answers: vec![AnswerChange {
            code: "P1".into(),
            value: value.map_or(NewValue::Stays, NewValue::Becomes),
            flags: Change::Stays,
            comment,
        }],
        clear: Vec::new(),
    };
    let held = || given::<Reply>([started(), answered(&[commented(5)])]);
    let answer = |value: AnswerValue, comment| Answer {
        comment,
        ..answer("P1", value)
    };
    let yes = || yes().value;
    for (value, comment, then) in [
        (None, Change::Stays, None),
        (Some(yes()), Change::Stays, None),
        (None, Change::Becomes(said(5)), None),
        (
            Some(no.clone()),
            Change::Stays,
            Some(told(&answer(no.clone(), Some(said(5))), &[], &[])),
        ),
        (
            None,
            Change::Becomes(said(6)),
            Some(told(&answer(yes(), Some(said(6))), &["P1"], &[])),
        ),
        (
            None,
            Change::Goes,
            Some(told(&answer(yes(), None), &[], &["P1"])),
        ),
        (
            Some(no.clone()),
            Change::Goes,
            Some(told(&answer(no.clone(), None), &[], &["P1"])),
        ),
    ] {
        held().when(&open(), with(value, comment)).then(then);
    }
    let cleared = ReplyCleared {
        codes: vec!["P1".into()],
        uncommented: vec!["P1".into()],
    };
    held()
        .when(&open(), save(&[], &["P1"]))
        .then([cleared.into()]);

    // Beside a blank there is nothing to change.
    let blank = || given::<Reply>([started()]);
    blank().when(&open(), with(None, Change::Goes)).then([]);
    blank()
        .when(&open(), with(None, Change::Becomes(said(5))))
        .refused(
            "answers_faulty",
            &[("comment_without_answer", "/answers/P1/comment")],
        );
    let another = Command::Save {
        answers: vec![AnswerChange {
            code: "Z9".into(),
            value: NewValue::Stays,
            flags: Change::Stays,
            comment: Change::Goes,
        }],
        clear: Vec::new(),
    };
    blank()
        .when(&open(), another)
        .refused("unknown_question", &[("no_such_question", "/answers/Z9")]);
}
