//! Views: built beside and swapped under load, equal to themselves live, and never written by a foreign program.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rapporteur::access::Role;
use rapporteur::clock;
use rapporteur::log::AppendError;
use rapporteur::server;
use rapporteur::views::{self, DEFINITIONS, Definitions, RebuildError, Standing, View};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::logs::{Process, party};
use crate::support::{Database, World};

const COUNTING: View = View {
    name: "counting",
    kinds: &["party_registered"],
    sql: "create table counting (since bigint primary key);
          create function project_counting(p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[],
                                           p_data jsonb[]) returns void language sql as $$
              insert into counting select position from unnest(p_position, p_kind) as e (position, kind)
               where kind = 'party_registered' $$;",
    public: &[],
};

const RAISING: View = View {
    name: "raising",
    kinds: &["standard_added"],
    sql: "create function project_raising(p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[],
                                          p_data jsonb[]) returns void language plpgsql as $$
          begin if 'standard_added' = any(p_kind) then raise 'no standards here'; end if; end $$;",
    public: &[],
};

fn with(view: View, generation: i32) -> Definitions {
    let mut views = DEFINITIONS.views.to_vec();
    views.push(view);
    Definitions {
        generation,
        views: Cow::Owned(views),
    }
}

/// Every row of every table of the views.
async fn contents(database: &Database) -> BTreeMap<String, Vec<String>> {
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'views'")
            .fetch_all(&pool)
            .await
            .unwrap();
    let mut contents = BTreeMap::new();
    for table in tables {
        let rows = format!("select to_jsonb(t)::text from views.{table} t order by 1");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(rows))
            .fetch_all(&pool)
            .await
            .unwrap();
        contents.insert(table, rows);
    }
    contents
}

