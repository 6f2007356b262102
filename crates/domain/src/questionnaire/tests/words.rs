//! What rules see of words: those that somebody looks at are loaded where rules are evaluated, and what is not there is not known.

use std::collections::BTreeSet;

use super::*;
use crate::questionnaire::WordsRead;

/// A form whose checks look at the words of A1 and L1.*.title, and at whether there are any of A2 and L1.*.note.
fn form() -> Form {
    let text = json!({"en": "?"});
    let check = |code: &str, rule: &str| json!({"code": code, "kind": "refuse", "rule": rule, "text": text});
    let question = |code: &str, more: Value| {
        let mut question =
            json!({"code": code, "heading": "practices", "text": text, "type": "text"});
        question
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        question
    };
    let json = json!({"title": text, "sections": [{"code": "A", "title": text, "questions": [
        question("A1", json!({"checks": [check("act", "this.matches(\"(?i)act\")"), check("long", "size(A1) > 3")]})),
        question("A2", json!({"checks": [check("both", "has(A1) || !has(A2)")]})),
        question("A3", json!({"relevant": "A1.startsWith(\"Prisons\")", "required": true})),
        question("L1", json!({"type": "list", "parts": [
            {"code": "title", "type": "text", "text": text},
            {"code": "note", "type": "text", "text": text, "checks": [check("noted", "has(this)")]},
            {"code": "link", "type": "link", "text": text}],
            "checks": [check("once", "distinct(cells(\"L1.*.title\"))"), check("some", "count(cells(\"L1.*.*\")) > 0")]})),
    ]}]});
    let read = Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(read.check(&[Lang::En], &|_| true), []);
    Form::from(read)
}

/// Answers in words, each a content of its own, by number.
fn answers(given: &[(&str, u8)]) -> AnswerMap<AnswerValue> {
    let given = given.iter().map(|(address, number)| {
        let text = TextAnswer {
            content: content(*number),
            lang: Lang::En,
            length: 3,
        };
        ((*address).to_owned(), AnswerValue::Text(text))
    });
    let mut answers: AnswerMap<AnswerValue> = given.collect();
    for entry in ["e1", "e2"] {
        answers.insert_mut(format!("L1.{entry}"), AnswerValue::Entry(1.into()));
    }
    answers
}

fn words(of: &[(u8, &str)]) -> WordsRead {
    let words = of.iter();
    words
        .map(|(number, words)| (content(*number).content, Arc::from(*words)))
        .collect()
}

#[test]
fn only_words_that_a_rule_looks_at_are_asked_for() {
    let answers = answers(&[
        ("A1", 1),
        ("A2", 2),
        ("A3", 3),
        ("L1.e1.title", 4),
        ("L1.e1.note", 5),
        ("L1.e2.title", 6),
    ]);
    let read: BTreeSet<_> = form().words_read(&answers).into_iter().collect();
    let expected = [1, 4, 6].map(|number| content(number).content);
    assert_eq!(read, expected.into_iter().collect());
    // A form whose rules look at none asks for none.
    assert_eq!(crate::testing::form().words_read(&answers), []);
}

#[test]
fn rules_look_at_words_and_what_is_redacted_is_not_known() {
    let form = form();
    let answers = answers(&[
        ("A1", 1),
        ("L1.e1.title", 4),
        ("L1.e1.note", 5),
        ("L1.e2.note", 5),
        ("L1.e2.title", 6),
    ]);
    for (given, expected) in [
        // Not known, and what is not known passes, or hides.
        (&[][..], &[][..]),
        (
            &[(1, "Prisons Act"), (4, "Act"), (6, "Decree")],
            &["required_question_blank A3"],
        ),
        (
            &[(1, "Act on prisons"), (4, "Act"), (6, "Act")],
            &["check_refuses checks.once"],
        ),
        (&[(1, "Law")], &["check_refuses A1", "check_refuses A1"]),
        (&[(1, "Acts"), (4, "Act")], &[]),
    ] {
        let verdict = check_with_words(&form, &answers, None, &words(given));
        let faults = verdict.faults.iter();
        let faults = faults.map(|fault| {
            format!(
                "{} {}",
                fault.code,
                fault.pointer.trim_start_matches("/answers/")
            )
        });
        assert_eq!(faults.collect::<Vec<_>>(), expected, "{given:?}");
    }
}
