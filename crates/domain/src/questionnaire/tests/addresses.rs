//! Addresses, of which each is one field's; and entries of lists, whose parts are where they are.

use super::*;
use crate::questionnaire::rule_set::Sheet;

/// A questionnaire of these questions, each with the members that all need.
fn of(questions: &[Value]) -> Questionnaire {
    let questions = questions.iter().map(|question| {
        let mut question = question.clone();
        question["heading"] = json!("practices");
        question["text"] = json!({"en": "?"});
        question
    });
    let questions: Vec<Value> = questions.collect();
    let section = json!({"code": "S", "title": {"en": "?"}, "questions": questions});
    let json = json!({"title": {"en": "?"}, "sections": [section]});
    Questionnaire::read(&json).unwrap()
}

#[track_caller]
fn assert_faulty(questions: &[Value], expected: &[(&str, &str)]) {
    assert_faults(&of(questions).check(&[Lang::En], &|_| true), expected);
}

fn laws(conditions: &Value) -> Value {
    let mut part = json!({"code": "title", "type": "whole_number", "text": {"en": "?"}});
    let members = conditions.as_object().unwrap().clone();
    part.as_object_mut().unwrap().extend(members);
    json!({"code": "L1", "type": "list", "parts": [part]})
}

#[test]
fn an_address_with_a_dot_at_its_end_is_of_no_field() {
    let form = Form::from(of(&[laws(&json!({}))]));
    assert!(form.field("L1.act").is_some() && form.field("L1.act.title").is_some());
    assert!(form.field("L1.act.").is_none() && form.field("L1.act.title.").is_none());
}

#[test]
fn what_stands_on_entries_and_names_none_of_their_parts_holds_for_an_entry_that_is_added() {
    let form = Form::from(of(&[
        json!({"code": "A1", "type": "whole_number"}),
        laws(&json!({"relevant": "A1 > 0"})),
    ]));
    let mut sheet = Sheet::new(&form, form.rules().unwrap(), [], None);
    let title = form.field("L1.act.title").unwrap().index;
    let entry = AnswerValue::Entry(crate::Decimal::from(1));
    sheet.set("A1", Some(&AnswerValue::WholeNumber(crate::WholeNumber(1))));
    sheet.set("L1.act", Some(&entry));
    assert!(!sheet.is_hidden_in(title, 0));
}

#[test]
fn a_row_is_not_called_as_the_currency_of_its_table() {
    let table = |rows: Value| {
        let mut table = json!({"code": "T1", "type": "table", "currency": true,
            "columns": [{"code": "spent", "type": "money", "text": {"en": "?"}}]});
        table
            .as_object_mut()
            .unwrap()
            .extend(rows.as_object().unwrap().clone());
        table
    };
    let rows = json!({"rows": [{"code": "currency", "text": {"en": "?"}}]});
    let duplicate = ("duplicate_part", "/sections/0/questions/0/rows/0/code");
    assert_faulty(&[table(rows)], &[duplicate]);
    let chosen = json!({"code": "A1", "type": "one_choice", "options": [
        {"value": "currency", "label": {"en": "?"}}, {"value": "other", "label": {"en": "?"}}]});
    let rows_of = ("rows_of_no_choices", "/sections/0/questions/1/rows_of");
    assert_faulty(&[chosen, table(json!({"rows_of": "A1"}))], &[rows_of]);
}

#[test]
fn beside_columns_of_years_none_is_called_as_a_year() {
    let table = |first: Value| {
        let column = json!({"code": "y2024", "type": "date", "text": {"en": "?"}});
        json!({"code": "T1", "type": "table", "rows": [{"code": "theft", "text": {"en": "?"}}], "columns": [first, column]})
    };
    let bad = (
        "column_code_is_year",
        "/sections/0/questions/0/columns/1/code",
    );
    assert_faulty(&[table(json!({"year": 0, "type": "date"}))], &[bad]);
    assert_faulty(
        &[table(
            json!({"code": "y2023", "type": "date", "text": {"en": "?"}}),
        )],
        &[],
    );
}
