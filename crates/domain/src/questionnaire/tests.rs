use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::testing::{assert_faults, content, form, questionnaire, questionnaire_json};

mod addresses;
mod beginning;
mod corrections;
mod differences;
mod documentation;
mod faults;
mod modules;
mod needs;
mod numbers;
mod persons;
mod properties;
mod random;
mod rule_faults;
mod same_as;
mod samples;
mod sums;
mod translations;
mod types;
mod words;

/// The faults of the sample after a change to its JSON, in English and French, with one standard.
fn faults_after(change: impl FnOnce(&mut Value)) -> Vec<crate::Fault> {
    let mut json = questionnaire_json();
    change(&mut json);
    Questionnaire::read(&json).map_or_else(
        |faults| faults,
        |read| read.check(&[Lang::En, Lang::Fr], &|code| code == "bangkok-rules"),
    )
}

#[track_caller]
fn check(change: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    assert_faults(&faults_after(change), expected);
}

#[test]
fn a_sound_questionnaire_has_no_faults_and_reads_what_it_writes() {
    check(|_| {}, &[]);
    let written = serde_json::to_value(questionnaire()).unwrap();
    assert_eq!(Questionnaire::read(&written).unwrap(), questionnaire());
    assert_eq!(
        serde_json::from_value::<Questionnaire>(written).unwrap(),
        questionnaire()
    );
    assert_eq!(
        serde_json::to_value(form().question("P1").unwrap()).unwrap(),
        { questionnaire_json()["sections"][0]["questions"][0].clone() }
    );
}

#[test]
fn every_fault_of_shape_is_listed_with_its_place() {
    check(
        |json| {
            json["colour"] = json!("red");
            json["title"] = json!({"de": "Titel"});
            json["sections"][0]["questions"][0] = json!({"code": "P1", "heading": "praise", "type": "one_choice",
                "scale": "yes_in_part_no", "options": [], "text": {"en": "?"}});
            json["sections"][0]["questions"][1]["options"][2] =
                json!({"value": "none", "labels": {}});
            json["sections"][1]["questions"][0]["min"] = json!(1.5);
            json["sections"][1]["questions"][1]["min"] = json!("0,5");
            json["sections"][1]["questions"][2]["type"] = json!("colour");
            json["sections"][1]["questions"][3]["max_length"] = json!(3);
        },
        &[
            ("wrong_json_type", "/title"),
            ("wrong_json_type", "/sections/0/questions/0/heading"),
            ("scale_or_options", "/sections/0/questions/0/options"),
            ("missing_field", "/sections/0/questions/1/options/2/label"),
            ("unknown_field", "/sections/0/questions/1/options/2/labels"),
            ("wrong_json_type", "/sections/1/questions/0/min"),
            ("wrong_json_type", "/sections/1/questions/1/min"),
            ("wrong_json_type", "/sections/1/questions/2/type"),
            ("unknown_field", "/sections/1/questions/3/max_length"),
            ("unknown_field", "/colour"),
        ],
    );
    check(|json| *json = json!([]), &[("wrong_json_type", "")]);
    check(
        |json| json["sections"] = json!({}),
        &[("wrong_json_type", "/sections")],
    );
    check(
        |json| *json = json!({"sections": []}),
        &[("missing_field", "/title")],
    );
}

#[test]
fn a_fault_names_its_question() {
    let faults = faults_after(|json| json["sections"][1]["questions"][0]["min"] = json!("many"));
    assert_eq!(faults[0].question.as_deref(), Some("N1"));
    let faults =
        faults_after(|json| json["sections"][1]["questions"][0]["text"] = json!({"en": "?"}));
    assert_eq!(faults[0].question.as_deref(), Some("N1"));
}

#[test]
fn every_fault_of_sense_is_listed_with_its_place() {
    check(
        |json| {
            json["introduction"] = json!({"en": "x".repeat(4_001), "fr": ""});
            json["sections"][1]["code"] = json!("A");
            let questions = &mut json["sections"][0]["questions"];
            questions[0]["code"] = json!("p1");
            questions[0]["standards"] = json!(["bangkok-rules", "no-rules"]);
            questions[1]["exclusive"] = json!(["some"]);
            questions[1]["options"][1]["value"] = json!("money");
            questions[1]["options"][2]["value"] = json!("Not this");
            questions[2]["max_length"] = json!(0);
            questions[3]["options"] = json!([]);
            let questions = &mut json["sections"][1]["questions"];
            questions[0]["code"] = json!("P2");
            questions[1]["min"] = json!("100.01");
            questions[1]["places"] = json!(31);
            questions[3]["max"] = json!(30);
        },
        &[
            ("missing_text", "/introduction"),
            ("text_too_long", "/introduction/en"),
            ("bad_question_code", "/sections/0/questions/0/code"),
            ("unknown_standard", "/sections/0/questions/0/standards/1"),
            (
                "duplicate_option",
                "/sections/0/questions/1/options/1/value",
            ),
            (
                "bad_option_value",
                "/sections/0/questions/1/options/2/value",
            ),
            (
                "exclusive_not_an_option",
                "/sections/0/questions/1/exclusive/0",
            ),
            ("bad_limit", "/sections/0/questions/2/max_length"),
            ("too_few_options", "/sections/0/questions/3/options"),
            ("duplicate_section", "/sections/1/code"),
            ("duplicate_question", "/sections/1/questions/0/code"),
            ("min_above_max", "/sections/1/questions/1/min"),
            ("bad_limit", "/sections/1/questions/1/places"),
            ("bad_year", "/sections/1/questions/3/max"),
        ],
    );
    check(
        |json| json["sections"] = json!([]),
        &[("no_section", "/sections")],
    );
    check(
        |json| json["sections"][0]["questions"] = json!([]),
        &[("no_question", "/sections/0/questions")],
    );
}

