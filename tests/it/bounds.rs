//! Lists and objects of bodies: none is longer than anybody means, and no problem lists more faults than anybody reads.

use access::Role;
use rapporteur::http::openapi;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::support::{World, questionnaire};

/// One more than any list may have.
const TOO_MANY: usize = 1_001;

/// The lists and maps that stand in the bodies of operations, with too many in each: method, path, member, body.
fn crowded_bodies(document: &Value) -> Vec<(Method, String, String, Value)> {
    let mut bodies = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let members = resolved(document, schema)["properties"].as_object();
            for (name, schema) in members.into_iter().flatten() {
                let schema = resolved(document, schema);
                let kind = schema["type"].to_string();
                let crowd = if kind.contains("array") {
                    json!(vec![Value::Null; TOO_MANY])
                } else if schema["additionalProperties"].is_object() {
                    let members = (0..TOO_MANY).map(|it| (format!("c{it}"), Value::Null));
                    Value::Object(members.collect::<Map<_, _>>())
                } else {
                    continue;
                };
                let method = method.to_uppercase().parse().unwrap();
                bodies.push((method, path.clone(), name.clone(), json!({name: crowd})));
            }
        }
    }
    bodies
}

/// A schema, looked up where it is only referred to.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap(),
        None => schema,
    }
}

#[tokio::test]
async fn every_list_of_a_body_is_refused_where_it_has_more_than_any_may_have() {
    let world = World::new().await;
    let (finland, administrator) = (
        world.focal_point("FIN").await,
        world.token(Role::Administrator, None).await,
    );
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let bodies = crowded_bodies(&document);
    let about = |part: &str| bodies.iter().any(|(_, path, ..)| path.contains(part));
    for part in [
        "invitations",
        "consultations",
        "contributors",
        "projects",
        "classification",
        "answers",
        "reports",
    ] {
        assert!(about(part), "{part}");
    }
    assert!(bodies.len() > 45, "{}", bodies.len());
    // A questionnaire may have more, and so its translation: a code list is long.
    let bodies = bodies.iter().filter(|(_, path, ..)| {
        !path.ends_with("/draft") && !path.ends_with("/translations/{language}")
    });
    for (method, path, name, body) in bodies {
        let parts = path.split('/').map(|part| match part {
            "{revision}" => "1",
            "{party}" => "FIN",
            part if part.starts_with('{') => "0190b5f0-0000-7000-8000-000000000000",
            part => part,
        });
        let called = parts.collect::<Vec<_>>().join("/");
        let mut answers = Vec::new();
        for token in [&world.officer, &finland, &administrator] {
            let call = world.call(method.clone(), &called).token(token).json(body);
            answers.push(call.send().await);
        }
        // Whoever may do it is told of nothing else, since nothing else was looked at.
        let answer = answers
            .iter()
            .find(|answer| ![403, 404].contains(&answer.status));
        let answer = answer.unwrap_or_else(|| panic!("{method} {path}: {answers:#?}"));
        let problem = answer.problem(422, "too_many_items");
        assert_eq!(problem["pointer"], format!("/{name}"), "{method} {path}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains("1001") && detail.contains("1000"),
            "{detail}"
        );
    }
}

#[tokio::test]
async fn more_answers_than_the_questionnaire_has_questions_are_refused_before_each_is_looked_at() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let save = |count: usize| {
        let answers = (0..count).map(|it| (format!("x{it}"), json!({"value": 1})));
        let answers: Map<_, _> = answers.collect();
        world
            .patch(&format!("/v1/replies/{reply}/answers"))
            .token(&finland)
            .json(&json!({"answers": answers}))
    };
    let many = save(60_000).send().await;
    let problem = many.problem(422, "too_many_items");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("60000") && detail.contains("1000"),
        "{detail}"
    );
    assert!(many.text.len() < 1_000, "{}", many.text.len());

    let asked = questionnaire()["sections"].as_array().unwrap().clone();
    let asked: usize = asked
        .iter()
        .map(|it| it["questions"].as_array().unwrap().len())
        .sum();
    let more = save(asked + 1).problem(422, "too_many_answers").await;
    assert!(more.get("faults").is_none(), "{more}");
    let detail = more["detail"].as_str().unwrap();
    assert!(detail.contains(&asked.to_string()), "{detail}");
    let wrong = save(asked).problem(422, "unknown_question").await;
    assert_eq!(wrong["faults"].as_array().unwrap().len(), asked);
    assert!(wrong.get("faults_total").is_none(), "{wrong}");
}

#[tokio::test]
async fn of_many_faults_the_first_hundred_are_listed_and_how_many_there_are() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let unknown: Vec<String> = (0..500).map(|it| format!("X{it}")).collect();
    let invitations = format!("/v1/collections/{}/invitations", opened.collection);
    let invite = world.post(&invitations).token(&world.officer);
    let problem = invite.json(&json!({"parties": unknown}));
    let problem = problem.problem(422, "collection_faulty").await;
    let faults = problem["faults"].as_array().unwrap();
    assert_eq!((faults.len(), &problem["faults_total"]), (100, &json!(500)));
    assert_eq!(faults[99]["pointer"], "/parties/99");

    // So of parameters.
    let query: Vec<String> = (0..300).map(|it| format!("x{it}=1")).collect();
    let problem = world.get(&format!("/v1/parties?{}", query.join("&")));
    let problem = problem.problem(400, "unknown_parameter").await;
    let faults = problem["faults"].as_array().unwrap();
    assert_eq!((faults.len(), &problem["faults_total"]), (100, &json!(300)));

    // A draft is saved whatever is wrong with it, and told the same way.
    let mut draft = questionnaire();
    let question = json!({"code": "?", "heading": "application", "type": "year", "text": {}});
    draft["sections"][0]["questions"] = json!(vec![question.clone(); 200]);
    let path = format!("/v1/instruments/{}/draft", opened.instrument);
    let save = |draft: &Value| world.put(&path).token(&world.officer).json(draft);
    let saved = save(&draft).expect(200).await;
    assert_eq!(saved["faults"].as_array().unwrap().len(), 100);
    assert!(saved["faults_total"].as_u64().unwrap() > 200, "{saved}");
    draft["sections"][0]["questions"] = json!(vec![question; 2_001]);
    let saved = save(&draft).expect(200).await;
    let faults = saved["faults"].as_array().unwrap();
    assert_eq!(
        (faults.len(), &faults[0]["code"]),
        (1, &json!("too_many_questions"))
    );
}

#[tokio::test]
async fn what_was_sent_is_sent_back_in_brief() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let invitations = format!("/v1/collections/{}/invitations", opened.collection);
    let name = "X".repeat(1 << 20);
    let invite = world.post(&invitations).token(&world.officer);
    let refused = invite.json(&json!({"parties": [name]})).send().await;
    refused.problem(422, "collection_faulty");
    assert!(refused.text.len() < 5_000, "{}", refused.text.len());

    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let save = world
        .patch(&format!("/v1/replies/{reply}/answers"))
        .token(&finland);
    let refused = save
        .json(&json!({"answers": {name: {"value": 1}}}))
        .send()
        .await;
    refused.problem(422, "unknown_question");
    assert!(refused.text.len() < 5_000, "{}", refused.text.len());
}
