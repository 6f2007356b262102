//! /v1/collections/{id}/releases, and tallies as the public sees them

use rapporteur::access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults, of, opening};

mod attack;

/// States submit their replies with this answer to A1.
async fn reply(world: &World, collection: &str, parties: &[&str], answer: &str) {
    for party in parties {
        let token = world.focal_point(party).await;
        let answers = json!({"A1": {"value": answer}});
        world.submitted(collection, &token, answers).await;
    }
}

async fn release(world: &World, collection: &str) -> Value {
    let path = format!("/v1/collections/{collection}/releases");
    world.post(&path).token(&world.officer).expect(201).await
}

/// A tally as anybody sees it.
async fn public(world: &World, collection: &str, asked: &str) -> Value {
    let path = format!("/v1/collections/{collection}/tallies?question=A1&{asked}");
    world.get(&path).expect(200).await
}

const NORDIC: [&str; 5] = ["DNK", "FIN", "ISL", "NOR", "SWE"];

async fn nordic(world: &World) -> String {
    let parties = [NORDIC.as_slice(), &["KEN", "GHA", "MLI", "VAT"]].concat();
    let invited = json!({ "parties": parties });
    world.collection(invited).await.collection
}

#[tokio::test]
async fn the_public_sees_tallies_as_of_a_release_and_nothing_between() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1");
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let mut readers = vec![None];
    for (role, party) in [
        (Role::FocalPoint, "FIN"),
        (Role::Contributor, "FIN"),
        (Role::Mission, "FIN"),
        (Role::Donor, "SWE"),
    ] {
        readers.push(Some(world.token(role, Some(party)).await));
    }
    let read = |reader: &Option<String>, asked: &str| {
        let call = world.get(&format!("{path}{asked}"));
        reader.iter().fold(call, |call, token| call.token(token))
    };
    for reader in &readers {
        read(reader, "").problem(404, "not_released").await;
    }
    let before = world.head().await;
    let first = release(&world, &collection).await;
    assert_eq!(first["release"], 1);
    assert_eq!(first["as_of"]["position"], before);
    assert_eq!(first["released"]["position"], before + 1);
    assert_eq!(
        (&first["counted"], &first["newly_counted"]),
        (&json!(3), &json!(3))
    );
    reply(&world, &collection, &["DNK", "ISL", "VAT"], "no").await;
    for reader in &readers {
        let seen = read(reader, "").expect(200).await;
        assert_eq!(seen["release"], 1);
        assert_eq!(seen["as_of"], first["as_of"]);
        assert_eq!(seen["base"]["replied"], 3);
        assert!(each(&seen["notices"], "code").contains(&"released"));
        read(reader, &format!("&as_of={before}"))
            .problem(404, "not_released")
            .await;
        read(reader, "&release=2")
            .problem(404, "not_released")
            .await;
    }
    let all = world.tally(&collection, "question=A1").await;
    assert_eq!(all["base"]["replied"], 5);
    assert!(all.get("release").is_none());
    assert!(of(&all["options"], "value", "no")["count"] == 2);
}

#[tokio::test]
async fn releases_are_listed_and_each_can_be_asked_for() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/releases");
    assert_eq!(world.get(&path).expect(200).await["items"], json!([]));
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let first = release(&world, &collection).await;
    let between = world.head().await;
    reply(&world, &collection, &["KEN", "GHA", "MLI"], "no").await;
    let second = release(&world, &collection).await;
    assert_eq!(
        (&second["counted"], &second["newly_counted"]),
        (&json!(6), &json!(3))
    );
    let listed = world.get(&path).expect(200).await;
    assert_eq!(listed["items"], json!([first, second]));
    assert_eq!(world.get(&format!("{path}/2")).expect(200).await, second);
    for none in ["3", "0", "x"] {
        let get = world.get(&format!("{path}/{none}"));
        get.problem(404, "not_found").await;
    }
    let newest = public(&world, &collection, "").await;
    assert_eq!(newest["release"], 2);
    let named = public(&world, &collection, "release=1").await;
    assert_eq!(named["release"], 1);
    assert_eq!(named["base"]["replied"], 3);
    // As of a position: the newest that was released by then, whenever it is asked for.
    let then = public(&world, &collection, &format!("as_of={between}")).await;
    assert_eq!(then, named);
    let time = second["released"]["time"].as_str().unwrap();
    let then = public(&world, &collection, &format!("as_of={time}")).await;
    assert_eq!(then, newest);
    let bad = format!("/v1/collections/{collection}/tallies?question=A1&release=one");
    world.get(&bad).problem(400, "bad_parameter").await;
}

#[tokio::test]
async fn an_officer_sees_what_the_public_sees_by_naming_the_release() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE", "DNK"], "yes").await;
    reply(&world, &collection, &["KEN"], "no").await;
    release(&world, &collection).await;
    for asked in [
        "release=1",
        "release=1&group_by=region",
        "release=1&group_by=none",
    ] {
        let seen = public(&world, &collection, asked).await;
        let officer = world
            .tally(&collection, &format!("question=A1&{asked}"))
            .await;
        assert_eq!(officer, seen);
        assert!(each(&seen["notices"], "code").contains(&"released"));
    }
    let all = world.tally(&collection, "question=A1").await;
    assert_eq!(of(&all["groups"], "group", "african")["base"]["replied"], 1);
}

