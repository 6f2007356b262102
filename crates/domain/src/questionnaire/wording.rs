//! All words of a questionnaire, each by a key that stays the same when others move: the codes on the way to it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Lang, Texts};

/// The words of a questionnaire, a question, or any other part, in the order of their keys' members: `sections.A.questions.A1.text`.
pub fn wording(part: &impl Serialize) -> Vec<(String, Texts)> {
    let mut found = Vec::new();
    let json = serde_json::to_value(part).unwrap_or_default();
    walk(&json, "", &mut found);
    found
}

fn walk(json: &Value, key: &str, found: &mut Vec<(String, Texts)>) {
    let below = |name: &str| {
        if key.is_empty() {
            name.to_owned()
        } else {
            format!("{key}.{name}")
        }
    };
    match json {
        Value::Object(members) => match texts(members) {
            Some(texts) => found.push((key.to_owned(), texts)),
            None => {
                for (name, member) in members {
                    walk(member, &below(name), found);
                }
            }
        },
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                walk(element, &below(&name_of(element, index)), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Texts are the only objects whose members are languages.
pub(super) fn texts(members: &Map<String, Value>) -> Option<Texts> {
    let texts = members.iter().map(|(lang, text)| {
        let lang: Lang = lang.parse().ok()?;
        Some((lang, text.as_str()?.to_owned()))
    });
    let texts: Option<Vec<_>> = texts.collect();
    texts
        .filter(|texts| !texts.is_empty())
        .map(|texts| texts.into_iter().collect())
}

/// What an element of a list is called: its code, an option's value, a column's year.
pub(super) fn name_of(element: &Value, index: usize) -> String {
    let named = ["code", "value"]
        .iter()
        .find_map(|name| element.get(name)?.as_str());
    let year = || element.get("year").map(|year| format!("year{year}"));
    named
        .map(str::to_owned)
        .or_else(year)
        .unwrap_or_else(|| index.to_string())
}
