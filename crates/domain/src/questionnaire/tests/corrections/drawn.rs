//! Corrections of any shape, of which those stay that nothing contradicts; and answers that could be submitted.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Lang;
use crate::questionnaire::{AnswerMap, AnswerValue, Form, Questionnaire, check_submission};
use crate::testing::draw::Draw;
use crate::testing::drawn_answers::value;

/// A correction of a questionnaire that contradicts no answer: change by change, of which some are refused.
pub fn correction(draw: &mut Draw, was: &Questionnaire) -> Questionnaire {
    let mut now = was.clone();
    for _ in 0..2 + draw.below(6) {
        let mut json = serde_json::to_value(&now).unwrap();
        change(draw, &mut json);
        let Ok(next) = Questionnaire::read(&json) else {
            continue;
        };
        if next.check(&[Lang::En], &|_| true).is_empty() && was.contradictions(&next).is_empty() {
            now = next;
        }
    }
    now
}

/// Changes something, whatever it means.
fn change(draw: &mut Draw, json: &mut Value) {
    let rules = rules(json);
    let mut places = Vec::new();
    objects(json, String::new(), &mut places);
    let place = draw.one(&places).clone();
    let Some(Value::Object(members)) = json.pointer_mut(&place) else {
        return;
    };
    let names: Vec<String> = members.keys().cloned().collect();
    let lists = [
        "sections",
        "questions",
        "options",
        "rows",
        "columns",
        "parts",
        "checks",
        "entries",
        "code_lists",
    ];
    match draw.below(10) {
        0 | 1 => {
            let gone = [
                "relevant",
                "required",
                "min",
                "max",
                "least",
                "most",
                "places",
                "max_length",
                "checks",
                "missing",
                "flags",
                "personal",
                "exclusive",
                "detail",
                "unit",
            ];
            members.remove(*draw.one(&gone));
        }
        2 => drop(members.insert("required".into(), json!(draw.chance(30)))),
        3 => {
            for name in ["min", "max", "places", "least", "most", "top", "max_length"] {
                if let Some(Value::Number(number)) = members.get(name) {
                    let by = draw.below(5) as i64 - 2;
                    let number = number.as_i64().unwrap_or_default() + by;
                    members.insert(name.into(), json!(number));
                }
            }
        }
        4 => {
            for (name, values) in [("kind", ["refuse", "explain"]), ("detail", ["may", "must"])] {
                if members.contains_key(name) {
                    members.insert(name.into(), json!(draw.one(&values)));
                }
            }
        }
        5 if !rules.is_empty() => {
            let name = *draw.one(&["relevant", "required", "rule"]);
            let is_there = members.contains_key(name) || draw.chance(30) && name != "rule";
            if is_there {
                members.insert(name.into(), json!(draw.one(&rules)));
            }
        }
        _ => {
            let own: Vec<&str> = lists
                .into_iter()
                .filter(|name| members.contains_key(*name))
                .collect();
            if own.is_empty() {
                members.insert(
                    "missing".into(),
                    json!(["not_available", "not_collected", "confidential"]),
                );
                return;
            }
            let name = *draw.one(&own);
            if let Some(Value::Array(elements)) = members.get_mut(name) {
                rearrange(draw, elements, names.len());
            }
        }
    }
}

/// Takes an element away, puts them in another order, or adds one that is like one of them.
fn rearrange(draw: &mut Draw, elements: &mut Vec<Value>, salt: usize) {
    if elements.is_empty() {
        return;
    }
    let place = draw.below(elements.len());
    match draw.below(6) {
        0 => drop(elements.remove(place)),
        1 => *elements = draw.shuffled(std::mem::take(elements)),
        _ => {
            let mut added = elements[place].clone();
            let number = salt * 100 + draw.below(1000);
            rename(&mut added, number);
            if draw.chance(80) {
                mild(&mut added);
            }
            elements.insert(draw.below(elements.len() + 1), added);
        }
    }
}

fn rename(added: &mut Value, number: usize) {
    let Value::Object(members) = added else {
        return;
    };
    for name in ["code", "value"] {
        if let Some(Value::String(code)) = members.get(name) {
            let code = if code.starts_with(char::is_uppercase) {
                format!("N{number}")
            } else {
                format!("n{number}")
            };
            members.insert(name.into(), json!(code));
        }
    }
    if let Some(Value::Number(_)) = members.get("year") {
        members.insert("year".into(), json!(-((number % 30) as i64)));
    }
    for name in ["questions", "sections"] {
        if let Some(Value::Array(inner)) = members.get_mut(name) {
            for (index, inner) in inner.iter_mut().enumerate() {
                rename(inner, number * 10 + index);
            }
        }
    }
    if let Some(Value::Array(checks)) = members.get_mut("checks") {
        for (index, check) in checks.iter_mut().enumerate() {
            rename(check, number * 10 + index);
        }
    }
}

/// Takes away what would be refused for sure.
fn mild(added: &mut Value) {
    match added {
        Value::Object(members) => {
            for name in ["required", "checks", "least"] {
                members.remove(name);
            }
            members.values_mut().for_each(mild);
        }
        Value::Array(elements) => elements.iter_mut().for_each(mild),
        _ => {}
    }
}

fn objects(json: &Value, at: String, found: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            let is_text = members.keys().all(|name| name.parse::<Lang>().is_ok());
            if is_text && !members.is_empty() {
                return;
            }
            found.push(at.clone());
            for (name, member) in members {
                objects(member, format!("{at}/{name}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                objects(element, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// All conditions that stand anywhere.
fn rules(json: &Value) -> Vec<String> {
    let of = |members: &Map<String, Value>| {
        let own = ["relevant", "required"].iter();
        let own = own.filter_map(|name| Some(members.get(*name)?.as_str()?.to_owned()));
        own.collect::<Vec<_>>()
    };
    match json {
        Value::Object(members) => {
            let below = members.values().flat_map(rules);
            of(members).into_iter().chain(below).collect()
        }
        Value::Array(elements) => elements.iter().flat_map(rules).collect(),
        _ => Vec::new(),
    }
}

/// Answers that could be submitted, where that can be had by taking back what is refused and giving what is asked for.
pub fn acceptable(
    draw: &mut Draw,
    form: &Form,
    begin: impl Fn(&mut Draw, &Form, bool) -> BTreeMap<String, AnswerValue>,
) -> BTreeMap<String, AnswerValue> {
    let mut answers = begin(draw, form, true);
    for _ in 0..12 {
        let held: AnswerMap<AnswerValue> = answers.clone().into_iter().collect();
        let verdict = check_submission(form, &held, None);
        if verdict.faults.is_empty() {
            break;
        }
        for fault in verdict.faults {
            let address = fault.pointer.trim_start_matches("/answers/");
            let is_blank = ["required_question_blank", "explanation_missing"].contains(&fault.code);
            match form.field(address) {
                Some(found) if is_blank => {
                    answers
                        .extend(value(draw, found.field).map(|value| (address.to_owned(), value)));
                }
                _ => drop(answers.remove(address)),
            }
        }
    }
    answers
}
