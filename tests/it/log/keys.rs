//! A command that carries a key happens once, however often and wherever it is sent.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::writers::count;
use crate::support::{Answer, Call, World};

/// Two servers on one database.
async fn two_servers() -> [World; 2] {
    let one = World::new().await;
    let other = World::on(one.database.clone()).await;
    [one, other]
}

/// Sends the same call ten times at once, to each server in turn.
async fn ten_at_once(worlds: &[World; 2], call: impl Fn(&World) -> Call) -> Vec<Answer> {
    join_all((0..10).map(|number| call(&worlds[number % 2]).send())).await
}

/// What of an answer must be the same.
fn said(answer: &Answer) -> (u16, Value, String, String) {
    let header = |name| answer.header(name).to_owned();
    (
        answer.status,
        answer.json(),
        header("etag"),
        header("location"),
    )
}

fn assert_equal(answers: &[Answer], status: u16) {
    for answer in answers {
        answer.expect(status);
        assert_eq!(said(answer), said(&answers[0]));
    }
}

async fn events_of(world: &World, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from log.event where kind = $1")
        .bind(kind)
        .fetch_one(world.server.services.log().pool())
        .await
        .unwrap()
}

fn new_instrument() -> Value {
    json!({"title": {"en": "A sample"}, "category": "I", "route": "intersessional", "languages": ["en"]})
}

#[tokio::test]
async fn ten_at_once_make_one_instrument_and_ten_equal_answers() {
    let worlds = two_servers().await;
    let [one, other] = &worlds;
    let draft = |world: &World, body: &Value| {
        let call = world.post("/v1/instruments").token(&one.officer);
        call.header("idempotency-key", "a-key").json(body)
    };
    let answers = ten_at_once(&worlds, |world| draft(world, &new_instrument())).await;
    assert_equal(&answers, 201);
    assert_eq!(events_of(one, "instrument_drafted").await, 1);
    let pool = one.server.services.log().pool();
    assert_eq!(count(pool, "select count(*) from log.command").await, 1);

    let mut another = new_instrument();
    another["title"]["en"] = json!("Another sample");
    for world in &worlds {
        draft(world, &another).problem(422, "key_reused").await;
    }
    // The key of another principal is another key.
    let call = other.post("/v1/instruments").token(&other.officer);
    call.header("idempotency-key", "a-key")
        .json(&another)
        .expect(201)
        .await;

    // Repeated when the instrument has long changed: the answer of that day.
    let id = answers[0].json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/instruments/{id}/draft");
    let questionnaire = crate::support::questionnaire();
    one.put(&path)
        .token(&one.officer)
        .json(&questionnaire)
        .expect(200)
        .await;
    for world in &worlds {
        let again = draft(world, &new_instrument()).send().await;
        assert_eq!(said(&again), said(&answers[0]));
    }
    assert_eq!(events_of(one, "instrument_drafted").await, 2);
}

#[tokio::test]
async fn ten_at_once_save_answers_once_and_submit_once() {
    let worlds = two_servers().await;
    let [one, other] = &worlds;
    let opened = one.collection(json!({"parties": ["FIN"]})).await;
    let finland = one.focal_point("FIN").await;
    let reply = one.reply(&opened.collection, &finland).await;
    let save = |world: &World, key: &str, answers: Value| {
        let call = world
            .patch(&format!("/v1/replies/{reply}/answers"))
            .token(&finland);
        let call = if key.is_empty() {
            call
        } else {
            call.header("idempotency-key", key)
        };
        call.json(&json!({"answers": answers}))
    };

    // Without words, a twin that loads the reply after the first was recorded finds nothing to change.
    for (key, answers) in [
        ("codes", json!({"A1": {"value": "yes"}, "A3": {"value": 3}})),
        (
            "words",
            json!({"D1": {"value": {"text": "Money.", "lang": "en"}}, "A3": {"value": 4}}),
        ),
        ("cleared", json!({"A3": null})),
    ] {
        let before = events_of(one, "reply_answered").await + events_of(one, "reply_cleared").await;
        let given = ten_at_once(&worlds, |world| save(world, key, answers.clone())).await;
        assert_equal(&given, 200);
        let after = events_of(one, "reply_answered").await + events_of(one, "reply_cleared").await;
        assert_eq!(after, before + 1, "{key}");
        save(other, key, json!({"A1": {"value": "no"}}))
            .problem(422, "key_reused")
            .await;
        save(other, "", json!({"A3": {"value": 99}}))
            .expect(200)
            .await;
        let again = save(one, key, answers).send().await;
        assert_eq!(said(&again), said(&given[0]), "{key}");
        let held = one
            .get(&format!("/v1/replies/{reply}/answers"))
            .token(&finland);
        assert_eq!(
            held.expect(200).await["answers"]["A3"],
            json!({"value": 99}),
            "{key}"
        );
    }

    let submit = |world: &World| {
        let call = world
            .post(&format!("/v1/replies/{reply}/submission"))
            .token(&finland);
        call.header("idempotency-key", "submit")
    };
    let receipts = ten_at_once(&worlds, submit).await;
    assert_equal(&receipts, 201);
    assert_eq!(events_of(one, "reply_submitted").await, 1);
    let closure = format!("/v1/collections/{}/closure", opened.collection);
    one.post(&closure)
        .token(&one.officer)
        .json(&json!({}))
        .expect(200)
        .await;
    for world in &worlds {
        let again = submit(world).send().await;
        assert_eq!(
            said(&again),
            said(&receipts[0]),
            "closed meanwhile, and still the receipt"
        );
    }
}

#[tokio::test]
async fn a_command_that_changed_nothing_changes_nothing_when_it_is_repeated_later() {
    let worlds = two_servers().await;
    let [one, other] = &worlds;
    let opened = one.collection(json!({"parties": ["FIN"]})).await;
    let finland = one.focal_point("FIN").await;
    let reply = one.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}/answers");
    let save = |world: &World, value: &str| {
        let answers = json!({"answers": {"A1": {"value": value}}});
        world.patch(&path).token(&finland).json(&answers)
    };
    save(one, "yes").expect(200).await;

    let nothing = ten_at_once(&worlds, |world| {
        save(world, "yes").header("idempotency-key", "same")
    })
    .await;
    assert_equal(&nothing, 200);
    assert_eq!(nothing[0].json()["saved"], json!([]));
    save(other, "no").expect(200).await;
    for world in &worlds {
        let again = save(world, "yes")
            .header("idempotency-key", "same")
            .send()
            .await;
        assert_eq!(said(&again), said(&nothing[0]));
        save(world, "in_part")
            .header("idempotency-key", "same")
            .problem(422, "key_reused")
            .await;
    }
    let held = one.get(&path).token(&finland).expect(200).await;
    assert_eq!(
        held["answers"]["A1"],
        json!({"value": "no"}),
        "what was said last stands"
    );
}
