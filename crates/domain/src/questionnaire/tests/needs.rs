//! Needs that rows, entries and groups state: what a definition may say, and what answers come to.

use super::*;
use crate::Decimal;
use crate::Fault;
use crate::need::Urgency;

fn text() -> Value {
    json!({"en": "?"})
}

fn choice(code: &str, values: &[&str]) -> Value {
    let options = values.iter();
    let options: Vec<_> = options
        .map(|value| json!({"value": value, "label": text()}))
        .collect();
    json!({"code": code, "type": "one_choice", "text": text(), "options": options})
}

/// A table whose rows are types of help, a list, and a group; each states needs.
fn stating() -> Value {
    let help = choice("kind", &["law", "other"]);
    let remark = json!({"code": "remark", "type": "text", "text": text()});
    let row = |code: &str| json!({"code": code, "text": text()});
    json!({"title": text(), "sections": [{"code": "T", "title": text(), "questions": [
        choice_question("T1"),
        {"code": "T2", "heading": "assistance", "type": "table", "text": text(), "relevant": "T1 != \"no\"",
         "rows": [row("drafting"), row("training")],
         "columns": [choice("needed", &["yes", "no"]), choice("priority", &["high", "low"]), remark,
                     {"code": "name", "type": "text", "text": text(), "personal": true}],
         "need": {"when": "row.needed == \"yes\"", "remark": "remark",
                  "type": {"of": "row", "as": {"drafting": "legislation", "training": "training_and_seminars"}},
                  "urgency": {"of": "priority", "otherwise": "medium"}}},
        {"code": "L1", "heading": "assistance", "type": "list", "text": text(), "parts": [help, remark],
         "need": {"type": {"of": "kind", "as": {"law": "legislation"}}, "standard": "bangkok-rules", "urgency": "immediate"}},
        {"code": "G1", "heading": "assistance", "type": "group", "text": text(),
         "parts": [{"code": "wanted", "type": "whole_number", "text": text()}, remark],
         "need": {"when": "G1.wanted > 0", "type": "equipment", "category": "II", "urgency": "low", "remark": "remark"}},
    ]}]})
}

fn choice_question(code: &str) -> Value {
    let mut question = choice(code, &["yes", "no"]);
    question["heading"] = json!("assistance");
    question
}

/// The faults after a change of the table's statement.
fn faults_of(change: impl FnOnce(&mut Value)) -> Vec<(&'static str, String)> {
    let mut json = stating();
    change(&mut json["sections"][0]["questions"]);
    let known = KnownCodes {
        category: &|code| code == "II",
        standard: &|code| code == "bangkok-rules",
        need_type: &|code| {
            ["legislation", "training_and_seminars", "equipment", "other"].contains(&code)
        },
    };
    let faults = match Questionnaire::read(&json) {
        Err(faults) => faults,
        Ok(read) => [
            read.check(&[Lang::En], &|_| true),
            read.need_code_faults(&known),
        ]
        .concat(),
    };
    let codes: Vec<_> = faults
        .iter()
        .map(|fault| (fault.code, fault.pointer.as_str()))
        .collect();
    assert_faults(&faults, &codes);
    let at = "/sections/0/questions/";
    let short = |fault: Fault| (fault.code, fault.pointer.replace(at, ""));
    faults.into_iter().map(short).collect()
}

#[test]
fn every_fault_of_a_statement_is_told_at_its_place() {
    assert_eq!(faults_of(|_| {}), []);
    let need = |at: &'static str, value: Value| {
        move |questions: &mut Value| match value {
            Value::Null => drop(questions[1]["need"].as_object_mut().unwrap().remove(at)),
            value => questions[1]["need"][at] = value,
        }
    };
    for (member, value, code, at) in [
        ("type", json!(null), "missing_field", "1/need/type"),
        ("type", json!(3), "wrong_json_type", "1/need/type"),
        ("type", json!({"as": {}}), "missing_field", "1/need/type/of"),
        (
            "when",
            json!("row.wanted == 1"),
            "rule_unknown_field",
            "1/need/when",
        ),
        ("when", json!(null), "need_without_when", "1/need"),
        ("type", json!("weather"), "unknown_need_type", "1/need/type"),
        (
            "type",
            json!({"of": "kind"}),
            "need_from_no_part",
            "1/need/type/of",
        ),
        (
            "type",
            json!({"of": "row"}),
            "need_option_stands_for_nothing",
            "1/need/type/of",
        ),
        (
            "type",
            json!({"of": "row", "as": {"drafting": "weather", "training": "other"}}),
            "unknown_need_type",
            "1/need/type/as/drafting",
        ),
        (
            "type",
            json!({"of": "row", "as": {"drafting": "other", "training": "other", "x": "other"}}),
            "need_from_no_option",
            "1/need/type/as/x",
        ),
        (
            "type",
            json!({"of": "needed", "as": {"yes": "other", "no": "other"}, "otherwise": "x"}),
            "unknown_need_type",
            "1/need/type/otherwise",
        ),
        (
            "category",
            json!("I"),
            "unknown_category",
            "1/need/category",
        ),
        (
            "standard",
            json!("customs"),
            "unknown_standard",
            "1/need/standard",
        ),
        (
            "urgency",
            json!("soon"),
            "not_as_expected",
            "1/need/urgency",
        ),
        (
            "urgency",
            json!({"of": "priority"}),
            "need_without_urgency",
            "1/need/urgency",
        ),
        (
            "urgency",
            json!({"of": "remark", "otherwise": "low"}),
            "need_from_no_choice",
            "1/need/urgency/of",
        ),
        (
            "remark",
            json!("needed"),
            "need_remark_no_text",
            "1/need/remark",
        ),
        (
            "remark",
            json!("words"),
            "need_from_no_part",
            "1/need/remark",
        ),
        (
            "remark",
            json!("name"),
            "need_from_personal",
            "1/need/remark",
        ),
        (
            "when",
            json!("has(row.name)"),
            "need_from_personal",
            "1/need/when",
        ),
        ("until", json!("2030"), "unknown_field", "1/need/until"),
    ] {
        let found = faults_of(need(member, value.clone()));
        assert_eq!(found, [(code, at.to_owned())], "{member} {value}");
    }
    let personal = faults_of(|questions| questions[3]["personal"] = json!(true));
    assert_eq!(personal, [("need_from_personal", "3/need".to_owned())]);
}

