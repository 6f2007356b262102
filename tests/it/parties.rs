//! /v1/parties

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{World, each, faults};

#[tokio::test]
async fn pages_walk_all_parties_in_order_and_lose_none() {
    let world = World::new().await;
    let mut codes = Vec::new();
    let mut path = "/v1/parties?limit=7".to_owned();
    loop {
        let page = world.get(&path).expect(200).await;
        codes.extend(each(&page["items"], "code").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/parties?limit=7&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(codes.len(), 195);
    assert!(
        codes.windows(2).all(|pair| pair[0] < pair[1]),
        "codes ascend, so none is there twice"
    );
    let at_once = world.get("/v1/parties?limit=500").expect(200).await;
    assert_eq!(each(&at_once["items"], "code"), codes);
    assert_eq!(at_once["next"], json!(null));
}

#[tokio::test]
async fn a_page_as_of_a_position_does_not_see_who_came_later() {
    let world = World::new().await;
    let before = world.head().await;
    world.register("AAA-NGO", "ngo").await;
    let first_of = async |asked: &str| {
        let page = world.get(&format!("/v1/parties?limit=1{asked}"));
        page.expect(200).await["items"][0]["code"].clone()
    };
    assert_eq!(first_of("").await, "AAA-NGO");
    assert_eq!(first_of(&format!("&as_of={before}")).await, "AFG");
    let before_all = world.get("/v1/parties?as_of=0").expect(200).await;
    assert_eq!(before_all["items"], json!([]));
    assert_eq!(before_all["position"], 0);
}

#[tokio::test]
async fn parties_are_listed_by_kind_and_by_regional_group() {
    let world = World::new().await;
    let count = async |asked: &str| {
        let page = world.get(&format!("/v1/parties?limit=500&{asked}"));
        page.expect(200).await["items"].as_array().unwrap().len()
    };
    assert_eq!(count("kind=member_state").await, 193);
    assert_eq!(count("kind=observer_state").await, 2);
    assert_eq!(count("kind=ngo").await, 0);
    for (group, states) in [
        ("african", 54),
        ("asia-pacific", 54),
        ("eastern-european", 23),
        ("grulac", 33),
        ("weog", 29),
    ] {
        let asked = format!("kind=member_state&regional_group={group}");
        assert_eq!(count(&asked).await, states, "{group}");
    }
}

#[tokio::test]
async fn a_party_is_found_by_code_and_by_id() {
    let world = World::new().await;
    let finland = world.get("/v1/parties/FIN").expect(200).await;
    assert_eq!(finland["kind"], "member_state");
    assert_eq!(finland["regional_group"], "weog");
    assert_eq!(finland["iso2"], "FI");
    assert_eq!(finland["names"].as_object().unwrap().len(), 6);
    let id = finland["id"].as_str().unwrap();
    for other in [id, "fin", "%46IN"] {
        let same = world.get(&format!("/v1/parties/{other}")).expect(200).await;
        assert_eq!(same, finland, "{other}");
    }
    world.get("/v1/parties/XXX").problem(404, "not_found").await;
}

#[tokio::test]
async fn a_registered_party_is_there_at_once() {
    let world = World::new().await;
    let new = json!({"code": "ICPO", "kind": "igo", "names": {"en": "A police organization", "fr": "Une organisation"}});
    let created = world
        .post("/v1/parties?lang=fr")
        .token(&world.officer)
        .json(&new)
        .send()
        .await;
    assert_eq!(created.expect(201)["name"], "Une organisation");
    let location = created.header("location").to_owned();
    assert_eq!(location, "/v1/parties/ICPO");
    let shown = world.get(&location).send().await;
    assert_eq!(shown.expect(200)["kind"], "igo");
    assert_eq!(shown.header("etag"), created.header("etag"));
    let listed = world.get("/v1/parties?kind=igo").expect(200).await;
    assert_eq!(each(&listed["items"], "code"), ["ICPO"]);

    let again = world.post("/v1/parties").token(&world.officer).json(&new);
    again.problem(409, "party_already_registered").await;
}

#[tokio::test]
async fn every_fault_of_a_party_is_named_with_its_place() {
    let world = World::new().await;
    let faulty = json!({"code": "Fin", "kind": "member_state", "names": {"fr": " "}, "iso2": "F", "m49": "24"});
    let problem = world
        .post("/v1/parties")
        .token(&world.officer)
        .json(&faulty)
        .problem(422, "party_faulty")
        .await;
    let mut found = faults(&problem);
    found.dedup();
    let places: BTreeSet<&str> = found.iter().map(|(_, pointer)| *pointer).collect();
    assert_eq!(
        places,
        BTreeSet::from(["/code", "/names", "/iso2", "/m49", "/regional_group"])
    );
    let group_of_an_ngo =
        json!({"code": "NGO-1", "kind": "ngo", "names": {"en": "N"}, "regional_group": "weog"});
    let problem = world
        .post("/v1/parties")
        .token(&world.officer)
        .json(&group_of_an_ngo)
        .problem(422, "party_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [("regional_group_not_allowed", "/regional_group")]
    );
}

#[tokio::test]
async fn a_regrouped_state_keeps_its_history() {
    let world = World::new().await;
    let before = world.head().await;
    let regroup = |group: &str| {
        world
            .post("/v1/parties/FIN/regional-group")
            .token(&world.officer)
            .json(&json!({"regional_group": group, "on": "2025-01-01", "reason": "A test."}))
    };
    let answer = regroup("eastern-european").expect(200).await;
    assert_eq!(answer["regional_group"], "eastern-european");
    regroup("eastern-european")
        .problem(409, "party_already_in_group")
        .await;
    let of_group = async |group: &str, asked: &str| {
        let path = format!("/v1/parties?limit=500&regional_group={group}{asked}");
        let page = world.get(&path).expect(200).await;
        each(&page["items"], "code").contains(&"FIN")
    };
    assert!(of_group("eastern-european", "").await);
    assert!(!of_group("weog", "").await);
    assert!(of_group("weog", &format!("&as_of={before}")).await);

    let none = json!({"regional_group": null, "on": "2025-01-01", "reason": "A test."});
    let problem = world
        .post("/v1/parties/FIN/regional-group")
        .token(&world.officer)
        .json(&none)
        .problem(422, "party_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [("regional_group_required", "/regional_group")]
    );
    world
        .post("/v1/parties/XXX/regional-group")
        .token(&world.officer)
        .json(&none)
        .problem(404, "unknown_party")
        .await;
}
