//! Totals and shares of a table: where a sum is made, what it leaves out, and what is said where it does not come out.

use super::samples::verdict;
use super::*;
use crate::Decimal;

/// A table T1 of women, men and all adults, girls, and everybody, by two years and their sum; with the share of each.
fn form(kind: &str) -> Form {
    let text = |en: &str, fr: &str| json!({"en": en, "fr": fr});
    let row = |code: &str| json!({"code": code, "text": text(code, code)});
    let total = |code: &str, of: Value| json!({"code": code, "text": text(code, code), "total_of": of, "sum_kind": kind});
    let mut girls = row("girls");
    girls["relevant"] = json!("N1 > 0");
    let json = json!({"title": {"en": "?"}, "sections": [{"code": "A", "title": {"en": "?"}, "questions": [
        {"code": "N1", "heading": "practices", "type": "whole_number", "text": {"en": "?"}},
        {"code": "T1", "heading": "practices", "type": "table", "text": {"en": "?"},
         "rows": [row("women"), row("men"), girls, total("adults", json!(["women", "men"])), total("all", json!("rest"))],
         "columns": [
            {"year": -1, "type": "whole_number"}, {"year": 0, "type": "decimal"},
            {"code": "both", "type": "decimal", "text": text("Both years", "Deux ans"), "total_of": ["y1", "y0"], "sum_kind": kind},
            {"code": "share", "type": "percentage", "places": 1, "text": text("Share", "Part"), "adds_to_100": true, "sum_kind": kind},
            {"code": "remark", "type": "text", "text": text("Remark", "Remarque")}]}]}]});
    let read = Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?}"));
    Form::new(Arc::new(read), Some(2024))
}

/// The faults of a submission of these cells of T1.
fn faults(form: &Form, cells: &[(&str, i64)]) -> Vec<String> {
    let cells = cells
        .iter()
        .map(|(cell, value)| (format!("T1.{cell}"), json!({"value": value})));
    let cells: Vec<_> = cells.collect();
    let mut given: Vec<_> = cells
        .iter()
        .map(|(cell, json)| (cell.as_str(), json.clone()))
        .collect();
    given.push(("N1", json!({"value": 0})));
    verdict(form, &given).0
}

#[test]
fn a_row_is_the_total_of_others_column_by_column() {
    let form = form("explain");
    let all = [
        ("women.y2023", 2),
        ("men.y2023", 3),
        ("adults.y2023", 6),
        ("all.y2023", 5),
    ];
    // What is no total is added up, and a row that is not asked is left out.
    assert_eq!(
        faults(&form, &all),
        ["explanation_missing checks.t1_adults_row.y2023"]
    );
    assert_eq!(
        faults(
            &form,
            &[("women.y2024", 2), ("men.y2024", 3), ("all.y2024", 6)]
        ),
        ["explanation_missing checks.t1_all_row.y2024"]
    );
    // What is blank is not known, and what is not known passes.
    assert_eq!(
        faults(&form, &[("women.y2024", 2), ("all.y2024", 1)]),
        [""; 0]
    );
    assert_eq!(
        faults(&form, &[("women.y2024", 2), ("men.y2024", 3)]),
        [""; 0]
    );
}

#[test]
fn a_column_is_the_total_of_others_row_by_row() {
    let form = form("explain");
    assert_eq!(
        faults(
            &form,
            &[
                ("men.y2023", 3),
                ("men.y2024", 4),
                ("men.both", 8),
                ("women.both", 1)
            ]
        ),
        ["explanation_missing checks.t1_both_column.men"]
    );
    assert_eq!(
        faults(
            &form,
            &[("men.y2023", 3), ("men.y2024", 4), ("men.both", 7)]
        ),
        [""; 0]
    );
    // A row that is not asked has no total either.
    assert_eq!(
        faults(
            &form,
            &[("girls.y2023", 3), ("girls.y2024", 4), ("girls.both", 8)]
        ),
        [""; 0]
    );
}

