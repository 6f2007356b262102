//! The API's document

use std::collections::BTreeSet;

use rapporteur::http::openapi;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, undated};

fn document() -> Value {
    serde_json::from_str(&openapi::json().unwrap()).unwrap()
}

/// Every operation: method, path, and what the document says of it.
fn operations(document: &Value) -> Vec<(Method, &str, &Value)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase().parse().unwrap();
            operations.push((method, path.as_str(), operation));
        }
    }
    operations
}

#[test]
fn the_committed_document_is_the_one_that_the_code_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/api-spec/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == openapi::json().unwrap(),
        "api-spec/openapi.json is stale: run scripts/generate"
    );
}

#[test]
fn the_document_is_openapi_3_1_and_its_references_lead_somewhere() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let text = document.to_string();
    let references: BTreeSet<&str> = text
        .split("\"$ref\":\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn every_operation_is_described() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let said = format!("{method} {path}");
        assert!(path.starts_with("/v1/"), "{said}");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{said}");
        assert!(operation["responses"]["default"].is_object(), "{said}");
        assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{said}");
        let parameters = operation["parameters"].as_array().unwrap();
        let names = |place: &str| -> Vec<&str> {
            let named = parameters
                .iter()
                .filter(|parameter| parameter["in"] == place);
            named
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect()
        };
        assert!(names("query").contains(&"lang"), "{said}");
        let in_path: Vec<&str> = path
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap())
            .collect();
        assert_eq!(names("path"), in_path, "{said}");
        let writes = [Method::POST, Method::PUT, Method::PATCH].contains(&method);
        assert!(!writes || operation["requestBody"].is_object(), "{said}");
        let headers = names("header");
        let takes = |name: &str| headers.contains(&name);
        let is_write = writes || method == Method::DELETE;
        assert_eq!(takes("Idempotency-Key"), is_write, "{said}");
        assert_eq!(takes("If-Match"), is_write, "{said}");
    }
}

/// Parameters that are any text, and why.
const FREE_TEXTS: &[(&str, &str)] = &[
    (
        "consultation",
        "an id: what is none is no consultation, and is not found, as in a path",
    ),
    (
        "filter",
        "conditions on anything that parties carry and anything that was answered, which are read as a whole",
    ),
    (
        "symbol",
        "documents of every organ have symbols, which have no common form",
    ),
];

#[test]
fn every_parameter_says_what_it_can_be() {
    let document = document();
    let mut free = BTreeSet::new();
    let mut count = 0;
    for (method, path, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().unwrap() {
            if parameter["in"] == "header" {
                continue;
            }
            count += 1;
            let (name, schema) = (parameter["name"].as_str().unwrap(), &parameter["schema"]);
            let is_reference = schema.get("$ref").is_some();
            assert!(
                !is_reference,
                "{method} {path} {name}: the gate goes by what stands here"
            );
            let says = |what: &str| schema.get(what).is_some();
            let is_bare = schema["type"] == "string" || !says("type");
            if is_bare && !["enum", "format", "pattern"].into_iter().any(says) {
                assert!(
                    FREE_TEXTS.iter().any(|(free, _)| *free == name),
                    "{method} {path} {name}"
                );
                free.insert(name.to_owned());
            }
        }
    }
    assert!(count > 400, "{count}");
    let listed = FREE_TEXTS.iter().map(|(name, _)| (*name).to_owned());
    assert_eq!(free, listed.collect(), "what is listed is there");
}

#[test]
fn a_day_or_a_time_that_is_shown_as_any_text_is_found() {
    let text = json!({"type": "string"});
    let day = json!({"type": ["string", "null"], "format": "date"});
    let schema = json!({"allOf": [
        {"type": "object", "properties": {"on": text, "from": day, "said": text}},
        {"type": "object", "properties": {"list": {"type": "array", "items": {"oneOf": [{"type": "null"}, text]}}}},
    ]});
    let body = json!({"on": "2011-03-08", "from": "2011-03-08", "said": "8 March 2011", "unknown": "2011-03-08",
                      "list": ["2011", "2011-03-08T10:00:00Z", "2011-03-08T10:00:00"]});
    let found = undated(&[&schema], &body, "");
    let places = found.iter().map(|found| found.split(' ').next().unwrap());
    let places: BTreeSet<&str> = places.collect();
    assert_eq!(places, BTreeSet::from(["/list/1", "/list/2", "/on"]));
    let version = json!({"$ref": "#/components/schemas/VersionContents"});
    let answers = json!({"answers": {"B1": {"value": "2010-12-31"}}, "submitted": {"time": "2011-03-08T10:00:00Z"}});
    assert_eq!(undated(&[&version], &answers, ""), Vec::<String>::new());
}

#[tokio::test]
async fn every_operation_of_the_document_is_there() {
    let world = World::new().await;
    for (method, path, _) in operations(&document()) {
        let called = path
            .replace("{party}", "FIN")
            .replace("{question}", "A1")
            .replace("{revision}", "1")
            .replace(['{', '}'], "");
        for token in [world.officer.clone(), world.focal_point("FIN").await] {
            let answer = world
                .call(method.clone(), &called)
                .token(&token)
                .send()
                .await;
            assert!(answer.status < 500 && answer.status != 405, "{answer:#?}");
            assert!(!answer.text.contains("no_such_route"), "{answer:#?}");
        }
    }
}
