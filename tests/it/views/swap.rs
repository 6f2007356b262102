//! Views are rebuilt beside the old ones and swapped, while appends go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use event_log::views::{self, Definitions};
use event_log::{AppendError, Log};
use rapporteur::views::DEFINITIONS;
use serde_json::json;
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::dump::{built, dump, schemas, with_notes, with_other_notes};
use crate::log::writers::{
    Process, append, assert_gapless, count, event, noted, prepared, registered,
};
use crate::support::Database;

/// More events than are projected under the lock.
async fn fill(process: &Process) {
    for _ in 0..12 {
        let events = (0..200).map(|_| noted(json!({"filled": true}))).collect();
        process
            .log
            .append(append(clock::new_id(), 0, events))
            .await
            .unwrap();
    }
}

/// What a writer was told: positions, and how often it was refused for its views.
#[derive(Default)]
struct WriterTally {
    positions: Vec<u64>,
    refused: usize,
}

/// Appends events that views read, each to one stream or a new one, until told to stop.
fn keep_writing(log: Log, number: usize, stop: Arc<AtomicBool>) -> JoinHandle<WriterTally> {
    tokio::spawn(async move {
        let mut told = WriterTally::default();
        let (stream, mut version) = (clock::new_id(), 0);
        while !stop.load(Ordering::Relaxed) {
            let events = if version == 0 {
                vec![registered(&format!("W{number}")), noted(json!({}))]
            } else {
                let group = if version % 2 == 0 {
                    json!("african")
                } else {
                    json!("weog")
                };
                vec![
                    event(
                        "party_regrouped",
                        json!({"regional_group": group, "on": "2004-07-21", "reason": "A"}),
                    ),
                    noted(json!({})),
                ]
            };
            match log.append(append(stream, version, events)).await {
                Ok(recorded) => {
                    told.positions.extend(recorded.first..=recorded.last);
                    version += 2;
                }
                Err(AppendError::ViewsDiffer(_)) => {
                    told.refused += 1;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
        told
    })
}

async fn head(pool: &PgPool) -> i64 {
    count(pool, "select position from log.head").await
}

/// Every noted event is in its view, and everything in the views is as a rebuild makes it.
async fn assert_views_are_whole(database: &Database, pool: &PgPool, definitions: &Definitions) {
    let missing =
        "select count(*) from log.event e full join views.note n on n.position = e.position
                    where e.position is null or (e.kind = 'noted') <> (n.position is not null)";
    assert_eq!(
        count(pool, missing).await,
        0,
        "each noted event is there, and nothing else"
    );
    let live = dump(pool).await;
    let rebuilt = views::rebuild(&database.owner, definitions).await.unwrap();
    assert_eq!(rebuilt.events as i64, head(pool).await);
    assert_eq!(dump(pool).await, live);
    assert_eq!(schemas(pool).await, ["views"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn newer_definitions_are_swapped_in_under_load_and_only_their_program_writes_on() {
    let database = prepared().await;
    let (older, newer) = (
        Process::on(&database).await,
        Process::with(&database, &with_notes(1)).await,
    );
    fill(&older).await;
    let stop = Arc::new(AtomicBool::new(false));
    let write = |process: &Process, number| keep_writing(process.log.clone(), number, stop.clone());
    let old: Vec<_> = (0..4).map(|number| write(&older, number)).collect();
    let new: Vec<_> = (4..8).map(|number| write(&newer, number)).collect();

    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = head(&older.pool).await;
    views::ensure(&database.owner, &with_notes(1))
        .await
        .unwrap();
    let after = head(&older.pool).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);

    let mut told = [WriterTally::default(), WriterTally::default()];
    for (number, writer) in old.into_iter().chain(new).enumerate() {
        let each = writer.await.unwrap();
        told[number / 4].positions.extend(each.positions);
        told[number / 4].refused += each.refused;
    }
    let [old, new] = told;
    let last = assert_gapless(&older.pool).await;
    let swapped = *old.positions.iter().max().unwrap();
    assert!(before > 2_400, "the old program wrote before: {before}");
    assert!(
        swapped > before as u64,
        "and while the new views were built: {swapped}"
    );
    assert!(
        new.positions.iter().all(|position| *position > swapped),
        "the swap is one moment"
    );
    assert!(
        last > after as u64,
        "the new program goes on writing: {last}"
    );
    assert!(old.refused > 0, "the old program is told so");
    assert!(new.refused > 0, "and so was the new one before");
    assert_eq!(
        2_400 + old.positions.len() + new.positions.len(),
        last as usize
    );
    assert_eq!(
        built(&older.pool).await,
        (DEFINITIONS.generation + 1, with_notes(1).hash())
    );
    assert_views_are_whole(&database, &older.pool, &with_notes(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_of_the_same_definitions_loses_nothing_and_writers_and_readers_just_go_on() {
    let database = prepared().await;
    views::ensure(&database.owner, &with_notes(1))
        .await
        .unwrap();
    let processes = [
        Process::with(&database, &with_notes(1)).await,
        Process::with(&database, &with_notes(1)).await,
    ];
    fill(&processes[0]).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..8)
        .map(|number| keep_writing(processes[number % 2].log.clone(), number, stop.clone()))
        .collect();
    let (reading, pool) = (stop.clone(), processes[0].pool.clone());
    let reader = tokio::spawn(async move {
        let mut most = 0;
        while !reading.load(Ordering::Relaxed) {
            let now = count(&pool, "select count(*) from views.note").await;
            assert!(
                now >= most,
                "a reader sees the one or the other, each of them whole: {now} after {most}"
            );
            most = now;
        }
        most
    });
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        views::rebuild(&database.owner, &with_notes(1))
            .await
            .unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.store(true, Ordering::Relaxed);

    let mut written = 2_400;
    for writer in writers {
        let told = writer.await.unwrap();
        assert_eq!(told.refused, 0);
        written += told.positions.len();
    }
    assert!(reader.await.unwrap() > 2_400);
    assert_eq!(assert_gapless(&processes[0].pool).await, written as u64);
    assert_views_are_whole(&database, &processes[0].pool, &with_notes(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_programs_that_start_at_once_the_newest_has_the_last_word() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    fill(&process).await;
    for round in 1..=3 {
        let generations = [
            10 * round + 2,
            10 * round + 5,
            10 * round + 3,
            10 * round + 5,
        ];
        let ensured = generations.map(|generation| {
            let owner = database.owner.clone();
            tokio::spawn(async move { views::ensure(&owner, &with_other_notes(generation)).await })
        });
        for each in ensured {
            each.await.unwrap().unwrap();
        }
        assert_eq!(
            built(&process.pool).await,
            (
                DEFINITIONS.generation + 10 * round + 5,
                with_other_notes(10 * round + 5).hash()
            )
        );
        assert_eq!(schemas(&process.pool).await, ["views"]);
    }
}
