//! What docs/questionnaires.md shows is as it says: its questions are one questionnaire, and its answers are read.

use super::*;
use crate::fault::Codes;

const PAGE: &str = include_str!("../../../../../docs/questionnaires.md");

/// The blocks of JSON: what stands beside the word json, and what is in them.
fn blocks() -> Vec<(&'static str, Value)> {
    let blocks = PAGE.split("\n```json").skip(1);
    let blocks = blocks.map(|block| {
        let (kind, rest) = block.split_once('\n').unwrap();
        let json = rest.split("\n```").next().unwrap();
        let json = serde_json::from_str(json).unwrap_or_else(|why| panic!("{why}: {json}"));
        (kind.trim(), json)
    });
    blocks.collect()
}

/// The questions of the page as one questionnaire, with its code lists and variables.
fn whole() -> Questionnaire {
    let mut whole = json!({"title": {"en": "The page", "fr": "La page"}});
    let mut questions = Vec::new();
    for (kind, json) in blocks() {
        match kind {
            "question" => questions.push(json),
            "" => {
                let members = json.as_object().unwrap().clone();
                let others = members.into_iter().filter(|(name, _)| !whole_member(name));
                whole.as_object_mut().unwrap().extend(others);
            }
            _ => {}
        }
    }
    whole["sections"] =
        json!([{"code": "S", "title": {"en": "All", "fr": "Tout"}, "questions": questions}]);
    Questionnaire::read(&whole).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// What a questionnaire has once.
fn whole_member(name: &str) -> bool {
    ["title", "introduction", "sections"].contains(&name)
}

#[test]
fn the_page_is_a_questionnaire() {
    let whole = whole();
    assert_eq!(whole.check(&[Lang::En, Lang::Fr], &|_| true), []);
    assert!(whole.questions().count() > 20);
    assert!(!whole.variables.is_empty() && !whole.code_lists.is_empty());
    let types: std::collections::BTreeSet<_> = whole
        .questions()
        .map(|question| question.type_code().as_str())
        .collect();
    assert_eq!(types, TypeCode::CODES.iter().copied().collect());
    for (_, json) in blocks()
        .into_iter()
        .filter(|(kind, json)| kind.is_empty() && json.get("title").is_some())
    {
        let first = Questionnaire::read(&json).unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert_eq!(first.check(&[Lang::En, Lang::Fr], &|_| true), []);
    }
}

#[test]
fn the_needs_of_the_page_are_stated() {
    let whole = whole();
    let types = CodeLists::default().entries("need_types").unwrap();
    let known = KnownCodes {
        category: &|_| true,
        standard: &|_| true,
        need_type: &|code| types.iter().any(|known| known.value == code),
    };
    assert_eq!(whole.need_code_faults(&known), []);
    let form = Form::new(Arc::new(whole), Some(2024));
    let mut answers = AnswerMap::default();
    for (kind, json) in blocks() {
        let given = json["answers"].as_object().into_iter().flatten();
        for (address, json) in given.filter(|(address, _)| address.starts_with('H')) {
            assert_eq!(kind, "answer");
            let field = form.field(address).unwrap().field;
            let Change::Becomes(input) = parse(field, json, Extent::Whole, "").unwrap().value
            else {
                panic!("{address} is a whole answer");
            };
            answers.insert_mut(address.clone(), input.into_value(&mut |_| content(1)));
        }
    }
    answers.insert_mut(
        "H2.vans".into(),
        AnswerValue::Entry(crate::Decimal::from(1)),
    );
    let stated = check_submission(&form, &answers, None).needs;
    let stated: Vec<_> = stated
        .iter()
        .map(|need| {
            (
                need.at.as_str(),
                need.kind.as_str(),
                need.urgency.as_str(),
                need.remark.is_some(),
            )
        })
        .collect();
    assert_eq!(
        stated,
        [
            ("H1.training", "training_and_seminars", "high", true),
            ("H2.vans", "equipment", "medium", true),
        ]
    );
}

#[test]
fn the_answers_of_the_page_are_read() {
    let form = Form::new(Arc::new(whole()), Some(2024));
    let mut answered = Vec::new();
    let mut read = |address: &str, json: &Value| {
        let located = form.field(address).unwrap_or_else(|| panic!("{address}"));
        if !json.is_null() {
            let read = parse(located.field, json, Extent::Parts, "");
            assert!(read.is_ok(), "{address} {json}: {read:?}");
            answered.push(address.to_owned());
        }
    };
    for (kind, json) in blocks() {
        match kind.strip_prefix("answer").map(str::trim) {
            None => {}
            Some("") => {
                for (address, json) in json["answers"].as_object().unwrap() {
                    read(address, json);
                }
            }
            Some(address) => read(address, &json),
        }
    }
    assert!(answered.len() > 30);
}
