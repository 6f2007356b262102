//! The same figures are not released twice.

use serde_json::json;

use super::{nordic, release, reply, silent, submitted};
use crate::support::World;

#[tokio::test]
async fn the_same_figures_are_released_once() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/releases");
    let is_refused = async || {
        let post = world.post(&path).token(&world.officer);
        post.problem(409, "release_unchanged").await;
    };
    // Nobody has replied: the first release says so, and a second would say it again.
    release(&world, &collection).await;
    is_refused().await;
    reply(&world, &collection, &["FIN"], "yes").await;
    let all = json!({"publication": {"all": true}});
    let (swedens, sweden) = submitted(&world, &collection, "SWE", "no", &all).await;
    release(&world, &collection).await;
    is_refused().await;
    // What others than Member States reply is in no figure.
    reply(&world, &collection, &["VAT"], "no").await;
    is_refused().await;
    // One section less of a reply that still is counted, then of how many it is one, are new figures.
    let put = world.put(&format!("/v1/replies/{swedens}/publication"));
    let less = json!({"publication": {"sections": ["A"]}});
    put.token(&sweden).json(&less).expect(200).await;
    let narrowed = release(&world, &collection).await;
    assert_eq!(
        (&narrowed["counted"], &narrowed["newly_counted"]),
        (&json!(2), &json!(0))
    );
    is_refused().await;
    submitted(&world, &collection, "NOR", "yes", &silent()).await;
    assert_eq!(release(&world, &collection).await["replied"], 3);
    is_refused().await;
}
