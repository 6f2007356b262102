//! What happens at the same time.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::World;

const PARTIES: [&str; 6] = ["FIN", "SWE", "THA", "KEN", "BRA", "POL"];

/// Two servers on one database: one takes the submissions, the other closes, so that neither knows of the other's doings
/// but from the log.
#[tokio::test]
async fn a_submission_that_races_the_close_lands_before_it_or_is_refused() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let instrument = world.approved_instrument().await;
    let tokens = join_all(PARTIES.map(|party| world.focal_point(party))).await;
    let (mut landed, mut refused) = (0, 0);
    for round in 0..40 {
        let invited = json!({"parties": PARTIES});
        let collection = world.open(&instrument, "2999-12-31", &invited).await;
        let mut replies = Vec::new();
        for token in &tokens {
            replies.push(world.answered(&collection, token).await);
        }
        let began = world.head().await;

        let closer = if round % 2 == 0 { &other } else { &world };
        let submissions = replies.iter().zip(&tokens).map(|(reply, token)| {
            let submission = world.post(&format!("/v1/replies/{reply}/submission"));
            submission.token(token).send()
        });
        let (answers, ()) = tokio::join!(join_all(submissions), async {
            tokio::time::sleep(std::time::Duration::from_micros(round * 400)).await;
            closer.close(&collection).await;
        });

        let mut receipts = BTreeMap::new();
        for (reply, answer) in replies.iter().zip(&answers) {
            if answer.status == 201 {
                receipts.insert(reply.clone(), answer.json()["position"].as_u64().unwrap());
                landed += 1;
            } else {
                answer.problem(409, "collection_closed");
                refused += 1;
            }
        }
        let mut submitted = BTreeMap::new();
        let mut closed = false;
        for event in world.events_after(began).await {
            match event["kind"].as_str().unwrap() {
                "collection_closed" => closed = true,
                "reply_submitted" => {
                    assert!(!closed, "round {round}: submitted after the close: {event}");
                    let reply = event["stream"].as_str().unwrap().to_owned();
                    submitted.insert(reply, event["position"].as_u64().unwrap());
                }
                other => panic!("{other}"),
            }
        }
        assert!(closed);
        assert_eq!(
            submitted, receipts,
            "who has a receipt is in the log, and nobody else"
        );
        let counted = world.participation(&collection, "").await;
        assert_eq!(counted["replied"], receipts.len());
        if round >= 12 && landed > 0 && refused > 0 {
            return;
        }
    }
    panic!("no race in 40 rounds: {landed} landed, {refused} refused");
}

#[tokio::test]
async fn a_server_that_missed_a_reopening_does_not_refuse_from_its_stale_cache() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}/submission");
    other.close(&opened.collection).await;
    let submit = || world.post(&path).token(&finland);
    submit().problem(409, "collection_closed").await;
    other
        .post(&format!("/v1/collections/{}/reopening", opened.collection))
        .token(&other.officer)
        .json(&json!({"reason": {"text": "A test.", "lang": "en"}}))
        .expect(200)
        .await;
    submit().expect(201).await;
}

#[tokio::test]
async fn colleagues_who_save_at_the_same_time_lose_nothing() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let given = [
        ("A1", json!({"value": "yes"})),
        ("A2", json!({"value": ["a"]})),
        ("A3", json!({"value": 3})),
        ("A4", json!({"value": "4.5"})),
        ("A5", json!({"value": "2011-03-08"})),
        ("A6", json!({"value": 2011})),
        ("D1", json!({"value": {"text": "Words.", "lang": "en"}})),
    ];
    let saves = given.iter().enumerate().map(|(number, (code, answer))| {
        let server = if number % 2 == 0 { &world } else { &other };
        let path = format!("/v1/replies/{reply}/answers/{code}");
        server.put(&path).token(&finland).json(answer).expect(200)
    });
    join_all(saves).await;
    let held = world
        .get(&format!("/v1/replies/{reply}/answers"))
        .token(&finland)
        .expect(200)
        .await;
    let given: serde_json::Map<String, Value> = given
        .into_iter()
        .map(|(code, answer)| (code.to_owned(), answer))
        .collect();
    assert_eq!(held["answers"], Value::Object(given));
}

#[tokio::test]
async fn of_many_who_start_the_same_reply_one_does() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let starts = (0..8).map(|_| world.post(&path).token(&finland).send());
    let answers = join_all(starts).await;
    let started = answers.iter().filter(|answer| answer.status == 201);
    assert_eq!(started.count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.problem(409, "reply_already_started");
    }
}
