//! Letters follow the log: those of each event are written once, whenever a process is killed and however many there are.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};

use crate::support::{Call, Database, ServingProcess, World, eventually, http};

const PARTIES: [&str; 3] = ["FIN", "FRA", "SWE"];

/// A collection whose parties have focal points.
async fn asked() -> (World, String) {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({ "parties": PARTIES });
    let collection = world.open(&instrument, "2011-06-30", &invited).await;
    for party in PARTIES {
        let person = world.person().await;
        let path = format!("/v1/collections/{collection}/parties/{party}/focal-point");
        let name = world.put(&path).token(&world.officer);
        name.json(&json!({ "person": person })).expect(200).await;
    }
    (world, collection)
}

/// The same, served by nobody.
struct UnservedDatabase {
    database: Database,
    officer: String,
    collection: String,
}

impl UnservedDatabase {
    async fn new() -> Self {
        let (world, collection) = asked().await;
        let World {
            database,
            server,
            officer,
            ..
        } = world;
        server.stop().await;
        Self {
            database,
            officer,
            collection,
        }
    }

    fn serve(&self) -> ServingProcess {
        ServingProcess::start(&self.database, &[("RAPPORTEUR_LOG", "info")])
    }

    fn url(&self, served: &ServingProcess, path: &str) -> String {
        format!("{}/v1/collections/{}{path}", served.url, self.collection)
    }

    fn post(&self, served: &ServingProcess, path: &str, body: &Value) -> Call {
        let call = Call::new(&http(), Method::POST, &self.url(served, path));
        call.token(&self.officer).json(body)
    }

    async fn owner(&self) -> PgConnection {
        self.database.owner.connect().await.unwrap()
    }
}

/// More time for everybody: each time a year more.
fn extension(years: u32) -> Value {
    let at = format!("{}-01-01", 2100 + years);
    json!({"deadline": {"at": at, "time_zone": "Europe/Vienna"}, "reason": {"text": "They asked.", "lang": "en"}})
}

async fn sql(database: &Database, statement: &str) -> String {
    let mut connection = database.owner.connect().await.unwrap();
    let told = sqlx::query_scalar(AssertSqlSafe(statement.to_owned())).fetch_one(&mut connection);
    let told: String = told.await.unwrap();
    connection.close().await.unwrap();
    told
}

/// Waits until letters have followed all of the log.
async fn all_followed(database: &Database) {
    let follows = "select (f.position = h.position)::text from following.follower f cross join log.head h where f.name = 'letters'";
    eventually("letters follow", async || {
        sql(database, follows).await == "true"
    })
    .await;
}

/// How many extensions there are, how many letters tell of one, and of how many events and persons these are.
async fn counted(database: &Database) -> [u32; 3] {
    let counts = "select (select count(*) from log.event where kind = 'deadline_extended') || ' '
                      || count(*) || ' ' || count(distinct (event, person)) from mail.letter where kind = 'extension'";
    let told = sql(database, counts).await;
    let mut counts = told.split(' ').map(|count| count.parse().unwrap());
    [(); 3].map(|()| counts.next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_between_an_append_and_its_letters_loses_none() {
    let unserved = UnservedDatabase::new().await;
    let database = &unserved.database;
    let held = [
        // Before the letters are begun, and while they are written.
        "select position from following.follower where name = 'letters' for update",
        "lock table mail.letter in share mode",
    ];
    for round in 0..4 {
        let served = unserved.serve();
        let mut owner = unserved.owner().await;
        let mut hold = owner.begin().await.unwrap();
        let statement = held[round as usize % 2];
        sqlx::raw_sql(statement).execute(&mut *hold).await.unwrap();
        let extend = unserved.post(&served, "/extension", &extension(round));
        extend.expect(200).await;
        let expected = [round + 1, 3 * round, 3 * round];
        assert_eq!(counted(database).await, expected, "none is written yet");
        drop(served);
        hold.rollback().await.unwrap();
        let _served = unserved.serve();
        let (events, letters) = (round + 1, 3 * (round + 1));
        all_followed(database).await;
        assert_eq!(counted(database).await, [events, letters, letters]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_not_lost_with_the_process_and_invites_once() {
    let unserved = UnservedDatabase::new().await;
    let database = &unserved.database;
    let served = unserved.serve();
    let mut owner = unserved.owner().await;
    let mut hold = owner.begin().await.unwrap();
    let position = "select position from following.follower where name = 'letters' for update";
    sqlx::raw_sql(position).execute(&mut *hold).await.unwrap();
    let body = json!({"name": "Aino Esimerkki", "email": "aino@example.org"});
    let path = "/parties/FIN/invitation";
    let invite = |served: &ServingProcess| {
        let call = unserved.post(served, path, &body);
        call.header("idempotency-key", "invite")
    };
    let first = invite(&served).expect(201).await;
    let there = "select count(*) || ' ' || (select count(*) from access.link) || ' '
                     || (select count(*) from access.invitation_wish) from mail.letter";
    assert_eq!(sql(database, there).await, "0 0 1");
    drop(served);
    hold.rollback().await.unwrap();
    let served = unserved.serve();
    all_followed(database).await;
    assert_eq!(sql(database, there).await, "1 1 0");
    // Sent again under its key it invites nobody; sent anew it sends another link.
    assert_eq!(invite(&served).expect(201).await, first);
    assert_eq!(sql(database, there).await, "1 1 0");
    unserved.post(&served, path, &body).expect(201).await;
    assert_eq!(sql(database, there).await, "2 2 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn whenever_a_process_is_killed_each_event_has_its_letters_once() {
    let unserved = UnservedDatabase::new().await;
    let database = &unserved.database;
    for round in 0..5 {
        let served = unserved.serve();
        let first = extension(10 * round);
        let first = unserved.post(&served, "/extension", &first);
        first.expect(200).await;
        let client = http();
        let send = (1..8).map(|call| {
            let request = client.post(unserved.url(&served, "/extension"));
            let request = request.bearer_auth(&unserved.officer);
            request.json(&extension(10 * round + call)).send()
        });
        // Whoever is cut off hears nothing.
        let sent = join_all(send);
        let _ = tokio::time::timeout(Duration::from_millis(4 + 9 * u64::from(round)), sent).await;
        drop(served);
    }
    let _served = unserved.serve();
    all_followed(database).await;
    let [events, letters, different] = counted(database).await;
    assert!(events >= 5, "{events}");
    assert_eq!([letters, different], [3 * events, 3 * events]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_writes_the_letters_of_an_event_and_none_does_so_twice() {
    let (world, collection) = asked().await;
    let served = ServingProcess::start(&world.database, &[("RAPPORTEUR_LOG", "info")]);
    let path = format!("/v1/collections/{collection}/extension");
    for years in 0..12 {
        let url = match years % 2 {
            0 => world.url(&path),
            _ => format!("{}{path}", served.url),
        };
        let call = Call::new(&http(), Method::POST, &url);
        let call = call.token(&world.officer).json(&extension(years));
        call.expect(200).await;
    }
    all_followed(&world.database).await;
    assert_eq!(counted(&world.database).await, [12, 36, 36]);
    // Should the position ever be set back, the letters' own key stands guard.
    world
        .sql("update following.follower set position = 0")
        .await;
    all_followed(&world.database).await;
    assert_eq!(counted(&world.database).await, [12, 36, 36]);
}
