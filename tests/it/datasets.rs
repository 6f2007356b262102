//! /v1/datasets and /v1/collections/{id}/datasets/{dataset}

use serde_json::{Value, json};

use crate::support::World;

/// Finland answers and consents to the publication of section A; Sweden answers and consents to nothing.
async fn replied(world: &World) -> String {
    begun(world).await.0
}

/// The same, and Finland's reply with its focal point's token.
async fn begun(world: &World) -> (String, String, String) {
    let collection = world
        .collection(json!({"parties": ["FIN", "SWE"]}))
        .await
        .collection;
    let mut finland = None;
    for (party, publication) in [("FIN", json!({"sections": ["A"]})), ("SWE", Value::Null)] {
        let token = world.focal_point(party).await;
        let reply = world.reply(&collection, &token).await;
        let path = format!("/v1/replies/{reply}");
        let answers = json!({"A1": {"value": "yes"}, "A2": {"value": ["a", "b"]}, "A3": {"not_available": true}, "A4": {"value": "1.5"},
                             "A5": {"value": "2019-05-01"}, "D1": {"value": {"text": "=SUM(1), \"he said\"", "lang": "en"}}});
        world
            .patch(&format!("{path}/answers"))
            .token(&token)
            .json(&json!({ "answers": answers }))
            .expect(200)
            .await;
        world
            .post(&format!("{path}/submission"))
            .token(&token)
            .json(&json!({ "publication": publication }))
            .expect(201)
            .await;
        finland = finland.or(Some((reply, token)));
    }
    let (reply, token) = finland.unwrap();
    (collection, reply, token)
}

async fn lines(world: &World, token: Option<&str>, path: &str) -> Vec<Value> {
    let call = world.get(path);
    let answer = match token {
        Some(token) => call.token(token).send().await,
        None => call.send().await,
    };
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn answers_are_a_table_with_a_row_an_answer_or_a_row_a_reply() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let path = format!("/v1/collections/{collection}/datasets");
    let officer = Some(world.officer.as_str());
    let long = lines(&world, officer, &format!("{path}/answers?format=jsonl")).await;
    let of = |party: &str, field: &str| -> Vec<&Value> {
        long.iter()
            .filter(|row| row["party"] == party && row["field"] == field)
            .collect()
    };
    let chosen: Vec<&str> = of("FIN", "A2")
        .iter()
        .map(|row| row["option"].as_str().unwrap())
        .collect();
    assert_eq!(chosen, ["a", "b"]);
    assert_eq!(of("SWE", "A3")[0]["status"], "not_available");
    assert_eq!(of("SWE", "A6")[0]["status"], "blank");
    assert_eq!(of("FIN", "A4")[0]["number"], 1.5);
    assert_eq!(of("FIN", "A5")[0]["date"], "2019-05-01");
    assert_eq!(of("FIN", "D1")[0]["text"], "=SUM(1), \"he said\"");

    let wide = lines(
        &world,
        officer,
        &format!("{path}/answers-wide?format=jsonl"),
    )
    .await;
    assert_eq!(wide.len(), 2);
    let finland = wide.iter().find(|row| row["party"] == "FIN").unwrap();
    assert_eq!(
        (&finland["A1"], &finland["A2:a"], &finland["A2:none"]),
        (&json!("yes"), &json!(true), &json!(false))
    );
    assert_eq!(
        (&finland["A3"], &finland["A3:status"]),
        (&Value::Null, &json!("not_available"))
    );
    // A formula is a text for a spreadsheet, and nothing else changes.
    let csv = world
        .get(&format!("{path}/answers-wide?format=csv"))
        .token(&world.officer)
        .send()
        .await;
    assert!(
        csv.text.contains("\"'=SUM(1), \"\"he said\"\"\""),
        "{}",
        csv.text
    );
    assert_eq!(csv.header("cache-control"), "private, no-store");
    let replies = lines(&world, officer, &format!("{path}/replies?format=jsonl")).await;
    assert_eq!((replies.len(), &replies[0]["version"]), (2, &json!(1)));
    let book = lines(&world, officer, &format!("{path}/code-book?format=jsonl")).await;
    let option = book
        .iter()
        .find(|row| row["field"] == "A2" && row["option"] == "b")
        .unwrap();
    assert_eq!(option["option_text"], "B");
    world
        .get(&format!("{path}/nothing"))
        .token(&world.officer)
        .problem(400, "bad_parameter")
        .await;
    world
        .get(&format!("{path}/answers?format=json-stat"))
        .token(&world.officer)
        .problem(406, "format_not_offered")
        .await;
    for format in ["json", "xlsx", "parquet"] {
        let file = world
            .get(&format!("{path}/answers?format={format}"))
            .token(&world.officer)
            .send()
            .await;
        assert_eq!(file.status, 200, "{format}");
    }
}

#[tokio::test]
async fn the_public_has_what_is_consented_to_be_published() {
    let world = World::new().await;
    let (collection, reply, finland) = begun(&world).await;
    let path = format!("/v1/collections/{collection}/datasets");
    let long = lines(&world, None, &format!("{path}/answers?format=jsonl")).await;
    assert!(
        !long.is_empty()
            && long
                .iter()
                .all(|row| row["party"] == "FIN" && row["field"] != "D1"),
        "{long:?}"
    );
    let wide = lines(&world, None, &format!("{path}/answers-wide?format=jsonl")).await;
    assert_eq!((wide.len(), &wide[0]["party"]), (1, &json!("FIN")));
    assert_eq!(
        (&wide[0]["D1"], &wide[0]["D1:status"]),
        (&Value::Null, &Value::Null)
    );
    // Consent that is withdrawn takes effect at once.
    let refuse = world
        .put(&format!("/v1/replies/{reply}/publication"))
        .token(&finland);
    refuse.json(&json!({"publication": null})).expect(200).await;
    assert!(
        lines(&world, None, &format!("{path}/answers?format=jsonl"))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn the_catalogue_and_the_package_say_what_there_is() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let catalogue = world
        .get("/v1/datasets")
        .token(&world.officer)
        .expect(200)
        .await;
    let items = catalogue["items"].as_array().unwrap();
    let names: Vec<&str> = items
        .iter()
        .map(|item| item["dataset"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["answers", "answers-wide", "replies"]);
    assert_eq!(
        (&items[0]["replies"], &items[0]["collection"]),
        (&json!(2), &json!(collection))
    );
    let address = items[1]["address"].as_str().unwrap();
    world.get(address).token(&world.officer).expect(200).await;
    let package = world
        .get(&format!("/v1/collections/{collection}/datapackage"))
        .token(&world.officer)
        .expect(200)
        .await;
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 4);
    for resource in resources {
        let csv = world
            .get(resource["path"].as_str().unwrap())
            .token(&world.officer)
            .send()
            .await;
        let head = csv.text.split("\r\n").next().unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let fields: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(head.split(',').collect::<Vec<_>>(), fields);
    }
}