#[tokio::test]
async fn a_program_with_other_definitions_reads_and_does_not_write() {
    let database = Database::new().await;
    for foreign in [with(COUNTING, 1), with(COUNTING, 0)] {
        let mut settings = database.settings();
        settings.definitions = foreign.clone();
        let server = server::start(settings).await.unwrap();
        let world = World::around(database.clone(), server).await;
        world.get("/v1/parties").expect(200).await;
        world.get("/readyz").problem(503, "views_differ").await;
        world
            .post("/v1/parties")
            .token(&world.officer)
            .json(&json!({"code": "SAMPLE", "kind": "ngo", "names": {"en": "A sample"}}))
            .problem(503, "views_differ")
            .await;
        world
            .get("/v1/parties/SAMPLE")
            .problem(404, "not_found")
            .await;
        world.server.stop().await;
    }
    assert_eq!(
        Process::on(&database)
            .await
            .log
            .head()
            .await
            .unwrap()
            .position,
        240
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_definition_is_rebuilt_beside_and_swapped_under_load() {
    let database = Database::new().await;
    let newer = with(COUNTING, DEFINITIONS.generation + 1);
    let old = Process::on(&database).await;
    let new = Process::with(&database, database.application.clone(), &newer, 4096).await;
    let first_refusal = new.log.append(party(clock::new_id(), 0)).await;
    assert!(
        matches!(first_refusal, Err(AppendError::ViewsDiffer(_))),
        "{first_refusal:?}"
    );

    let stop = Arc::new(AtomicBool::new(false));
    let load = |process: &Process| {
        let (log, stop) = (process.log.clone(), stop.clone());
        tokio::spawn(async move {
            let mut recorded = 0_u64;
            let mut refused = 0_u64;
            while !stop.load(Ordering::Relaxed) {
                match log.append(party(clock::new_id(), 0)).await {
                    Ok(_) => recorded += 1,
                    Err(AppendError::ViewsDiffer(_)) => {
                        refused += 1;
                        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            (recorded, refused)
        })
    };
    let writers = [load(&old), load(&old), load(&new), load(&new)];
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let before = old.log.head().await.unwrap().position;
    assert_eq!(
        views::ensure(&database.owner, &newer).await.unwrap(),
        Standing::Older(DEFINITIONS.generation)
    );
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);
    let mut total = 0;
    for (place, writer) in writers.into_iter().enumerate() {
        let (recorded, refused) = writer.await.unwrap();
        assert!(
            recorded > 0 && refused > 0,
            "writer {place}: {recorded} recorded, {refused} refused"
        );
        total += recorded;
    }
    let head = new.log.head().await.unwrap().position;
    assert!(
        before > 240 && head == 240 + total,
        "every acknowledged append is in the log, once"
    );
    let live = contents(&database).await;
    assert_eq!(live["counting"].len() as u64, 195 + total);
    views::rebuild(&database.owner, &newer).await.unwrap();
    assert_eq!(contents(&database).await, live);
}

#[tokio::test]
async fn an_event_that_cannot_be_projected_is_named_and_the_old_views_stay() {
    let database = Database::new().await;
    let before = contents(&database).await;
    let error = views::rebuild(&database.owner, &with(RAISING, DEFINITIONS.generation + 1))
        .await
        .unwrap_err();
    let RebuildError::Poisoned { position, why } = error else {
        panic!("{error}");
    };
    let process = Process::on(&database).await;
    let first = process
        .log
        .after(0, 500)
        .await
        .unwrap()
        .into_iter()
        .find(|event| event.kind == "standard_added")
        .unwrap();
    assert_eq!(u64::try_from(position).unwrap(), first.position);
    assert!(why.contains("no standards here"), "{why}");
    assert_eq!(contents(&database).await, before);
    process.log.append(party(clock::new_id(), 0)).await.unwrap();
}

/// A small deterministic generator: histories differ from seed to seed, and a failing one can be played again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn random_answer(dice: &mut Dice) -> (&'static str, Value) {
    match dice.roll(9) {
        0 | 1 => (
            "A1",
            json!({"value": (["yes", "in_part", "no"][dice.roll(3) as usize])}),
        ),
        2 => (
            "A2",
            json!({"value": ([["a"].as_slice(), &["a", "b"], &["none"]][dice.roll(3) as usize])}),
        ),
        3 => ("A3", json!({"value": dice.roll(1000)})),
        4 => (
            "A4",
            json!({"value": format!("{}.{}", dice.roll(100), dice.roll(10))}),
        ),
        5 => ("A5", json!({"value": "2010-12-21"})),
        6 => ("A6", json!({"value": 1950 + dice.roll(60)})),
        7 => (
            "D1",
            json!({"value": {"text": format!("words {}", dice.roll(9)), "lang": "fr"}}),
        ),
        _ => (
            ["A1", "A2", "A3", "A4", "A5", "A6", "D1"][dice.roll(7) as usize],
            json!({"not_available": true}),
        ),
    }
}

/// Plays a random history over HTTP. Whether a step is accepted or refused is for the rules to say; no step is a 500.
async fn random_history(world: &World, dice: &mut Dice, steps: u64) {
    let codes = ["FIN", "THA", "BRA", "KEN", "EST", "VAT"];
    let opened = [
        world
            .collection(json!({"parties": ["FIN", "THA", "BRA"]}))
            .await,
        world
            .collection(json!({"kinds": ["member_state", "observer_state"]}))
            .await,
    ];
    let mut tokens = Vec::new();
    for code in codes {
        tokens.push(world.token(Role::FocalPoint, Some(code)).await);
    }
    let mut accepted = 0;
    for step in 0..steps {
        let place = dice.roll(6) as usize;
        let (code, token) = (codes[place], &tokens[place]);
        let collection = &opened[dice.roll(2) as usize].collection;
        let of_collection = format!("/v1/collections/{collection}");
        let party = rapporteur::domain::PartyId::of(code);
        let reply = rapporteur::domain::ReplyId::of(collection.parse().unwrap(), party);
        let call = match dice.roll(40) {
            0 => world.post(&format!("{of_collection}/closure")).token(&world.officer),
            1..=3 => world.post(&format!("{of_collection}/reopening")).token(&world.officer).json(&json!({"reason": "a test"})),
            4 => world.post(&format!("{of_collection}/invitations")).token(&world.officer).json(&json!({"parties": [code]})),
            5 => world.post(&format!("/v1/parties/{code}/regional-group")).token(&world.officer).json(
                &json!({"regional_group": (["african", "weog", "grulac"][dice.roll(3) as usize]), "on": "2011-01-01", "reason": "a test"}),
            ),
            6 => world.post("/v1/parties").token(&world.officer).json(&json!({"code": format!("NGO-{step}"), "kind": "ngo", "names": {"en": "A sample"}})),
            7..=11 => world.post(&format!("{of_collection}/replies")).token(token),
            12..=15 => world.post(&format!("/v1/replies/{reply}/submission")).token(token),
            16..=18 => world.delete(&format!("/v1/replies/{reply}/answers/{}", random_answer(dice).0)).token(token),
            _ => {
                let mut answers = serde_json::Map::new();
                for _ in 0..=dice.roll(4) {
                    let (code, answer) = random_answer(dice);
                    let cleared = dice.roll(6) == 0;
                    answers.insert(code.to_owned(), if cleared { Value::Null } else { answer });
                }
                world.patch(&format!("/v1/replies/{reply}/answers")).token(token).json(&json!({"answers": answers}))
            }
        };
        let answer = call.send().await;
        assert!(answer.status < 500, "{answer:#?}");
        accepted += u64::from(answer.status < 300);
    }
    assert!(
        accepted > steps / 4,
        "only {accepted} of {steps} steps were accepted"
    );
}

#[tokio::test]
async fn views_rebuilt_equal_views_live_after_random_histories() {
    for seed in [3, 2004, 28] {
        let world = World::new().await;
        random_history(&world, &mut Dice(seed), 400).await;
        let live = contents(&world.database).await;
        assert!(
            live["answer"].len() > 20 && !live["submission"].is_empty(),
            "seed {seed} has a history worth comparing"
        );
        views::rebuild(&world.database.owner, &DEFINITIONS)
            .await
            .unwrap();
        assert_eq!(contents(&world.database).await, live, "seed {seed}");
        lives_do_not_overlap(&world.database).await;
        world.server.stop().await;
    }
}

async fn lives_do_not_overlap(database: &Database) {
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    for (table, key) in [
        ("answer", "reply, question"),
        ("party_group", "party"),
        ("collection_status", "collection"),
        ("submission", "collection, reply"),
    ] {
        let overlapping = format!(
            "select count(*) from (select since, until, lead(since) over (partition by {key} order by since) as next
                                     from views.{table}) f
              where until <= since or (next is not null and (until is null or until > next))"
        );
        let overlapping: i64 = sqlx::query_scalar(AssertSqlSafe(overlapping))
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(overlapping, 0, "{table}");
    }
}

#[tokio::test]
async fn every_view_reads_the_kinds_that_it_names_and_takes_an_empty_batch() {
    let database = Database::new().await;
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql("set search_path = views")
        .execute(&mut *connection)
        .await
        .unwrap();
    for view in DEFINITIONS.views.iter() {
        for kind in view.kinds {
            assert!(
                view.sql.contains(&format!("'{kind}'")),
                "{} names {kind}, and does not read it",
                view.name
            );
        }
        let empty = format!(
            "select project_{}('{{}}', '{{}}', '{{}}', '{{}}', '{{}}')",
            view.name
        );
        sqlx::raw_sql(AssertSqlSafe(empty))
            .execute(&mut *connection)
            .await
            .unwrap();
    }
}
