//! Links that open once: invitations, and asking for a new one.

use serde_json::json;

use crate::support::World;

/// A collection to which Finland and Sweden are invited, and a link for Finland's focal point.
async fn invited() -> (World, String, String) {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let link = world
        .invited(&opened.collection, "FIN", "aino@example.org")
        .await;
    (world, opened.collection, link)
}

#[tokio::test]
async fn a_focal_point_is_invited_presses_the_button_and_replies() {
    let (world, collection, link) = invited().await;
    let page = world.get(&format!("/join/{link}")).send().await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("focal point of Finland"), "{page:#?}");
    assert!(page.text.contains("A sample collection"), "{page:#?}");
    let cookie = world.signed_in(&link).await;
    let who = world
        .get("/v1/session")
        .header("cookie", &cookie)
        .expect(200)
        .await;
    assert_eq!(who["role"], "focal_point");
    let path = format!("/v1/collections/{collection}/replies");
    let reply = world.post(&path).cookie(&cookie).expect(201).await;
    let path = format!("/v1/replies/{}/answers/A1", reply["id"].as_str().unwrap());
    let yes = json!({"value": "yes"});
    world
        .put(&path)
        .cookie(&cookie)
        .json(&yes)
        .expect(200)
        .await;
}