#[tokio::test]
async fn a_breakdown_of_one_is_withheld_with_another() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &NORDIC, "yes").await;
    reply(&world, &collection, &["KEN"], "no").await;
    release(&world, &collection).await;
    let seen = public(&world, &collection, "").await;
    let withheld = |group: &str| of(&seen["groups"], "group", group).clone();
    assert_eq!(
        withheld("african"),
        json!({"group": "african", "label": "African States", "withheld": true})
    );
    assert_eq!(withheld("weog")["withheld"], true);
    assert_eq!(withheld("grulac")["base"]["replied"], 0);
    assert_eq!(seen["base"]["replied"], 6);
    assert!(seen.get("withheld").is_none());
    assert!(each(&seen["notices"], "code").contains(&"withheld"));
    let regions = public(&world, &collection, "group_by=region").await;
    let groups = regions["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["withheld"] == true));
    let none = public(&world, &collection, "group_by=none").await;
    assert!(!each(&none["notices"], "code").contains(&"withheld"));
}

#[tokio::test]
async fn consent_of_now_decides_what_is_withheld_of_a_past_release() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &NORDIC, "yes").await;
    let kenya = world.focal_point("KEN").await;
    let answers = json!({"A1": {"value": "no"}});
    let kenyas = world.submitted(&collection, &kenya, answers).await;
    release(&world, &collection).await;
    let decide = async |publication: Value| {
        let put = world.put(&format!("/v1/replies/{kenyas}/publication"));
        let body = json!({ "publication": publication });
        put.token(&kenya).json(&body).expect(200).await;
    };
    let shown = async |question: &str| {
        let path = format!("/v1/collections/{collection}/tallies?question={question}");
        let seen = world.get(&path).expect(200).await;
        of(&seen["groups"], "group", "african")
            .get("base")
            .is_some()
    };
    assert!(!shown("A1").await);
    decide(json!({"sections": ["A"]})).await;
    assert!(shown("A1").await && !shown("D1").await);
    decide(json!({"all": true})).await;
    assert!(shown("A1").await && shown("D1").await);
    decide(json!(null)).await;
    assert!(!shown("A1").await && !shown("D1").await);
}

#[tokio::test]
async fn a_release_needs_three_newly_counted_replies() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = || world.post(&path).token(&world.officer);
    reply(&world, &collection, &["FIN", "SWE", "VAT"], "yes").await;
    let refused = post().problem(409, "too_few_newly_counted").await;
    assert_eq!(faults(&refused), [("newly_counted_below_threshold", "")]);
    let detail = refused["faults"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("2 replies") && detail.contains("3 are needed"),
        "{detail}"
    );
    let early = world.head().await;
    reply(&world, &collection, &["NOR"], "yes").await;
    let enough = world.head().await;
    let as_of = |as_of: Value| post().json(&json!({ "as_of": as_of }));
    as_of(json!(early))
        .problem(409, "too_few_newly_counted")
        .await;
    let first = as_of(json!(enough)).expect(201).await;
    assert_eq!(first["as_of"]["position"], enough);
    post().problem(409, "too_few_newly_counted").await;
    reply(&world, &collection, &["KEN", "GHA"], "yes").await;
    post().problem(409, "too_few_newly_counted").await;
    reply(&world, &collection, &["MLI"], "yes").await;
    as_of(json!(early.to_string()))
        .problem(409, "release_before_last")
        .await;
    as_of(json!(world.head().await + 1))
        .problem(422, "future_position")
        .await;
    as_of(json!("2999-01-01T00:00:00Z"))
        .problem(422, "future_time")
        .await;
    as_of(json!("soon")).problem(400, "bad_parameter").await;
    as_of(json!(-1)).problem(422, "wrong_body").await;
    assert_eq!(as_of(Value::Null).expect(201).await["release"], 2);
}

#[tokio::test]
async fn a_collection_can_ask_for_more_and_never_for_fewer() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut new = opening(&instrument, "2999-12-31", &json!({"parties": NORDIC}));
    let open = |new: &Value| {
        world
            .post("/v1/collections")
            .token(&world.officer)
            .json(new)
    };
    new["release_threshold"] = json!(2);
    let refused = open(&new).problem(422, "collection_faulty").await;
    assert_eq!(
        faults(&refused),
        [("release_threshold_too_low", "/release_threshold")]
    );
    new["release_threshold"] = json!(4);
    let collection = open(&new).expect(201).await["id"].clone();
    let collection = collection.as_str().unwrap();
    reply(&world, collection, &NORDIC[..3], "yes").await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = world.post(&path).token(&world.officer);
    post.problem(409, "too_few_newly_counted").await;
    reply(&world, collection, &NORDIC[3..4], "yes").await;
    release(&world, collection).await;
}

#[tokio::test]
async fn a_release_that_is_sent_again_with_its_key_is_one() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = || {
        let post = world.post(&path).token(&world.officer);
        post.header("idempotency-key", "one").expect(201)
    };
    let first = post().await;
    assert_eq!(post().await, first);
    let listed = world.get(&path).expect(200).await;
    assert_eq!(listed["items"], json!([first]));
}

#[tokio::test]
async fn a_released_figure_is_not_read_anew_until_a_release_or_a_consent() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    release(&world, &collection).await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1");
    let tag = world.get(&path).send().await.header("etag").to_owned();
    let again = || world.get(&path).header("if-none-match", &tag).send();
    assert_eq!(again().await.status, 304);
    reply(&world, &collection, &["KEN", "GHA", "MLI"], "no").await;
    assert_eq!(again().await.status, 304);
    release(&world, &collection).await;
    assert_eq!(again().await.status, 200);
}
