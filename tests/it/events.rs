//! /v1/events

use std::time::Duration;

use clock::stopwatch;
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn the_feed_pages_through_all_events_without_a_gap() {
    let world = World::new().await;
    let mut after = 0;
    loop {
        let page = world
            .get(&format!("/v1/events?after={after}&limit=17"))
            .token(&world.officer)
            .expect(200)
            .await;
        let events = page["events"].as_array().unwrap();
        assert_eq!(page["withheld"], json!([]));
        for event in events {
            after += 1;
            assert_eq!(event["position"], after);
        }
        assert_eq!(page["next"], after);
        if events.is_empty() {
            assert_eq!(page["head"], after);
            break;
        }
    }
    assert!(after > 195);
}

#[tokio::test]
async fn an_event_says_who_what_when_and_where_in_canonical_order() {
    let world = World::new().await;
    let before = world.head().await;
    world.register("ICPO", "igo").await;
    let path = format!("/v1/events?after={before}");
    let answer = world.get(&path).token(&world.officer).send().await;
    let event = &answer.expect(200)["events"][0];
    assert_eq!(event["kind"], "party_registered");
    assert_eq!(event["actor"]["role"], "officer");
    assert_eq!(event["data"]["code"], "ICPO");
    assert_eq!(event["version"], 1);
    let keys = [
        "actor", "command", "data", "id", "kind", "position", "stream", "time", "version",
    ];
    let places: Vec<usize> = keys
        .iter()
        .map(|key| {
            let text = answer.text.replace(&event["data"].to_string(), "{}");
            text.find(&format!("\"{key}\":")).unwrap()
        })
        .collect();
    assert!(places.is_sorted(), "{}", answer.text);
}

#[tokio::test]
async fn whoever_waits_is_told_at_once() {
    let world = World::new().await;
    let head = world.head().await;
    let wait = |seconds: u32| {
        world
            .get(&format!("/v1/events?after={head}&wait={seconds}"))
            .token(&world.officer)
    };
    let began = stopwatch();
    let nothing = wait(1).expect(200).await;
    assert_eq!(nothing["events"], json!([]));
    assert_eq!(nothing["next"], head);
    assert!(began.elapsed() >= Duration::from_millis(900));

    let began = stopwatch();
    let (page, ()) = tokio::join!(wait(20).expect(200), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        world.register("ICPO", "igo").await;
    });
    assert_eq!(page["events"][0]["position"], head + 1);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn another_servers_events_wake_whoever_waits() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let head = world.head().await;
    let began = stopwatch();
    let waiting = world
        .get(&format!("/v1/events?after={head}&wait=20"))
        .token(&world.officer);
    let (page, ()) = tokio::join!(waiting.expect(200), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.register("ICPO", "igo").await;
    });
    assert_eq!(page["events"][0]["data"]["code"], "ICPO");
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn positions_to_come_and_parameters_that_are_none_are_refused() {
    let world = World::new().await;
    let head = world.head().await;
    let ask = |asked: &str| {
        world
            .get(&format!("/v1/events?{asked}"))
            .token(&world.officer)
    };
    let began = stopwatch();
    for after in [head + 1, u64::MAX] {
        ask(&format!("after={after}&wait=30"))
            .problem(422, "future_position")
            .await;
    }
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "said without waiting for it"
    );
    for wrong in [
        "after=-1",
        "after=",
        "after=x",
        "after=99999999999999999999",
        "limit=0",
        "limit=1001",
        "limit=1e2",
        "wait=31",
        "wait=-1",
    ] {
        ask(wrong).problem(400, "bad_parameter").await;
    }
}
