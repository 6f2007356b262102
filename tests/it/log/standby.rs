//! A synchronous standby that does not get what the primary has committed: nothing of it is acknowledged.

use rapporteur::views::DEFINITIONS;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::writers::{Process, keyed, new_stream};
use crate::support::{Answer, ReplicatedServers, World};

/// Backends that wait for the standby.
const WAITING: &str = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
/// Those of them that append.
const APPENDING: &str = "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '%log.append(%'";
/// Those of them that a writer has made, whatever they are at.
const SETTLING: &str = "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'rapporteur writer'";
/// Those of them that have only looked something up, and confirm it.
const CONFIRMING: &str = "select count(*) from pg_stat_activity
                           where wait_event = 'SyncRep' and query like '%pg_logical_emit_message%'";
/// Those of them that end a transaction of several statements.
const COMMITTING: &str =
    "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query = 'COMMIT'";

fn new_instrument(key: &str, world: &World, token: &str) -> JoinHandle<Answer> {
    let draft = json!({"title": {"en": "A sample"}, "category": "I", "route": "intersessional", "languages": ["en"]});
    let call = world.post("/v1/instruments").token(token);
    tokio::spawn(call.header("idempotency-key", key).json(&draft).send())
}

fn new_token(key: &str, world: &World, token: &str) -> JoinHandle<Answer> {
    let call = world.post("/v1/tokens").token(token);
    let call = call.header("idempotency-key", key);
    tokio::spawn(call.json(&json!({"name": "A dashboard"})).send())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_visible_and_not_replicated_is_not_acknowledged_before_it_is() {
    let mut replicated = ReplicatedServers::start().await;
    let one = World::on(replicated.database.clone()).await;
    let other = World::on(replicated.database.clone()).await;
    let officer = one.officer.clone();
    let drafted = new_instrument("before", &one, &officer)
        .await
        .unwrap()
        .expect(201);
    let is_drafted = "select count(*) from log.event where kind = 'instrument_drafted'";

    // A lane whose connection ends while it waits looks its appends up, and goes on waiting.
    replicated.hold().await;
    let first = new_instrument("a key", &one, &officer);
    replicated.until(APPENDING, 1).await;
    replicated.break_off().await;
    replicated.until(is_drafted, 2).await;
    replicated.until(SETTLING, 1).await;
    assert!(!first.is_finished(), "it was found, and is not replicated");

    // The same command again, twice, at another server; and one that was replicated long before, of which it knows no better.
    let again = || new_instrument("a key", &other, &officer);
    let again = [again(), again()];
    let long_ago = new_instrument("before", &other, &officer);
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
    let token = new_token("a token", &one, &officer);
    replicated.until(COMMITTING, 1).await;
    replicated.break_off().await;
    token.await.unwrap().expect(503);
    let again = new_token("a token", &other, &officer);
    replicated.until(COMMITTING, 1).await;
    assert!(!again.is_finished(), "it was only looked up");
    replicated.release();
    assert_eq!(again.await.unwrap().expect(201)["secret"], Value::Null);

    // A root is given out to be noted elsewhere.
    replicated.hold().await;
    let head = other.get("/v1/log/head");
    let head = tokio::spawn(async move { head.send().await });
    replicated.until(CONFIRMING, 1).await;
    assert!(!head.is_finished(), "it was only looked up");
    replicated.release();
    head.await.unwrap().expect(200);

    // What is saved as it is already changes nothing, and would acknowledge what is there.
    let opened = one.collection(json!({"parties": ["FIN"]})).await;
    let finland = one.focal_point("FIN").await;
    let reply = one.reply(&opened.collection, &finland).await;
    let save = |world: &World| {
        let call = world
            .patch(&format!("/v1/replies/{reply}/answers"))
            .token(&finland);
        tokio::spawn(
            call.json(&json!({"answers": {"A1": {"value": "yes"}}}))
                .send(),
        )
    };
    save(&one).await.unwrap().expect(200);
    replicated.hold().await;
    let same = save(&other);
    replicated.until(CONFIRMING, 1).await;
    assert!(!same.is_finished(), "nobody's commit stands for it");
    replicated.release();
    assert_eq!(same.await.unwrap().expect(200)["saved"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_takes_over_has_all_that_was_acknowledged() {
    let mut replicated = ReplicatedServers::start().await;
    // Whatever the database's own default is.
    let weaker = replicated.database.application.clone();
    let weaker = weaker.options([("synchronous_commit", "local")]);
    let process = Process::open(&replicated.database, weaker, &DEFINITIONS, 4096).await;
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
    let found = process.log.find_command(lost.command).await.unwrap();
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