fn words(id: u8) -> AnswerValue {
    AnswerValue::Text(TextAnswer {
        content: content(id),
        lang: Lang::En,
        length: 5,
    })
}

fn chosen(option: &str) -> AnswerValue {
    AnswerValue::Choice(option.into())
}

/// What answers state: where, of which type, how soon.
fn stated(answers: &[(&str, AnswerValue)]) -> Vec<(String, String, Urgency)> {
    let form = Form::from(Questionnaire::read(&stating()).unwrap());
    let answers = answers.iter();
    let answers = answers
        .map(|(address, value)| ((*address).to_owned(), value.clone()))
        .collect();
    let needs = check_submission(&form, &answers, None).needs.into_iter();
    needs
        .map(|need| (need.at, need.kind, need.urgency))
        .collect()
}

#[test]
fn what_is_stated_follows_from_the_answers() {
    assert_eq!(stated(&[]), []);
    let table = [
        ("T2.drafting.needed", chosen("yes")),
        ("T2.drafting.priority", chosen("high")),
        ("T2.drafting.remark", words(1)),
        ("T2.training.needed", chosen("yes")),
    ];
    let of = |at: &str, kind: &str, urgency| (at.to_owned(), kind.to_owned(), urgency);
    let both = [
        of("T2.drafting", "legislation", Urgency::High),
        of("T2.training", "training_and_seminars", Urgency::Medium),
    ];
    let asked = [&table[..], &[("T1", chosen("yes"))]].concat();
    assert_eq!(stated(&asked), both);
    // What is not asked states nothing, and what is not needed neither.
    let not_asked = [&table[..], &[("T1", chosen("no"))]].concat();
    assert_eq!(stated(&not_asked), []);
    let not_needed = [&asked[..], &[("T2.drafting.needed", chosen("no"))]].concat();
    assert_eq!(stated(&not_needed), both[1..]);
    // An entry does where its type is answered; a group by its rule.
    let entries = [
        ("L1.b", AnswerValue::Entry(Decimal::from(1))),
        ("L1.b.kind", chosen("other")),
        ("L1.a", AnswerValue::Entry(Decimal::from(2))),
        ("L1.a.kind", chosen("law")),
        ("L1.c", AnswerValue::Entry(Decimal::from(3))),
        ("L1.c.kind", AnswerValue::NotAvailable(JsonTrue)),
        ("G1.wanted", AnswerValue::WholeNumber(crate::WholeNumber(2))),
    ];
    let expected = [
        of("L1.b", "other", Urgency::Immediate),
        of("L1.a", "legislation", Urgency::Immediate),
        of("G1", "equipment", Urgency::Low),
    ];
    assert_eq!(stated(&entries), expected);
}

#[test]
fn a_reply_states_so_many_needs_and_no_more() {
    let form = Form::from(Questionnaire::read(&stating()).unwrap());
    let with = |count: usize| {
        let entries = (0..count).flat_map(|number| {
            let entry = AnswerValue::Entry(Decimal::from(i32::try_from(number).unwrap()));
            let id = format!("L1.e{number}");
            [(format!("{id}.kind"), chosen("law")), (id, entry)]
        });
        check_submission(&form, &entries.collect(), None).faults
    };
    assert_eq!(with(MAX_STATED_NEEDS), []);
    assert_faults(
        &with(MAX_STATED_NEEDS + 1),
        &[("too_many_stated_needs", "/answers")],
    );
}
