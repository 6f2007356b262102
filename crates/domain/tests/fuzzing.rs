//! The body of the fuzz target `questionnaire` (`fuzz/`), run as an ordinary test: over the inputs that were kept, and changes of
//! them. `fuzz/README.md` says how to look for as long as one likes.
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect has failed"
)]

use std::fs;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

#[path = "../../../fuzz/src/reader.rs"]
mod reader;

const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fuzz/corpus/questionnaire"
);

fn corpus() -> Vec<Value> {
    let files = fs::read_dir(CORPUS).unwrap();
    let mut inputs: Vec<_> = files
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect();
    inputs.sort();
    let inputs = inputs.iter();
    inputs
        .filter_map(|input| serde_json::from_slice(input).ok())
        .collect()
}

/// The pointers to everything in a document.
fn places(json: &Value, at: &str, places: &mut Vec<String>) {
    places.push(at.to_owned());
    match json {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                self::places(element, &format!("{at}/{index}"), places);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                self::places(member, &format!("{at}/{name}"), places);
            }
        }
        _ => {}
    }
}

/// How a document is changed: what becomes of something in it.
#[derive(Clone, Debug)]
enum Change {
    /// It goes.
    Gone(Index),
    /// It becomes something of another document, or of the same.
    Other(Index, Index, Index),
    /// It becomes a small value.
    Small(Index, Value),
    /// It stands beside itself.
    Twice(Index),
}

fn any_change() -> impl Strategy<Value = Change> {
    let small = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(70_000),
        json!("2"),
        json!("A1"),
        json!("currency"),
        json!("y2024"),
        json!("has(A1)"),
        json!("this > row.y0"),
        json!("size(D2) > 1"),
        json!("member_states"),
        json!([]),
        json!({}),
    ]);
    let index = any::<Index>;
    prop_oneof![
        2 => index().prop_map(Change::Gone),
        4 => (index(), index(), index()).prop_map(|(at, of, from)| Change::Other(at, of, from)),
        3 => (index(), small).prop_map(|(at, value)| Change::Small(at, value)),
        1 => index().prop_map(Change::Twice),
    ]
}

fn place(json: &Value, at: &Index) -> String {
    let mut found = Vec::new();
    places(json, "", &mut found);
    at.get(&found).clone()
}

fn changed(mut json: Value, change: &Change, corpus: &[Value]) -> Value {
    match change {
        Change::Gone(at) | Change::Twice(at) => {
            let place = place(&json, at);
            let Some((parent, name)) = place.rsplit_once('/') else {
                return json;
            };
            let parent = json.pointer_mut(parent).unwrap();
            match (parent, name.parse::<usize>(), change) {
                (Value::Array(elements), Ok(index), Change::Gone(_)) => {
                    elements.remove(index);
                }
                (Value::Array(elements), Ok(index), _) => {
                    elements.insert(index, elements[index].clone());
                }
                (Value::Object(members), _, Change::Gone(_)) => {
                    members.remove(name);
                }
                _ => {}
            }
        }
        Change::Other(at, of, from) => {
            let other = of.get(corpus);
            let other = other.pointer(&place(other, from)).unwrap().clone();
            let place = place(&json, at);
            *json.pointer_mut(&place).unwrap() = other;
        }
        Change::Small(at, value) => {
            let place = place(&json, at);
            *json.pointer_mut(&place).unwrap() = value.clone();
        }
    }
    json
}

#[test]
fn the_reader_of_questionnaires_takes_any_document() {
    let corpus = corpus();
    assert!(corpus.len() > 10);
    for json in &corpus {
        reader::questionnaire(json.to_string().as_bytes());
    }
    let config = ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let changes = prop::collection::vec(any_change(), 1..6);
    proptest!(config, |(json in prop::sample::select(corpus.clone()), changes in changes)| {
        let json = changes.iter().fold(json, |json, change| changed(json, change, &corpus));
        reader::questionnaire(json.to_string().as_bytes());
    });
}