#[test]
fn a_questionnaire_has_limits() {
    let question = |n: usize| json!({"code": format!("Q{n}"), "heading": "practices", "type": "text", "text": {"en": "?", "fr": "?"}});
    check(
        |json| json["sections"][0]["questions"] = (0..2_001).map(question).collect(),
        &[("too_many_questions", "/sections")],
    );
    let option = |n: usize| json!({"value": format!("o{n}"), "label": {"en": "x", "fr": "x"}});
    check(
        |json| json["sections"][0]["questions"][3]["options"] = (0..61).map(option).collect(),
        &[("too_many_options", "/sections/0/questions/3/options")],
    );
}

/// What is stored for an answer, or the faults that it has.
fn parsed(code: &str, json: &Value) -> Result<Value, Vec<(&'static str, String)>> {
    let form = form();
    let field = form.field(code).unwrap().field;
    match parse(field, json, Extent::Whole, "/answers/X") {
        Ok(change) => {
            let Change::Becomes(input) = change.value else {
                panic!("a whole answer becomes what it is: {json}");
            };
            let value = input.into_value(&mut |_| content(1));
            assert!(
                value.missing_kind().is_some() || field.value_type().unwrap().takes(&value),
                "what is parsed can be saved"
            );
            Ok(serde_json::to_value(Answer {
                code: code.to_owned(),
                value,
                flags: Flags::default(),
                comment: None,
            })
            .unwrap())
        }
        Err(faults) => {
            assert!(
                faults
                    .iter()
                    .all(|fault| fault.question.as_deref() == Some(code))
            );
            let named: Vec<_> = faults
                .iter()
                .map(|fault| (fault.code, fault.pointer.as_str()))
                .collect();
            assert_faults(&faults, &named);
            Err(faults
                .into_iter()
                .map(|fault| (fault.code, fault.pointer))
                .collect())
        }
    }
}

#[test]
fn what_a_change_of_an_answer_does_not_mention_stays() {
    let form = form();
    let field = form.field("P1").unwrap().field;
    let read = |json: Value| {
        let read = parse(field, &json, Extent::Parts, "/answers/X");
        read.map_err(|faults| faults[0].code).map(|read| {
            let value = match read.value {
                Change::Stays => "stays",
                Change::Becomes(_) => "becomes",
                Change::Goes => "goes",
            };
            let comment = match read.comment {
                Change::Stays => "stays",
                Change::Becomes(_) => "becomes",
                Change::Goes => "goes",
            };
            (value, comment)
        })
    };
    let words = json!({"text": "Né.", "lang": "fr"});
    for (json, expected) in [
        (json!({"value": "yes"}), Ok(("becomes", "stays"))),
        (json!({"not_available": true}), Ok(("becomes", "stays"))),
        (json!({"comment": words}), Ok(("stays", "becomes"))),
        (json!({"comment": null}), Ok(("stays", "goes"))),
        (
            json!({"value": "no", "comment": null}),
            Ok(("becomes", "goes")),
        ),
        (
            json!({"value": "no", "comment": words}),
            Ok(("becomes", "becomes")),
        ),
        (json!({"value": null}), Ok(("goes", "stays"))),
        (
            json!({"value": null, "comment": null}),
            Ok(("goes", "goes")),
        ),
        (
            json!({"value": null, "comment": words}),
            Err("malformed_answer"),
        ),
        (
            json!({"value": null, "not_available": true}),
            Err("malformed_answer"),
        ),
        (json!({}), Err("malformed_answer")),
        (json!("yes"), Err("malformed_answer")),
        (json!({"comment": words, "note": 1}), Err("unknown_field")),
        (json!({"value": null, "note": 1}), Err("unknown_field")),
        (json!({"comment": "Né."}), Err("malformed_comment")),
    ] {
        assert_eq!(read(json.clone()), expected, "{json}");
    }
}

#[test]
fn what_is_no_answer_of_any_type_is_a_fault() {
    for malformed in [
        json!({}),
        json!("yes"),
        json!(null),
        json!({"not_available": false}),
        json!({"value": "yes", "not_available": true}),
    ] {
        assert_eq!(
            parsed("P1", &malformed),
            Err(vec![("malformed_answer", "/answers/X".to_owned())])
        );
    }
}
