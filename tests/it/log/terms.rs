//! A writer knows where its streams stand until another one appends; and is never wrong about it.

use event_log::{Append, AppendError, AppendReceipt, AppendRefusal};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::guards::until_lanes_wait;
use super::writers::{Process, append, assert_gapless, count, new_stream, noted, prepared};

const CONFLICT: Result<AppendReceipt, AppendError> =
    Err(AppendError::Refused(AppendRefusal::Conflict));
const TERM: &str = "select term from log.head";

fn one(stream: Uuid, expected: i32) -> Append {
    append(stream, expected, vec![noted(json!({}))])
}

#[tokio::test]
async fn a_term_is_a_run_of_appends_by_one_writer() {
    let database = prepared().await;
    let [ours, theirs] = [Process::on(&database).await, Process::on(&database).await];
    let mut terms = Vec::new();
    for process in [&ours, &ours, &theirs, &theirs, &ours] {
        process.log.append(new_stream()).await.unwrap();
        terms.push(count(&process.pool, TERM).await);
    }
    assert_eq!(
        terms,
        [1, 1, 3, 3, 5],
        "each named by the position of its first event"
    );
}

#[tokio::test]
async fn what_a_writer_has_under_way_together_is_of_one_term() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let mut head = process.pool.begin().await.unwrap();
    sqlx::query("select from log.head for update")
        .execute(&mut *head)
        .await
        .unwrap();
    let mut under_way = Vec::new();
    for number in 1..=2 {
        let log = process.log.clone();
        under_way.push(tokio::spawn(async move { log.append(new_stream()).await }));
        until_lanes_wait(&process.pool, number).await;
    }
    head.rollback().await.unwrap();
    for append in under_way {
        append.await.unwrap().unwrap();
    }
    assert_eq!(count(&process.pool, TERM).await, 1);
}

#[tokio::test]
async fn a_refused_append_begins_no_term() {
    let database = prepared().await;
    let [ours, theirs] = [Process::on(&database).await, Process::on(&database).await];
    let stream = clock::new_id();
    ours.log.append(one(stream, 0)).await.unwrap();
    assert_eq!(theirs.log.append(one(stream, 0)).await, CONFLICT);
    assert_eq!(count(&ours.pool, TERM).await, 1);
    // Neither may take the refusal for knowledge of the other's streams.
    ours.log.append(one(stream, 1)).await.unwrap();
    assert_eq!(theirs.log.append(one(stream, 1)).await, CONFLICT);
    theirs.log.append(one(stream, 2)).await.unwrap();
    assert_eq!(ours.log.append(one(stream, 2)).await, CONFLICT);
    ours.log.append(one(stream, 3)).await.unwrap();
    assert_eq!(assert_gapless(&ours.pool).await, 4);
}

#[test]
fn whoever_appends_in_whatever_turns_only_current_versions_are_accepted() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (database, processes) = runtime.block_on(async {
        let database = prepared().await;
        let processes = [Process::on(&database).await, Process::on(&database).await];
        (database, processes)
    });
    // Who appends, to which stream, how far from its version, and a guard with how far from its own.
    let guard = proptest::option::weighted(0.3, (0..3_usize, -1..=1_i32));
    let turn = (
        0..2_usize,
        0..3_usize,
        prop::sample::select(vec![0, 0, 0, -1, 1]),
        guard,
    );
    let config = ProptestConfig {
        cases: 30,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(turns in prop::collection::vec(turn, 1..20))| {
        let streams: Vec<Uuid> = (0..3).map(|_| clock::new_id()).collect();
        let mut versions = [0; 3];
        for (who, stream, off, guard) in turns {
            let mut append = one(streams[stream], versions[stream] + off);
            if let Some((guarded, off)) = guard {
                append.guards.push((streams[guarded], versions[guarded] + off));
            }
            let holds = off == 0 && guard.is_none_or(|(_, off)| off == 0);
            let answer = runtime.block_on(processes[who].log.append(append));
            if holds {
                prop_assert!(answer.is_ok(), "{:?}", answer);
                versions[stream] += 1;
            } else {
                prop_assert_eq!(answer, CONFLICT);
            }
        }
    });
    runtime.block_on(assert_gapless(&processes[0].pool));
    drop((processes, database));
}
