//! A synchronous standby that does not get what the primary has committed: nothing of it is acknowledged.

use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::writers::{Process, keyed, new_stream};
use crate::support::{Answer, Replicated, World};

/// Backends that wait for the standby.
const WAITING: &str = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
/// Those of them that have only looked something up, and confirm it.
const CONFIRMING: &str = "select count(*) from pg_stat_activity
                           where wait_event = 'SyncRep' and query like '%pg_logical_emit_message%'";
/// Those of them that end a transaction of several statements.
const COMMITTING: &str =
    "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query = 'COMMIT'";

fn new_instrument(key: &str, world: &World) -> JoinHandle<Answer> {
    let draft = json!({"title": {"en": "A sample"}, "category": "I", "route": "intersessional", "languages": ["en"]});
    let call = world.post("/v1/instruments").token(&world.officer);
    tokio::spawn(call.header("idempotency-key", key).json(&draft).send())
}

fn new_token(key: &str, world: &World) -> JoinHandle<Answer> {
    let call = world.post("/v1/tokens").token(&world.officer);
    let token = json!({"name": "A dashboard"});
    tokio::spawn(call.header("idempotency-key", key).json(&token).send())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_visible_and_not_replicated_is_not_acknowledged_before_it_is() {
    let mut replicated = Replicated::start().await;
    let one = World::on(replicated.database.clone()).await;
    let other = World::on(replicated.database.clone()).await;
    let drafted = new_instrument("before", &one).await.unwrap().expect(201);
    let is_drafted = "select count(*) from log.event where kind = 'instrument_drafted'";

    // A lane whose connection ends while it waits looks its appends up, and goes on waiting.
    replicated.hold().await;
    let first = new_instrument("a key", &one);
    replicated.until(WAITING, 1).await;
    replicated.break_off().await;
    replicated.until(is_drafted, 2).await;
    replicated.until(COMMITTING, 1).await;
    assert!(!first.is_finished(), "it was found, and is not replicated");

    // The same command again, twice, at another server; and one that was replicated long before, of which it knows no better.
    let again = [
        new_instrument("a key", &other),
        new_instrument("a key", &other),
    ];
    let long_ago = new_instrument("before", &other);
    replicated.until(CONFIRMING, 1).await;
    assert!(
        again.iter().all(|again| !again.is_finished()),
        "they were only looked up"
    );
    replicated.release();
    let first = first.await.unwrap().expect(201);
    for again in again {
        assert_eq!(again.await.unwrap().expect(201), first);
    }
    assert_eq!(long_ago.await.unwrap().expect(201), drafted);

    // A command outside of the log.
    replicated.hold().await;
    let token = new_token("a token", &one);
    replicated.until(WAITING, 1).await;
    replicated.break_off().await;
    token.await.unwrap().expect(503);
    let again = new_token("a token", &other);
    replicated.until(COMMITTING, 1).await;
    assert!(!again.is_finished(), "it was only looked up");
    replicated.release();
    assert_eq!(again.await.unwrap().expect(201)["secret"], Value::Null);

    // What is saved as it is already changes nothing, and would acknowledge what is there.
    let id = first["id"].as_str().unwrap();
    let path = format!("/v1/instruments/{id}/draft");
    let save = |world: &World| {
        let draft = crate::support::questionnaire();
        world.put(&path).token(&one.officer).json(&draft).send()
    };
    let save = |world| tokio::spawn(save(world));
    save(&one).await.unwrap().expect(200);
    replicated.hold().await;
    let same = save(&other);
    replicated.until(CONFIRMING, 1).await;
    assert!(!same.is_finished(), "nobody's commit stands for it");
    replicated.release();
    same.await.unwrap().expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_takes_over_has_all_that_was_acknowledged() {
    let mut replicated = Replicated::start().await;
    let process = Process::on(&replicated.database).await;
    let mut acknowledged = Vec::new();
    for _ in 0..3 {
        let recorded = process.log.append(new_stream()).await.unwrap();
        acknowledged.push(recorded.last as i64);
    }
    replicated.hold().await;
    let lost = keyed(new_stream(), 1);
    let log = process.log.clone();
    let sent = lost.clone();
    let appending = tokio::spawn(async move { log.append(sent).await });
    replicated.until(WAITING, 1).await;
    replicated.break_off().await;
    replicated.until("select count(*) from log.event", 4).await;
    // Whoever finds it now may not build on it yet.
    let found = process.log.remembered(lost.command).await.unwrap();
    assert!(found.is_some(), "visible");
    let log = process.log.clone();
    let confirming = tokio::spawn(async move { log.confirm().await });
    replicated.until(CONFIRMING, 1).await;
    replicated.until(WAITING, 2).await;

    let standby = replicated.promote().await;
    assert!(appending.await.unwrap().is_err(), "it was not acknowledged");
    assert!(confirming.await.unwrap().is_err(), "nor was it confirmed");
    let pool = PgPool::connect_with(standby).await.unwrap();
    let there: Vec<i64> = sqlx::query_scalar("select position from log.event order by position")
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(there, acknowledged);
}
