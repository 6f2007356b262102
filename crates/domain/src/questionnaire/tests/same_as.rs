//! Questions that say that they are the same as one of another instrument.

use std::collections::BTreeMap;

use super::*;
use crate::InstrumentId;
use uuid::Uuid;

const OTHER: u128 = 7;

fn sources() -> SameAsSources {
    let was = questionnaire();
    SameAsSources {
        own: InstrumentId(Uuid::from_u128(1)),
        revisions: BTreeMap::from([(InstrumentId(Uuid::from_u128(OTHER)), vec![Arc::new(was)])]),
    }
}

/// The faults of a questionnaire whose questions have new codes, after a change to it.
fn faults(change: impl FnOnce(&mut Value)) -> Vec<crate::Fault> {
    let mut json = questionnaire_json();
    for section in json["sections"].as_array_mut().unwrap() {
        for question in section["questions"].as_array_mut().unwrap() {
            let code = question["code"].as_str().unwrap().to_owned();
            question["code"] = json!(format!("N_{code}"));
            question["same_as"] = json!({"instrument": Uuid::from_u128(OTHER), "question": code});
        }
    }
    change(&mut json);
    let read = Questionnaire::read(&json).unwrap();
    assert_eq!(
        serde_json::to_value(&read).unwrap()["sections"][0]["questions"][0]["same_as"],
        json["sections"][0]["questions"][0]["same_as"]
    );
    read.same_as_faults(&sources())
}

#[test]
fn questions_are_the_same_whatever_their_codes_and_of_one_type() {
    assert_faults(&faults(|_| {}), &[]);
    let at = |member: &str| format!("/sections/0/questions/1/same_as{member}");
    let refused = |same_as: Value, expected: &str, member: &str| {
        let found = faults(|json| json["sections"][0]["questions"][1]["same_as"] = same_as);
        assert_faults(&found, &[(expected, &at(member))]);
    };
    let other = |code: &str| json!({"instrument": Uuid::from_u128(OTHER), "question": code});
    refused(other("NONE"), "same_as_no_question", "/question");
    refused(
        json!({"instrument": Uuid::from_u128(8), "question": "P1"}),
        "no_such_instrument",
        "/instrument",
    );
    // Of another type, and twice.
    refused(other("P1"), "same_as_twice", "");
    let swapped = faults(|json| {
        json["sections"][0]["questions"][0]["same_as"]["question"] = json!("P2");
        json["sections"][0]["questions"][1]["same_as"]["question"] = json!("P1");
    });
    assert_faults(
        &swapped,
        &[
            ("same_as_other_type", "/sections/0/questions/0/same_as"),
            ("same_as_other_type", &at("")),
        ],
    );
    // In its own instrument, only what is asked no more.
    refused(
        json!({"instrument": Uuid::from_u128(1), "question": "N_P1"}),
        "same_as_own",
        "",
    );
}

#[test]
fn a_table_is_the_same_where_its_cells_are() {
    let table = |code: &str, kind: &str, rows: &[&str]| {
        let rows: Vec<_> = rows
            .iter()
            .map(|code| json!({"code": code, "text": {"en": code, "fr": code}}))
            .collect();
        json!({"code": code, "heading": "application", "type": "table", "text": {"en": "?", "fr": "?"}, "rows": rows,
               "columns": [{"year": 0, "type": "whole_number"}, {"code": "what", "text": {"en": "?", "fr": "?"}, "type": kind}]})
    };
    let asking = |table: Value| {
        let mut json = questionnaire_json();
        json["sections"][0]["questions"] = json!([table]);
        Questionnaire::read(&json).unwrap()
    };
    let sources = SameAsSources {
        own: InstrumentId(Uuid::from_u128(1)),
        revisions: BTreeMap::from([(
            InstrumentId(Uuid::from_u128(OTHER)),
            vec![Arc::new(asking(table("T1", "text", &["theft", "fraud"])))],
        )]),
    };
    let now = |kind: &str, rows: &[&str]| {
        let mut table = table("U9", kind, rows);
        table["same_as"] = json!({"instrument": Uuid::from_u128(OTHER), "question": "T1"});
        asking(table).same_as_faults(&sources)
    };
    assert_faults(&now("text", &["theft", "arson"]), &[]);
    // Only what both have can contradict.
    assert_faults(&now("decimal", &["arson"]), &[]);
    let at = "/sections/0/questions/0/same_as";
    assert_faults(
        &now("decimal", &["theft", "arson"]),
        &[("same_as_other_type", at)],
    );
}
