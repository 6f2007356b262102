//! What a reply begins with: first answers that rules give, which see the last round.

use super::*;

fn asking(questions: &Value) -> Questionnaire {
    let text = json!({"en": "?", "fr": "?"});
    let mut json =
        json!({"title": text, "sections": [{"code": "A", "title": text, "questions": questions}]});
    for question in json["sections"][0]["questions"].as_array_mut().unwrap() {
        question["heading"] = json!("application");
        question["text"] = text.clone();
    }
    Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn choice(code: &str, kind: &str, initial: &str) -> Value {
    let label = json!({"en": "?", "fr": "?"});
    let options = ["law", "money", "staff"].map(|value| json!({"value": value, "label": label}));
    let mut question = json!({"code": code, "type": kind, "options": options, "initial": initial});
    if kind == "rank" {
        question["top"] = json!(2);
    }
    question
}

#[test]
fn fields_begin_with_what_their_rules_come_to_and_take() {
    let table = json!({"code": "P1", "type": "table", "rows": [{"code": "theft", "text": {"en": "?", "fr": "?"}}],
        "columns": [{"year": -1, "type": "whole_number", "initial": "last.this"}]});
    let questionnaire = asking(&json!([
        choice("A1", "one_choice", "last.A2 == \"staff\" ? \"money\" : \"law\""),
        choice("A2", "one_choice", "last.A2"),
        choice("A3", "several_choices", "last.A3"),
        choice("A4", "rank", "last.A4"),
        {"code": "N1", "type": "whole_number", "initial": "last.N1 + 1", "max": 10},
        {"code": "N2", "type": "decimal", "initial": "2.5"},
        {"code": "N3", "type": "percentage", "initial": "100"},
        {"code": "Y1", "type": "year", "initial": "2004"},
        {"code": "M1", "type": "money", "initial": "last.M1"},
        {"code": "D1", "type": "date", "initial": "date(\"2004-07-21\")"},
        {"code": "D2", "type": "month", "initial": "last.D2"},
        table,
    ]));
    let faults = questionnaire.check(&[Lang::En, Lang::Fr], &|_| true);
    assert_faults(&faults, &[]);
    let form = Form::new(Arc::new(questionnaire), Some(2025));
    let told = |last: Option<&AnswerMap<AnswerValue>>| {
        let answers = initial_answers(&form, last).into_iter();
        let told = answers.map(|answer| (answer.code, serde_json::to_value(answer.value).unwrap()));
        serde_json::to_string(&told.collect::<Vec<_>>()).unwrap()
    };
    insta::assert_snapshot!(told(None), @r#"[["N2",{"decimal":"2.5"}],["N3",{"decimal":"100"}],["Y1",{"year":2004}],["D1",{"date":"2004-07-21"}]]"#);
    let values = json!({"A2": {"choice": "staff"}, "A3": {"choices": ["law", "staff"]}, "A4": {"ranking": ["staff", "law"]},
        "N1": {"whole_number": 3}, "M1": {"money": {"amount": "12.5", "currency": "EUR"}}, "D2": {"month": "2004-07"},
        "P1.theft.y2024": {"whole_number": 7}});
    let values = values.as_object().unwrap().iter();
    let last: AnswerMap<AnswerValue> = values
        .map(|(address, value)| {
            let value = serde_json::from_value(value.clone()).unwrap();
            (address.clone(), value)
        })
        .collect();
    insta::assert_snapshot!(told(Some(&last)), @r#"[["A1",{"choice":"money"}],["A2",{"choice":"staff"}],["A3",{"choices":["law","staff"]}],["A4",{"ranking":["staff","law"]}],["N1",{"whole_number":4}],["N2",{"decimal":"2.5"}],["N3",{"decimal":"100"}],["Y1",{"year":2004}],["M1",{"money":{"amount":"12.5","currency":"EUR"}}],["D1",{"date":"2004-07-21"}],["D2",{"month":"2004-07"}],["P1.theft.y2024",{"whole_number":7}]]"#);
    // Beyond what the field takes it begins blank.
    let last = last.insert(
        "N1".into(),
        AnswerValue::WholeNumber(crate::WholeNumber(10)),
    );
    assert!(!told(Some(&last)).contains("N1"));
}

#[test]
fn words_files_entries_and_other_types_do_not_begin() {
    let refused = |question: Value, code: &str, at: &str| {
        let questionnaire = asking(&json!([question, {"code": "Z1", "type": "text"}]));
        let faults = questionnaire.check(&[Lang::En, Lang::Fr], &|_| true);
        assert_faults(&faults, &[(code, &format!("/sections/0/questions/0{at}"))]);
    };
    let text = json!({"code": "A1", "type": "text", "initial": "last.Z1"});
    refused(text, "initial_not_taken", "/initial");
    refused(
        choice("A1", "one_choice", "\"sun\""),
        "rule_option",
        "/initial",
    );
    let number = json!({"code": "A1", "type": "whole_number", "initial": "true"});
    refused(number, "rule_type", "/initial");
    let part = json!({"code": "n", "type": "whole_number", "text": {"en": "?", "fr": "?"}, "initial": "1"});
    let list = json!({"code": "A1", "type": "list", "parts": [part]});
    refused(list, "initial_of_entries", "/parts/0/initial");
}
