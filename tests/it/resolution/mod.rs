//! The whole resolution over HTTP: category I from the expert meeting of March 2004 to a published report, categories II and
//! III from paragraph 15 to paragraph 17; and what the mandate tracker says of it, at the end and on the way.

mod assistance;
mod category_one;
mod later_categories;
mod play;

use play::{Play, told};
use serde_json::{Value, json};

use crate::support::World;

/// What the tracker says of paragraphs 1 to 17, a letter each: n(ot begun), u(nder way), d(one), c(ontinuing).
async fn states(world: &World, asked: &str) -> String {
    let told = world
        .get(&format!("/v1/mandates/2004-28{asked}"))
        .expect(200)
        .await;
    let paragraphs = told["paragraphs"].as_array().unwrap();
    let states = paragraphs
        .iter()
        .map(|paragraph| &paragraph["state"].as_str().unwrap()[..1]);
    states.collect()
}

#[tokio::test]
async fn the_whole_resolution_is_played_and_the_tracker_is_right_all_along() {
    let world = World::new().await;
    let play = Play::new(&world).await;
    let mut points = vec![(world.head().await, "nnnnnnnnnnnnnnnnn")];
    let mut at = async |expected: &'static str| {
        assert_eq!(states(&world, "").await, expected);
        points.push((world.head().await, expected));
    };

    let meeting = play.expert_meeting().await;
    at("dddnnnnnnnnnnnnnn").await;
    let instrument = play.made_by(&meeting).await;
    play.contributions_to(&meeting).await;
    at("dddddnnnnnnnnnnnn").await;
    let consultation = play.forwarded(&instrument).await;
    at("ddddddnnnnnnnnnnn").await;
    play.approved(&instrument, &consultation).await;
    at("dddddddnnnnnnnnnn").await;
    let (collection, replies) = play.collected(&instrument).await;
    at("ddddddddnnnnnnnnn").await;
    play.reported(&collection, &instrument, &replies).await;
    at("dddddddddnnnnnnnn").await;
    play.congress().await;
    play.assistance(&replies).await;
    at("dddddddddccccdnnn").await;
    play.later_categories().await;
    at("dddddddddccccdddd").await;

    for (position, expected) in points {
        let then = states(&world, &format!("?as_of={position}")).await;
        assert_eq!(then, expected, "as of {position}");
    }
    what_is_told(&world).await;
}

/// Done and continuing have evidence, each a position of the log where that happened to that object; words are in the
/// reader's language.
async fn what_is_told(world: &World) {
    let told = world.get("/v1/mandates/2004-28?lang=fr").send().await;
    let again = world.get("/v1/mandates/2004-28?lang=fr");
    let again = again
        .header("if-none-match", told.header("etag"))
        .send()
        .await;
    assert_eq!(again.status, 304);
    let told = told.expect(200);
    assert_eq!(told["resolution"], "2004/28");
    let events = world.events_after(0).await;
    for paragraph in told["paragraphs"].as_array().unwrap() {
        let evidence = paragraph["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty(), "{paragraph}");
        for shown in evidence {
            let position = usize::try_from(shown["position"].as_u64().unwrap()).unwrap();
            let event = &events[position - 1];
            assert_eq!(
                (&event["kind"], &event["stream"]),
                (&shown["kind"], &shown["object"])
            );
        }
        assert!(paragraph["asks"].as_str().unwrap().len() > 20 && paragraph["of"].is_string());
    }
    let ninth = &told["paragraphs"][8];
    let items = json!([{"item": "a", "state": "done"}, {"item": "b", "state": "done"}, {"item": "c", "state": "done"}]);
    assert_eq!(ninth["items"], items);
    assert_eq!(
        told["paragraphs"][14]["items"][1],
        json!({"item": "b", "state": "done"})
    );
    assert_eq!(told["paragraphs"][15]["items"], Value::Array(vec![]));
    world
        .get("/v1/mandates/2003-30")
        .problem(404, "not_found")
        .await;
    world
        .get("/v1/mandates/2004-28?as_of=999999")
        .problem(422, "future_position")
        .await;
    assert!(told["as_of"]["time"].is_string());
}
