//! What is about persons is so in every part, and what follows from it too.

use super::*;

fn form_of(questions: Value) -> Form {
    let json = json!({"title": {"en": "A"}, "sections": [{"code": "A", "title": {"en": "A"}, "questions": questions}]});
    let questionnaire = Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?}"));
    Form::from(questionnaire)
}

#[test]
fn what_is_about_persons_is_so_in_every_field_of_it() {
    let text = json!({"en": "?"});
    let check = |code: &str, rule: &str| json!([{"code": code, "kind": "explain", "rule": rule, "text": text}]);
    let parts = json!([{"code": "name", "type": "text", "text": text},
        {"code": "age", "type": "whole_number", "text": text, "checks": check("old", "this < 150")},
        {"code": "law", "type": "legal_reference", "text": text},
        {"code": "role", "type": "one_choice", "text": text, "options": [
            {"value": "head", "label": text}, {"value": "other", "label": text, "detail": "must"}]}]);
    let of = |code: &str, more: Value| {
        let mut question =
            json!({"code": code, "heading": "application", "text": text, "personal": true});
        question
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        question
    };
    let columns = json!([{"code": "pay", "type": "money", "text": text}, {"code": "note", "type": "text", "text": text}]);
    let form = form_of(json!([
        of(
            "A1",
            json!({"type": "group", "parts": parts, "checks": check("known", "has(A1.name)")})
        ),
        of(
            "A2",
            json!({"type": "list", "parts": [{"code": "name", "type": "text", "text": text,
            "checks": check("named", "has(this)")}, parts[2], parts[3]]})
        ),
        of(
            "A3",
            json!({"type": "table", "rows": [{"code": "head", "text": text}], "columns": columns, "currency": true})
        ),
        of(
            "A4",
            json!({"type": "whole_number", "checks": check("few", "this < 9")})
        ),
        of("A5", json!({"type": "legal_reference"})),
        of("A6", json!({"type": "file"})),
    ]));
    for field in form.fields() {
        assert!(field.personal, "{}", field.address);
    }
    assert!(form.fields().len() > 25);
}

#[test]
fn what_is_about_persons_by_nature_is_so_unless_it_is_an_offices() {
    let text = json!({"en": "?"});
    let check = json!([{"code": "given", "kind": "explain", "rule": "has(this)", "text": text}]);
    let form = |office: bool| {
        let email =
            |code: &str| json!({"code": code, "type": "email", "text": text, "office": office});
        let mut question = email("A1");
        question["heading"] = json!("practices");
        question["checks"] = check.clone();
        form_of(json!([question,
            {"code": "A2", "heading": "practices", "type": "list", "text": text, "parts": [email("whom")]},
            {"code": "A3", "heading": "practices", "type": "table", "text": text,
             "rows": [{"code": "a", "text": text}], "columns": [email("whom")]}]))
    };
    for (office, expected) in [
        (false, vec!["A1", "A2.*.whom", "A3.a.whom", "checks.given"]),
        (true, Vec::new()),
    ] {
        let form = form(office);
        let personal = form.fields().iter().filter(|field| field.personal);
        let mut personal: Vec<&str> = personal.map(|field| &*field.address).collect();
        personal.sort_unstable();
        assert_eq!(personal, expected, "{office}");
        assert_eq!(form.question("A1").unwrap().is_personal(), !office);
    }
}

#[test]
fn nothing_that_is_published_is_calculated_from_what_is_about_persons() {
    let text = json!({"en": "?"});
    let form = |is_personal: bool| {
        let json = json!({"title": text, "sections": [{"code": "A", "title": text, "questions": [
            {"code": "A1", "heading": "application", "type": "whole_number", "text": text, "personal": true},
            {"code": "A2", "type": "calculated", "rule": "A1 * 2", "text": text, "personal": is_personal}]}]});
        let read = Questionnaire::read(&json).unwrap();
        let faults = read.check(&[Lang::En], &|_| true);
        faults
            .iter()
            .map(|fault| (fault.code, fault.pointer.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(form(true), []);
    let at = "/sections/0/questions/1/rule".to_owned();
    assert_eq!(form(false), [("calculated_from_personal", at)]);
}

#[test]
fn an_amount_asks_for_the_currency_of_its_table() {
    let text = json!({"en": "?"});
    let form = form_of(
        json!([{"code": "A1", "heading": "application", "type": "table", "text": text, "currency": true,
        "rows": [{"code": "police", "text": text, "required": true}],
        "columns": [{"code": "spent", "type": "money", "text": text, "required": "has(A1.currency)"}]}]),
    );
    let faults = |answers: &[(&str, Value)]| super::samples::verdict(&form, answers).0;
    assert_eq!(
        faults(&[]),
        ["required_question_blank A1.police.spent"],
        "a row that is required is so whatever its column says"
    );
    let spent = ("A1.police.spent", json!({"value": "12.5"}));
    assert_eq!(
        faults(std::slice::from_ref(&spent)),
        ["required_question_blank A1.currency"]
    );
    assert_eq!(
        faults(&[spent, ("A1.currency", json!({"value": "EUR"}))]),
        Vec::<String>::new()
    );
}
