//! Figures as the public sees them, under both bases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::value;
use crate::support::{World, opening};

/// A collection on this basis, to which States reply, some of them with consent to the publication of section A.
async fn replied(world: &World, basis: &str) -> String {
    begun(world, basis).await.0
}

/// The same, and by party each reply with its focal point's token.
async fn begun(world: &World, basis: &str) -> (String, BTreeMap<&'static str, (String, String)>) {
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "SWE", "NOR", "DNK", "KEN", "BRA"]});
    let mut opening = opening(&instrument, "2999-12-31", &invited);
    opening["basis"] = json!(basis);
    let opened = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&opening)
        .expect(201)
        .await;
    let collection = opened["id"].as_str().unwrap().to_owned();
    let mut begun = BTreeMap::new();
    for (party, number, sections) in [
        ("FIN", 1, json!(["A"])),
        ("SWE", 2, json!(["A"])),
        ("NOR", 30, json!([])),
        ("DNK", 4, json!(["A", "D"])),
        ("KEN", 50, Value::Null),
        ("BRA", 6, json!(["A"])),
    ] {
        let token = world.focal_point(party).await;
        let reply = world.reply(&collection, &token).await;
        let path = format!("/v1/replies/{reply}");
        let answers = json!({"A1": {"value": "yes"}, "A2": {"value": ["a"]}, "A3": {"value": number}, "D1": {"value": {"text": "Words.", "lang": "en"}}});
        world
            .patch(&format!("{path}/answers"))
            .token(&token)
            .json(&json!({ "answers": answers }))
            .expect(200)
            .await;
        let publication = match sections {
            Value::Array(sections) if !sections.is_empty() => {
                json!({"publication": {"sections": sections}})
            }
            _ => json!({"publication": null}),
        };
        world
            .post(&format!("{path}/submission"))
            .token(&token)
            .json(&publication)
            .expect(201)
            .await;
        begun.insert(party, (reply, token));
    }
    (collection, begun)
}

#[tokio::test]
async fn before_a_release_the_public_is_told_nothing() {
    let world = World::new().await;
    let collection = replied(&world, "consenting").await;
    for path in ["figures", "cross-tables?rows=A1&columns=A2"] {
        let path = format!("/v1/collections/{collection}/{path}");
        world.get(&path).problem(404, "not_released").await;
    }
}

#[tokio::test]
async fn of_those_that_consented_every_breakdown_is_exact_and_nothing_is_told_of_others() {
    let world = World::new().await;
    let (collection, begun) = begun(&world, "consenting").await;
    world
        .post(&format!("/v1/collections/{collection}/releases"))
        .token(&world.officer)
        .expect(201)
        .await;
    let path = format!("/v1/collections/{collection}/figures?group_by=party&classes=0,10,100");
    let table = world.get(&path).expect(200).await;
    let of = |question: &str, party: &str, measure: &str| {
        value(
            &table,
            &[
                ("question", question),
                ("party", party),
                ("measure", measure),
                ("category", "all"),
            ],
        )
    };
    assert_eq!(
        (of("A3", "all", "replied"), of("A3", "all", "counted")),
        (json!(4), json!(4)),
        "of a single party it is told that it replied only where it consented to something"
    );
    assert_eq!(of("A3", "all", "max"), 6);
    assert_eq!(of("D1", "all", "answered"), 1);
    let parties = table["columns"][1]["categories"].as_array().unwrap();
    assert!(parties.iter().all(|party| party["code"] != "KEN"));
    let plain =
        format!("/v1/collections/{collection}/figures?questions=A3&group_by=regional_group");
    let plain = world.get(&plain).expect(200).await;
    let african = [
        ("regional_group", "african"),
        ("measure", "replied"),
        ("category", "all"),
    ];
    assert_eq!(value(&plain, &african), 1, "as participation tells");
    let alone = format!("/v1/collections/{collection}/figures?questions=A3&filter=party:KEN");
    let alone = world.get(&alone).expect(200).await;
    assert_eq!(
        value(&alone, &[("measure", "replied"), ("category", "all")]),
        0
    );
    // A filter on an answer looks at no answer that is not consented to.
    let filtered = format!("/v1/collections/{collection}/figures?questions=A1&filter=A3>=30");
    let filtered = world.get(&filtered).expect(200).await;
    assert_eq!(
        value(&filtered, &[("measure", "counted"), ("category", "all")]),
        0
    );
    let crossed = format!("/v1/collections/{collection}/cross-tables?rows=A1&columns=D1");
    let crossed = world.get(&crossed).expect(200).await;
    assert_eq!(
        value(&crossed, &[("row", "all"), ("column", "all")]),
        1,
        "both sections"
    );
    // The release's figures are what they were, whatever comes after it.
    let (reply, kenya) = &begun["KEN"];
    let consent = json!({"publication": {"all": true}});
    world
        .put(&format!("/v1/replies/{reply}/publication"))
        .token(kenya)
        .json(&consent)
        .expect(200)
        .await;
    assert_eq!(world.get(&path).expect(200).await["rows"], table["rows"]);
    let codes: Vec<&str> = table["notices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|notice| notice["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"released") && codes.contains(&"release_consenting"),
        "{codes:?}"
    );
}

#[tokio::test]
async fn of_all_replies_counts_alone_are_told_over_all_and_by_regional_group() {
    let world = World::new().await;
    let collection = replied(&world, "all").await;
    world
        .post(&format!("/v1/collections/{collection}/releases"))
        .token(&world.officer)
        .expect(201)
        .await;
    let path = |asked: &str| format!("/v1/collections/{collection}/figures?{asked}");
    let table = world
        .get(&path("group_by=regional_group"))
        .expect(200)
        .await;
    let of = |question: &str, measure: &str, category: &str| {
        value(
            &table,
            &[
                ("question", question),
                ("regional_group", "all"),
                ("measure", measure),
                ("category", category),
            ],
        )
    };
    assert_eq!(
        (of("A1", "replied", "all"), of("A1", "chosen", "yes")),
        (json!(6), json!(6))
    );
    assert_eq!(of("A3", "answered", "all"), 6);
    let measures: Vec<&str> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["measure"].as_str().unwrap())
        .collect();
    for untold in [
        "min",
        "median",
        "max",
        "mean",
        "sum",
        "in_class",
        "estimated",
        "confidential",
    ] {
        assert!(!measures.contains(&untold), "{untold}");
    }
    for asked in [
        "group_by=region",
        "group_by=party",
        "filter=A1:yes",
        "filter=regional_group:weog",
        "kinds=observer_state",
        "classes=5",
    ] {
        world
            .get(&path(asked))
            .problem(404, "breakdown_not_released")
            .await;
    }
    let crossed = format!("/v1/collections/{collection}/cross-tables?rows=A1&columns=A2");
    world
        .get(&crossed)
        .problem(404, "breakdown_not_released")
        .await;
    // The Secretariat sees all of it.
    let officer = world
        .get(&path("group_by=party&filter=A3>=30"))
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(
        value(
            &officer,
            &[
                ("question", "A3"),
                ("party", "all"),
                ("measure", "counted"),
                ("category", "all")
            ]
        ),
        2
    );
}
