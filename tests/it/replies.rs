//! /v1/collections/{id}/replies and /v1/replies/{id}

use serde_json::json;

use crate::support::{World, each, item_where};

#[tokio::test]
async fn a_party_has_one_reply_in_a_collection() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let finland = world.focal_point("FIN").await;
    let started = world.post(&path).token(&finland).send().await;
    let reply = started.expect(201);
    assert_eq!(reply["status"], "draft");
    assert_eq!(reply["version"], 0);
    assert_eq!(reply["questions"], 7);
    assert_eq!(reply["answered"], 0);
    assert_eq!(reply["missing"], json!(["A1"]));
    let shown = world.get(started.header("location")).token(&finland);
    assert_eq!(shown.expect(200).await, reply);

    let colleague = world.focal_point("FIN").await;
    world
        .post(&path)
        .token(&colleague)
        .problem(409, "reply_already_started")
        .await;
    let thailand = world.focal_point("THA").await;
    world
        .post(&path)
        .token(&thailand)
        .problem(409, "party_not_invited")
        .await;
}

#[tokio::test]
async fn the_secretariat_sees_every_reply_and_a_party_its_own() {
    let world = World::new().await;
    let opened = world
        .collection(json!({"parties": ["FIN", "THA", "KEN"]}))
        .await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let finland = world.focal_point("FIN").await;
    let thailand = world.focal_point("THA").await;
    let kenya = world.focal_point("KEN").await;
    let answers = json!({"A1": {"value": "yes"}});
    let submitted = world
        .submitted(&opened.collection, &thailand, answers)
        .await;
    let draft = world.reply(&opened.collection, &finland).await;

    let seen = async |token: &str| world.get(&path).token(token).expect(200).await;
    let all = seen(&world.officer).await;
    assert_eq!(each(&all["items"], "code"), ["FIN", "THA"]);
    assert_eq!(
        item_where(&all["items"], "id", &submitted)["submitted_version"],
        1
    );
    assert_eq!(
        item_where(&all["items"], "id", &draft)["submitted_version"],
        json!(null)
    );
    assert_eq!(each(&seen(&finland).await["items"], "code"), ["FIN"]);
    assert_eq!(seen(&kenya).await["items"], json!([]));
    world
        .get(&format!("/v1/replies/{draft}"))
        .token(&world.officer)
        .expect(200)
        .await;
}

#[tokio::test]
async fn a_reply_is_shown_as_of_a_position() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let before = world.head().await;
    let reply = world.reply(&opened.collection, &finland).await;
    let started = world.head().await;
    world
        .put(&format!("/v1/replies/{reply}/answers/A1"))
        .token(&finland)
        .json(&json!({"value": "no"}))
        .expect(200)
        .await;
    let at = |what: &str, position: u64| {
        let path = format!("/v1/replies/{reply}{what}?as_of={position}");
        world.get(&path).token(&finland)
    };
    assert_eq!(at("", started).expect(200).await["answered"], 0);
    assert_eq!(at("", started + 1).expect(200).await["answered"], 1);
    assert_eq!(
        at("/answers", started).expect(200).await["answers"],
        json!({})
    );
    at("", before).problem(404, "before_it_existed").await;
    at("/answers", before)
        .problem(404, "before_it_existed")
        .await;
    at("", started + 2).problem(422, "future_position").await;
}
