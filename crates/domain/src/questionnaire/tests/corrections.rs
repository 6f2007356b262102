//! What a corrected revision may have otherwise, and what not: case by case, and for corrections of any shape.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::fields::Taking;
use crate::testing::draw::draws;
use crate::testing::{drawn_answers, drawn_questionnaire};

mod drawn;

fn read(json: &Value) -> Questionnaire {
    Questionnaire::read(json).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Of every kind what a correction can touch.
fn before() -> Value {
    let text = json!({"en": "?"});
    json!({"title": {"en": "Prisons"}, "code_lists": [{"code": "own", "entries": [
            {"value": "x", "label": text}, {"value": "y", "label": text}]}],
        "variables": [{"code": "has", "rule": "A1 == \"yes\""}],
        "checks": [{"code": "whole", "kind": "refuse", "rule": "A2 >= 0", "text": text}],
        "sections": [
            {"code": "A", "title": text, "questions": [
                {"code": "A1", "heading": "application", "text": text, "type": "one_choice", "required": true,
                    "options": [{"value": "yes", "label": text, "detail": "must"},
                        {"value": "no", "label": text, "detail": "may", "relevant": "A2 > 1"}]},
                {"code": "A2", "heading": "application", "text": text, "type": "whole_number", "min": 0, "max": 9,
                    "unit": {"en": "persons"}, "missing": ["not_available", "confidential"], "flags": ["estimated"],
                    "checks": [{"code": "doubt", "kind": "explain", "rule": "this < 8", "text": text}]},
                {"code": "A3", "heading": "application", "text": text, "type": "several_choices", "exclusive": ["c"],
                    "least": 1, "most": 2, "relevant": "has",
                    "options": [{"value": "a", "label": text}, {"value": "b", "label": text}, {"value": "c", "label": text}]},
                {"code": "A4", "heading": "application", "text": text, "type": "one_choice", "list": "own"}]},
            {"code": "B", "title": text, "relevant": "A1 == \"yes\"", "questions": [
                {"code": "B1", "heading": "practices", "text": text, "type": "table", "required": "has",
                    "rows": [{"code": "men", "text": text}, {"code": "women", "text": text}],
                    "columns": [{"code": "held", "text": text, "type": "whole_number"},
                        {"code": "cost", "text": text, "type": "decimal", "places": 2, "required": true}]},
                {"code": "B2", "heading": "practices", "text": text, "type": "calculated", "rule": "sum(cells(\"B1.*.held\"))"},
                {"code": "B3", "heading": "practices", "text": text, "type": "list", "least": 1, "most": 3,
                    "parts": [{"code": "name", "text": text, "type": "text", "max_length": 20},
                        {"code": "day", "text": text, "type": "date", "min": "2004-01-01"}]},
                {"code": "B4", "heading": "practices", "text": text, "type": "group", "personal": true,
                    "parts": [{"code": "who", "text": text, "type": "text"}]}]}]})
}

/// What contradicts a correction of it: codes and places.
#[track_caller]
fn corrected(change: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    let mut json = before();
    change(&mut json);
    let is = read(&json);
    let faults = is.check(&[Lang::En], &|_| true);
    assert!(faults.is_empty(), "{faults:#?}");
    assert_faults(&read(&before()).contradictions(&is), expected);
}

const A: &str = "/sections/0/questions";
const B: &str = "/sections/1/questions";

#[test]
fn words_may_be_others_and_more_may_be_allowed() {
    corrected(|_| {}, &[]);
    corrected(
        |json| {
            let text = json!({"en": "Clearer!", "fr": "Plus clair !"});
            json["title"] = text.clone();
            json["introduction"] = text.clone();
            json["code_lists"][0]["entries"]
                .as_array_mut()
                .unwrap()
                .insert(0, json!({"value": "z", "label": text}));
            json["checks"] = json!([]);
            json["variables"]
                .as_array_mut()
                .unwrap()
                .push(json!({"code": "more", "rule": "A2 > 3"}));
            let questions = &mut json["sections"][0]["questions"];
            questions[0]["text"] = text.clone();
            questions[0]["number"] = json!("12 (b)");
            questions[0]["heading"] = json!("difficulties");
            questions[0]["required"] = json!(false);
            questions[0]["options"] = json!([
                {"value": "no", "label": text, "detail": "may"},
                {"value": "in_part", "label": text, "detail": "must", "relevant": "A2 > 2"},
                {"value": "yes", "label": text, "detail": "may"}]);
            questions[1]["min"] = json!(-5);
            questions[1]["max"] = json!(null);
            questions[1].as_object_mut().unwrap().remove("max");
            questions[1]["unit"] = json!({"en": "persons", "fr": "personnes"});
            questions[1]["missing"] = json!(["not_available", "confidential", "not_collected"]);
            questions[1]["flags"] = json!(["estimated", "provisional"]);
            questions[1]["checks"] = json!([]);
            questions[2]["most"] = json!(3);
            questions[2]["exclusive"] = json!(["c", "d"]);
            questions[2].as_object_mut().unwrap().remove("least");
            questions[2]["options"]
                .as_array_mut()
                .unwrap()
                .insert(1, json!({"value": "d", "label": text}));
            let added = json!({"code": "A9", "heading": "application", "text": text, "type": "year", "relevant": "A2 > 5"});
            questions.as_array_mut().unwrap().insert(0, added);
            let questions = &mut json["sections"][1]["questions"];
            questions[0]["required"] = json!(false);
            questions[0]["columns"][1]["required"] = json!("row.held > 0");
            questions[0]["columns"][1]["places"] = json!(3);
            questions[0]["columns"].as_array_mut().unwrap().insert(
                0,
                json!({"code": "since", "text": text, "type": "year", "missing": []}),
            );
            questions[2]["least"] = json!(1);
            questions[2]["most"] = json!(30);
            questions[2]["parts"]
                .as_array_mut()
                .unwrap()
                .insert(0, json!({"code": "place", "text": text, "type": "link"}));
            let section = json!({"code": "C", "title": text, "relevant": "has", "questions": [
                {"code": "C1", "heading": "practices", "text": text, "type": "table", "currency": true,
                    "rows": [{"code": "a", "text": text}],
                    "columns": [{"code": "cost", "text": text, "type": "money"}]}]});
            json["sections"].as_array_mut().unwrap().insert(0, section);
        },
        &[],
    );
}

#[test]
fn nothing_that_could_be_answered_is_gone_elsewhere_or_of_another_type() {
    let gone = "correction_takes_away";
    let remove = |json: &mut Value, index: usize| drop(json.as_array_mut().unwrap().remove(index));
    corrected(
        |json| remove(&mut json["sections"][0]["questions"], 3),
        &[(gone, A)],
    );
    corrected(
        |json| {
            let moved = json["sections"][0]["questions"][3].take();
            remove(&mut json["sections"][0]["questions"], 3);
            json["sections"][1]["questions"]
                .as_array_mut()
                .unwrap()
                .push(moved);
        },
        &[
            ("correction_moves", &format!("{B}/4")),
            ("correction_changes_rule", "/sections/1/relevant"),
        ],
    );
    corrected(
        |json| json["sections"][1]["code"] = json!("Z"),
        &[
            (gone, "/sections"),
            ("correction_moves", &format!("{B}/0")),
            ("correction_moves", &format!("{B}/1")),
            ("correction_moves", &format!("{B}/2")),
            ("correction_moves", &format!("{B}/3")),
        ],
    );
    corrected(
        |json| {
            json["sections"][0]["questions"][3]["type"] = json!("several_choices");
            json["sections"][1]["questions"][0]["columns"][0]["type"] = json!("decimal");
            json["sections"][1]["questions"][2]["parts"][1] =
                json!({"code": "day", "text": {"en": "?"}, "type": "note"});
        },
        &[
            ("correction_changes_type", &format!("{A}/3/type")),
            ("correction_changes_type", &format!("{B}/0/columns/0/type")),
            ("correction_changes_type", &format!("{B}/2/parts/1/type")),
        ],
    );
    corrected(
        |json| {
            json["code_lists"][0]["entries"][1]["value"] = json!("z");
            let questions = &mut json["sections"][0]["questions"];
            questions[0]["options"][1]
                .as_object_mut()
                .unwrap()
                .remove("detail");
            questions[2]["options"][1]["value"] = json!("d");
            let questions = &mut json["sections"][1]["questions"];
            questions[0]["rows"][1]["code"] = json!("others");
            questions[0]["columns"][1]["code"] = json!("price");
            questions[2]["parts"][0]["code"] = json!("title");
        },
        &[
            (gone, &format!("{A}/0/options/1/detail")),
            (gone, &format!("{A}/2/options")),
            (gone, &format!("{A}/3/list")),
            (gone, &format!("{B}/0/rows")),
            (gone, &format!("{B}/0/columns")),
            (gone, &format!("{B}/2/parts")),
            // The cells that are added must be answered, and the sum is of other ones.
            ("correction_requires", &format!("{B}/0")),
            ("correction_requires", &format!("{B}/0/columns/0/required")),
            ("correction_changes_rule", &format!("{B}/1/rule")),
        ],
    );
    corrected(
        |json| {
            json["sections"][0]["questions"][3]
                .as_object_mut()
                .unwrap()
                .remove("list");
            json["sections"][0]["questions"][3]["scale"] = json!("yes_in_part_no");
            json["sections"][0]["questions"][2]["options"]
                .as_array_mut()
                .unwrap()
                .reverse();
            json["sections"][1]["questions"][0]["currency"] = json!(true);
        },
        &[
            ("correction_reorders", &format!("{A}/2/options")),
            ("correction_changes_source", &format!("{A}/3/scale")),
            ("correction_changes_source", &format!("{B}/0/currency")),
        ],
    );
}

#[test]
fn nothing_asks_for_more_than_before() {
    let tighter = "correction_narrows";
    corrected(
        |json| {
            let questions = &mut json["sections"][0]["questions"];
            questions[0]["options"][1]["detail"] = json!("must");
            questions[1]["min"] = json!(1);
            questions[1]["max"] = json!(8);
            questions[1]["unit"] = json!({"en": "thousands"});
            questions[1]["missing"] = json!(["confidential"]);
            questions[1]["flags"] = json!([]);
            questions[1]["required"] = json!(true);
            questions[2]["least"] = json!(2);
            questions[2]["exclusive"] = json!(["c", "b"]);
            let questions = &mut json["sections"][1]["questions"];
            questions[0]["columns"][1]["places"] = json!(1);
            questions[1]["places"] = json!(0);
            questions[2]["least"] = json!(2);
            questions[2]["most"] = json!(2);
            questions[2]["parts"][0]["max_length"] = json!(19);
            questions[2]["parts"][1]["max"] = json!("2024-01-01");
            questions[3]["personal"] = json!(false);
        },
        &[
            (tighter, &format!("{A}/0/options/1/detail")),
            (tighter, &format!("{A}/1/min")),
            (tighter, &format!("{A}/1/max")),
            ("correction_changes_unit", &format!("{A}/1/unit")),
            (tighter, &format!("{A}/2/least")),
            (tighter, &format!("{A}/2/exclusive/1")),
            (tighter, &format!("{B}/0/columns/1/places")),
            ("correction_changes_rule", &format!("{B}/1/places")),
            (tighter, &format!("{B}/2/parts/0/max_length")),
            (tighter, &format!("{B}/2/parts/1/max")),
            (tighter, &format!("{B}/2/least")),
            (tighter, &format!("{B}/2/most")),
            ("correction_forbids", &format!("{A}/1")),
            ("correction_requires", &format!("{A}/1")),
            ("correction_changes_personal", &format!("{B}/3")),
        ],
    );
    corrected(
        |json| {
            let added = json!({"code": "A8", "heading": "application", "text": {"en": "?"}, "type": "year", "required": "A2 > 3"});
            let checked = json!({"code": "A9", "heading": "application", "text": {"en": "?"}, "type": "year",
                "checks": [{"code": "new", "kind": "explain", "rule": "this > 2000", "text": {"en": "?"}}]});
            let questions = json["sections"][0]["questions"].as_array_mut().unwrap();
            questions.extend([added, checked]);
            json["sections"][1]["questions"][2]["parts"]
                .as_array_mut()
                .unwrap()
                .push(
                    json!({"code": "place", "text": {"en": "?"}, "type": "link", "required": true}),
                );
        },
        &[
            ("correction_requires", &format!("{B}/2")),
            ("correction_requires", &format!("{A}/4/required")),
            ("correction_adds_check", &format!("{A}/5/checks/0/rule")),
        ],
    );
}

#[test]
fn what_follows_from_answers_stays() {
    let other = "correction_changes_rule";
    corrected(
        |json| {
            json["variables"][0]["rule"] = json!("A1 != \"no\"");
            json["checks"][0]["rule"] = json!("A2 >= 1");
            json["sections"][0]["questions"][0]["options"][1]["relevant"] = json!("A2 > 2");
            json["sections"][0]["questions"][1]["checks"][0]["kind"] = json!("refuse");
            json["sections"][1]["questions"][0]["required"] = json!("A2 > 2");
            json["sections"][1]["questions"][0]["rows"]
                .as_array_mut()
                .unwrap()
                .push(json!({"code": "boys", "text": {"en": "?"}}));
        },
        &[
            ("correction_requires", &format!("{B}/0")),
            ("correction_requires", &format!("{B}/0/columns/0/required")),
            (other, &format!("{B}/1/rule")),
            (other, "/variables/0/rule"),
            (other, &format!("{A}/0/options/1/relevant")),
            ("correction_adds_check", &format!("{A}/1/checks/0/rule")),
            ("correction_adds_check", "/checks/0/rule"),
        ],
    );
    // What was not asked would have to be answered.
    corrected(
        |json| {
            drop(
                json["sections"][1]
                    .as_object_mut()
                    .unwrap()
                    .remove("relevant"),
            );
            drop(
                json["sections"][0]["questions"][2]
                    .as_object_mut()
                    .unwrap()
                    .remove("relevant"),
            );
            json["sections"][0]["questions"][0]["relevant"] = json!("A2 > 1");
        },
        &[
            (other, &format!("{A}/0/relevant")),
            (other, &format!("{A}/2")),
            (other, &format!("{B}/0")),
            (other, &format!("{B}/1")),
            (other, &format!("{B}/2")),
            (other, &format!("{B}/3")),
        ],
    );
    // Milder: explained where it was refused.
    corrected(|json| json["checks"][0]["kind"] = json!("explain"), &[]);
}

proptest! {
    #[test]
    fn what_could_be_submitted_still_can_be(mut draw in draws(600), mut changes in draws(400), mut steps in draws(900)) {
        let was = drawn_questionnaire::questionnaire(&mut draw);
        let is = drawn::correction(&mut changes, &was);
        let year = draw.chance(50).then_some(2024);
        let before = Form::new(Arc::new(was), year);
        let after = Form::new(Arc::new(is), year);
        let answers = drawn::acceptable(&mut steps, &before, drawn_answers::answers);
        for (address, value) in &answers {
            let Some(found) = after.field(address) else {
                prop_assert!(before.field(address).unwrap().field.is_check(), "{} is gone", address);
                continue;
            };
            let takes = match &found.field.takes {
                Taking::Value(kind) => match value.missing_kind() {
                    Some(missing) => found.field.missing.contains(&missing),
                    None => kind.takes(value),
                },
                Taking::Entry => matches!(value, AnswerValue::Entry(_)),
                Taking::Nothing => false,
            };
            prop_assert!(takes, "{} takes {:?} no more", address, value);
        }
        let held: AnswerMap<AnswerValue> = answers.into_iter().collect();
        let (was, is) = (check_submission(&before, &held, None), check_submission(&after, &held, None));
        if was.faults.is_empty() {
            let questionnaires = (serde_json::to_string(before.questionnaire()), serde_json::to_string(after.questionnaire()));
            prop_assert!(is.faults.is_empty(), "{:#?} {:?} {:#?}", is.faults, held, questionnaires);
            let were_asked = |address: &String| before.names(address);
            let irrelevant = |verdict: &Verdict| {
                let told = verdict.irrelevant.iter().filter(|address| !address.starts_with("checks."));
                told.filter(|address| were_asked(address)).cloned().collect::<std::collections::BTreeSet<_>>()
            };
            let calculated = |verdict: &Verdict| {
                let told = verdict.calculated.iter().filter(|answer| were_asked(&answer.code));
                let told = told.map(|answer| (answer.code.clone(), serde_json::to_string(&answer.value).unwrap()));
                told.collect::<std::collections::BTreeSet<_>>()
            };
            prop_assert_eq!(calculated(&was), calculated(&is));
            // A question of which something was added may be told in its parts.
            for address in irrelevant(&is) {
                prop_assert!(check_leaves_out(&was, &address), "{} was asked", address);
            }
        }
    }
}

/// Whether what has this address was not asked, by itself or as a part.
fn check_leaves_out(verdict: &Verdict, address: &str) -> bool {
    let dots = address.match_indices('.').map(|(at, _)| at);
    let mut parts = dots.chain([address.len()]).map(|end| &address[..end]);
    parts.any(|part| verdict.irrelevant.iter().any(|told| told == part))
}