#[test]
fn shares_come_to_a_hundred_as_near_as_they_were_rounded() {
    let form = form("explain");
    let shares = |women: &str, men: &str| {
        let given = [
            ("T1.women.share", json!({"value": women})),
            ("T1.men.share", json!({"value": men})),
            ("T1.all.share", json!({"value": 7})),
            ("N1", json!({"value": 0})),
        ];
        verdict(&form, &given).0
    };
    let missing = ["explanation_missing checks.t1_share_column"];
    assert_eq!(shares("50", "50"), [""; 0]);
    // Three rows can be shares, with a digit after the point: 3 × 0.05.
    assert_eq!(shares("50.1", "50"), [""; 0]);
    assert_eq!(shares("50.1", "50.1"), missing);
    assert_eq!(shares("50", "49.9"), [""; 0]);
    assert_eq!(shares("50", "9"), missing);
}

#[test]
fn a_sum_is_explained_at_its_own_address_or_refused_where_it_stands() {
    let wrong = [
        ("T1.men.y2023", json!({"value": 3})),
        ("T1.men.y2024", json!({"value": 4})),
        ("T1.men.both", json!({"value": 8})),
    ];
    let explain = form("explain");
    let mut explained = wrong.to_vec();
    explained.push((
        "checks.t1_both_column.men",
        json!({"value": {"text": "So counted.", "lang": "en"}}),
    ));
    assert_eq!(verdict(&explain, &explained).0, [""; 0]);
    let refuse = form("refuse");
    assert_eq!(verdict(&refuse, &wrong).0, ["check_refuses T1.men.both"]);
    assert!(
        refuse
            .field("checks.t1_both_column.men")
            .unwrap()
            .field
            .value_type()
            .is_none()
    );
}

#[test]
fn what_is_said_names_the_total_in_the_languages_that_it_has() {
    for (kind, en, fr) in [
        (
            "explain",
            "“Both years”: the figures do not add up to this total. Please correct them, or say why they do not.",
            "«\u{a0}Deux ans\u{a0}»\u{a0}: les chiffres ne correspondent pas à ce total. Veuillez les corriger, ou dire pourquoi.",
        ),
        (
            "refuse",
            "“Both years”: the figures do not add up to this total. Please correct them.",
            "«\u{a0}Deux ans\u{a0}»\u{a0}: les chiffres ne correspondent pas à ce total. Veuillez les corriger.",
        ),
    ] {
        let form = form(kind);
        let answers = [("T1.men.y2023", 3), ("T1.men.y2024", 4), ("T1.men.both", 8)];
        let answers = answers.iter().map(|(address, value)| {
            let value = match form.field(address).unwrap().field.value_type() {
                Some(FieldType::WholeNumber(_)) => {
                    AnswerValue::WholeNumber(crate::WholeNumber(*value))
                }
                _ => AnswerValue::Decimal(Decimal::from(i32::try_from(*value).unwrap())),
            };
            ((*address).to_owned(), value)
        });
        let faults = check_submission(&form, &answers.collect(), None).faults;
        let texts = faults[0].args.iter().find_map(|(name, value)| match value {
            crate::phrase::PlaceholderValue::Texts(texts) if *name == "text" => Some(texts.clone()),
            _ => None,
        });
        let texts = texts.unwrap();
        assert_eq!(
            (
                texts.get(Lang::En),
                texts.get(Lang::Fr),
                texts.languages().count()
            ),
            (Some(en), Some(fr), 2)
        );
    }
}

#[test]
fn a_sum_has_a_code_that_no_other_check_has() {
    let mut json = serde_json::to_value(form("explain").questionnaire().as_ref()).unwrap();
    json["checks"] =
        json!([{"code": "t1_all_row", "kind": "refuse", "rule": "N1 > 0", "text": {"en": "?"}}]);
    let read = Questionnaire::read(&json).unwrap();
    let faults = read.check(&[Lang::En], &|_| true);
    assert_faults(
        &faults,
        &[("duplicate_check", "/sections/0/questions/1/rows/4/total_of")],
    );
}
