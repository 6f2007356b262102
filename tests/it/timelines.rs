//! GET /v1/timelines/{object}

use access::Role;
use domain::{PartyId, classification_id};
use serde_json::{Value, json};

use crate::support::{World, each};

#[tokio::test]
async fn a_collections_timeline_tells_everybody_what_happened_when_and_by_whom() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let before = world.head().await;
    world.close(&opened.collection).await;
    let path = format!("/v1/timelines/{}", opened.collection);

    let told = world.get(&path).expect(200).await;
    let kinds = each(&told["items"], "kind");
    assert_eq!(
        kinds,
        ["collection_opened", "parties_invited", "collection_closed"]
    );
    let closed = &told["items"][2];
    assert_eq!(closed["text"], "The collection was closed.");
    assert_eq!(closed["position"], before + 1);
    assert_eq!(closed["version"], 3);
    let by =
        json!({"role": "officer", "text": "Secretariat officer", "party": null, "principal": null});
    assert_eq!(closed["by"], by);

    let told = world.get(&path).token(&world.officer).expect(200).await;
    assert!(told["items"][2]["by"]["principal"].is_string(), "{told}");
    let french = world.get(&format!("{path}?lang=fr")).expect(200).await;
    assert_eq!(french["items"][2]["text"], "La collecte a été close.");
    let then = world
        .get(&format!("{path}?as_of={before}"))
        .expect(200)
        .await;
    assert_eq!(each(&then["items"], "kind"), kinds[..2]);

    let first = world.get(&format!("{path}?limit=2")).send().await;
    let page = first.expect(200);
    let next = page["next"].as_str().unwrap();
    let rest = world.get(&format!("{path}?limit=2&cursor={next}"));
    assert_eq!(each(&rest.expect(200).await["items"], "kind"), kinds[2..]);
    let again = world.get(&format!("{path}?limit=2"));
    let again = again.header("if-none-match", first.header("etag"));
    assert_eq!(again.send().await.status, 304);
}

#[tokio::test]
async fn a_replys_timeline_is_for_those_who_see_the_reply_itself() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "yes"}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let path = format!("/v1/timelines/{reply}");
    let told = async |token: &str| world.get(&path).token(token).expect(200).await;

    let own = told(&finland).await;
    let texts = each(&own["items"], "text");
    let expected = [
        "Finland began its reply.",
        "Answers were given.",
        "The reply was submitted, as version 1.",
    ];
    assert_eq!(texts, expected);
    assert_eq!(own["items"][0]["by"]["party"], "FIN");
    assert_eq!(own["items"][0]["by"]["text"], "Focal point (Finland)");
    assert!(own["items"][0]["by"]["principal"].is_string());
    // What was saved on the way, and how often, is told nobody else.
    let mission = world.token(Role::Mission, Some("FIN")).await;
    for token in [&world.officer, &mission] {
        let others = told(token).await;
        assert_eq!(each(&others["items"], "text"), [expected[0], expected[2]]);
        assert_eq!(others["items"][1]["version"], 2);
        assert_eq!(others["items"][1]["position"], own["items"][2]["position"]);
    }
    let first = world.get(&format!("{path}?limit=1")).token(&world.officer);
    let first = first.expect(200).await;
    let next = format!("{path}?cursor={}", first["next"].as_str().unwrap());
    let rest = world.get(&next).token(&world.officer).expect(200).await;
    assert_eq!(each(&rest["items"], "kind"), ["reply_submitted"]);

    let others = [
        world.focal_point("SWE").await,
        world.token(Role::Contributor, Some("FIN")).await,
        world.token(Role::Donor, Some("FIN")).await,
    ];
    for token in &others {
        world
            .get(&path)
            .token(token)
            .problem(404, "not_found")
            .await;
    }
    world.get(&path).problem(404, "not_found").await;
}

#[tokio::test]
async fn a_delegations_timeline_is_its_partys_and_an_instruments_that_of_all_who_signed_in() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let collection = &opened.collection;
    let person = world.person().await;
    let delegation = format!("/v1/collections/{collection}/parties/FIN/focal-point");
    let named = world.put(&delegation).token(&world.officer);
    named.json(&json!({"person": person})).expect(200).await;
    let last = world.events_after(world.head().await - 1).await;
    let path = format!("/v1/timelines/{}", last[0]["stream"].as_str().unwrap());

    let finland = world.focal_point("FIN").await;
    let told = world.get(&path).token(&finland).expect(200).await;
    assert_eq!(
        told["items"][0]["text"],
        "The focal point of Finland was named."
    );
    assert!(
        !told.to_string().contains(&person),
        "a person's id is told by the delegation alone"
    );
    let sweden = world.focal_point("SWE").await;
    world
        .get(&path)
        .token(&sweden)
        .problem(404, "not_found")
        .await;

    let path = format!("/v1/timelines/{}", opened.instrument);
    let told = world.get(&path).token(&sweden).expect(200).await;
    assert_eq!(each(&told["items"], "kind")[0], "instrument_drafted");
    world.get(&path).problem(404, "not_found").await;
}

#[tokio::test]
async fn what_is_there_from_the_start_has_a_timeline_and_what_is_not_there_has_none() {
    let world = World::new().await;
    let finland = PartyId::from_code("FIN");
    let told = world
        .get(&format!("/v1/timelines/{finland}"))
        .expect(200)
        .await;
    assert_eq!(
        told["items"][0]["text"],
        "Finland was registered, under the code FIN."
    );
    assert_eq!(told["items"][0]["by"]["text"], "The system");
    let classification = format!("/v1/timelines/{}", classification_id());
    let told = world.get(&classification).expect(200).await;
    let is_told = |item: &Value| {
        item["text"]
            .as_str()
            .unwrap()
            .starts_with("Category I was added: ")
    };
    assert!(
        told["items"].as_array().unwrap().iter().any(is_told),
        "{told}"
    );

    let unknown = format!("/v1/timelines/{}", clock::new_id());
    world.get(&unknown).problem(404, "not_found").await;
    world
        .get("/v1/timelines/FIN")
        .problem(404, "not_found")
        .await;
    world
        .get(&format!("{classification}?cursor=zz"))
        .problem(400, "bad_cursor")
        .await;
    world
        .get(&format!("{classification}?as_of=999999"))
        .problem(422, "future_position")
        .await;
}
