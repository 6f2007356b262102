//! Every fault of an answer is told at once.

use super::*;

#[test]
fn every_fault_of_an_answer_is_told_at_once() {
    for (code, json, expected) in [
        (
            "P2",
            json!({"value": ["x", "y", 1, "money"]}),
            &[
                ("unknown_option", "/value/0"),
                ("unknown_option", "/value/1"),
                ("answer_of_wrong_type", "/value/2"),
            ][..],
        ),
        (
            "P1",
            json!({"value": "bad", "colour": 1, "size": 2}),
            &[
                ("unknown_field", "/colour"),
                ("unknown_field", "/size"),
                ("unknown_option", "/value"),
            ],
        ),
        (
            "P3",
            json!({"value": {"text": " ", "lang": "de", "html": 1}}),
            &[
                ("unknown_field", "/value/html"),
                ("empty_answer", "/value/text"),
                ("unknown_language", "/value/lang"),
            ],
        ),
        (
            "P3",
            json!({"value": {"text": 1, "lang": "de"}}),
            &[
                ("answer_of_wrong_type", "/value"),
                ("unknown_language", "/value/lang"),
            ],
        ),
        (
            "N1",
            json!({"value": 1.5, "comment": {"text": "\u{200b}", "lang": "de"}}),
            &[
                ("blank", "/comment/text"),
                ("unknown_language", "/comment/lang"),
                ("bad_whole_number", "/value"),
            ],
        ),
        (
            "N1",
            json!({"comment": {"lang": "de"}, "note": 1}),
            &[
                ("unknown_field", "/note"),
                ("malformed_comment", "/comment"),
                ("unknown_language", "/comment/lang"),
                ("malformed_answer", ""),
            ],
        ),
        (
            "N3",
            json!({"value": "2011-03-08\u{200b}"}),
            &[("stray_character", "/value")],
        ),
        (
            "N3",
            json!({"value": "٢٠١١-٠٣-٠٨"}),
            &[("stray_character", "/value")],
        ),
    ] {
        let expected = expected.iter();
        let expected = expected.map(|(code, below)| (*code, format!("/answers/X{below}")));
        assert_eq!(parsed(code, &json), Err(expected.collect()), "{json}");
    }
}

#[test]
fn what_is_wrong_with_a_comment_is_told_beside_what_is_wrong_with_a_value_that_is_taken_away() {
    let questionnaire = form();
    let question = questionnaire.field("P1").unwrap().field;
    let json = json!({"value": null, "comment": "Né.", "note": 1});
    let faults = parse(question, &json, Extent::Parts, "").unwrap_err();
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(
        codes,
        ["unknown_field", "malformed_comment", "malformed_answer"]
    );
}

/// A questionnaire of tables of so many rows by so many columns, each cell of which has these conditions.
fn tables(count: usize, rows: usize, conditions: &Value) -> Vec<crate::Fault> {
    let text = json!({"en": "?", "fr": "?"});
    let rows: Vec<Value> = (0..rows)
        .map(|row| json!({"code": format!("r{row}"), "text": text}))
        .collect();
    let columns: Vec<Value> = (0..60)
        .map(|column| {
            let mut cell =
                json!({"code": format!("c{column}"), "text": text, "type": "whole_number"});
            let more = conditions.as_object().unwrap().clone();
            cell.as_object_mut().unwrap().extend(more);
            cell
        })
        .collect();
    let questions = (0..count).map(|table| {
        json!({"code": format!("T{table}"), "type": "table", "heading": "application", "text": text, "rows": rows, "columns": columns})
    });
    let questions: Vec<Value> = questions.collect();
    let json =
        json!({"title": text, "sections": [{"code": "A", "title": text, "questions": questions}]});
    Questionnaire::read(&json)
        .unwrap()
        .check(&[Lang::En, Lang::Fr], &|_| true)
}

#[test]
fn what_no_evaluation_could_do_in_time_is_no_revision() {
    assert_faults(&tables(2, 150, &json!({})), &[]);
    let many = tables(2, 170, &json!({}));
    assert_faults(&many, &[("too_many_fields", "/sections")]);
    // Each of three thousand cells adds up all the others.
    let all = json!({"relevant": "sum(cells(\"T1.*.*\")) > 0"});
    let found = tables(2, 50, &all);
    assert_eq!(found[0].code, "rules_read_too_much", "{found:?}");
}
