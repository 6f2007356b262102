//! The two samples of real instruments, whole: their fields, their rules, and what follows from answers.

use super::*;
use crate::questionnaire::rule_set::Sheet;

fn sample(json: &str) -> Questionnaire {
    let json: Value = serde_json::from_str(json).unwrap();
    Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn crime_figures() -> Questionnaire {
    sample(include_str!(
        "../../../../../data/demonstration/crime_figures.json"
    ))
}

fn use_of_standards() -> Questionnaire {
    sample(include_str!(
        "../../../../../data/demonstration/use_of_standards.json"
    ))
}

/// What a submission of these answers comes to, told by code and place; then what is not asked, and what is calculated.
pub(super) fn verdict(
    form: &Form,
    answers: &[(&str, Value)],
) -> (Vec<String>, Vec<String>, Vec<String>) {
    let held: AnswerMap<AnswerValue> = answers
        .iter()
        .map(|(address, json)| {
            let located = form.field(address).unwrap_or_else(|| panic!("{address}"));
            let change = parse(located.field, json, Extent::Whole, "")
                .unwrap_or_else(|faults| panic!("{address}: {faults:?}"));
            let Change::Becomes(input) = change.value else {
                panic!("{address} is answered");
            };
            ((*address).to_owned(), input.into_value(&mut |_| content(1)))
        })
        .collect();
    let Verdict {
        faults,
        irrelevant,
        calculated,
        needs: _,
        unoffered: _,
    } = check_submission(form, &held, None);
    let faults = faults.iter().map(|fault| {
        format!(
            "{} {}",
            fault.code,
            fault.pointer.trim_start_matches("/answers/")
        )
    });
    let calculated = calculated.iter().map(|answer| {
        format!(
            "{} {}",
            answer.code,
            serde_json::to_value(&answer.value).unwrap()
        )
    });
    (faults.collect(), irrelevant, calculated.collect())
}

#[test]
fn the_samples_have_no_faults() {
    for questionnaire in [crime_figures(), use_of_standards()] {
        let faults = questionnaire.check(&[Lang::En, Lang::Fr], &|_| true);
        assert!(faults.is_empty(), "{faults:#?}");
        let written = serde_json::to_value(&questionnaire).unwrap();
        assert_eq!(Questionnaire::read(&written).unwrap(), questionnaire);
    }
}

#[test]
fn years_are_named_by_the_collection_and_rules_by_how_long_ago() {
    let form = Form::new(Arc::new(crime_figures()), Some(2024));
    let cell = form.field("P1.theft.y2023").unwrap().field;
    assert_eq!((&*cell.rule_name, &*cell.question), ("P1.theft.y1", "P1"));
    assert!(form.field("P1.theft.y1").is_none());
    let draft = Form::from(crime_figures());
    assert!(draft.field("P1.theft.y1").is_some());
    let (faults, ..) = verdict(
        &form,
        &[
            ("P1.theft.y2023", json!({"value": 100})),
            ("P1.theft.y2024", json!({"value": 150})),
        ],
    );
    assert!(
        faults.contains(&"explanation_missing checks.change_y0.theft".to_owned()),
        "{faults:?}"
    );
}

#[test]
fn what_is_not_asked_is_told_by_its_highest_parts() {
    let form = Form::from(use_of_standards());
    let (_, irrelevant, _) = verdict(
        &form,
        &[
            ("L1", json!({"value": "no"})),
            (
                "L1.no",
                json!({"value": {"text": "A draft.", "lang": "en"}}),
            ),
            ("P1", json!({"value": ["bar"]})),
        ],
    );
    for hidden in ["L1A", "L1B", "P1A.university"] {
        assert!(
            irrelevant.iter().any(|one| one == hidden),
            "{hidden}: {irrelevant:?}"
        );
    }
    for asked in ["L1C", "P1A.bar", "P1A", "L1.no"] {
        assert!(
            !irrelevant.iter().any(|one| one == asked),
            "{asked}: {irrelevant:?}"
        );
    }
}

#[test]
fn a_changed_answer_evaluates_what_depends_on_it() {
    let form = Form::from(use_of_standards());
    let rules = form.rules().unwrap();
    let mut sheet = Sheet::new(&form, rules, [], None);
    let is_hidden =
        |sheet: &Sheet<'_>, address: &str| sheet.is_hidden(form.field(address).unwrap().index);
    assert!(is_hidden(&sheet, "L1B") && is_hidden(&sheet, "L1C"));
    sheet.set("L1", Some(&AnswerValue::Choice("yes".into())));
    assert!(!is_hidden(&sheet, "L1B") && is_hidden(&sheet, "L1C"));
    sheet.set("L1", Some(&AnswerValue::Choice("no".into())));
    assert!(is_hidden(&sheet, "L1B") && !is_hidden(&sheet, "L1C"));
    sheet.set("L1", None);
    assert!(is_hidden(&sheet, "L1B") && is_hidden(&sheet, "L1C"));
}
