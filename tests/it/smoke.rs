//! From a draft to a tally, in one go.

use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn from_a_draft_to_a_tally() {
    let world = World::new().await;
    let opened = world.collection(json!({"kinds": ["member_state"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "in_part"}, "A2": {"value": ["b", "a"]}, "A3": {"value": 12},
                         "A4": {"value": "12.5"}, "A5": {"value": "2010-12-21"}, "A6": {"missing": "not_available", "not_available": true},
                         "D1": {"value": {"text": "Rien.", "lang": "fr"}}});
    let reply = world
        .submitted(&opened.collection, &finland, answers.clone())
        .await;

    let participation = world
        .get(&format!(
            "/v1/collections/{}/participation",
            opened.collection
        ))
        .expect(200)
        .await;
    assert_eq!(participation["denominator"]["invited"], 193);
    assert_eq!(participation["replied"], 1);
    let held = world
        .get(&format!("/v1/replies/{reply}/answers"))
        .token(&finland)
        .expect(200)
        .await;
    let mut given = answers;
    given["A2"]["value"] = json!(["a", "b"]);
    assert_eq!(held["answers"], given);
    let tally = world
        .get(&format!(
            "/v1/collections/{}/tallies?question=A1",
            opened.collection
        ))
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(tally["base"]["answered"], 1);
    assert_eq!(tally["options"][1]["count"], 1, "{tally}");
}
