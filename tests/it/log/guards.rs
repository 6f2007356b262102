//! A decision holds only for the versions that it read.

use event_log::{Append, AppendError, AppendReceipt, AppendRefusal};
use futures_util::future::{FutureExt, join_all};
use proptest::prelude::*;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::writers::{
    Process, append, assert_gapless, count, events, keyed, new_stream, noted, prepared,
};

const CONFLICT: Result<AppendReceipt, AppendError> =
    Err(AppendError::Refused(AppendRefusal::Conflict));

fn guarded(mut append: Append, guards: &[(Uuid, i32)]) -> Append {
    append.guards = guards.to_vec();
    append
}

fn one(stream: Uuid, expected: i32) -> Append {
    append(stream, expected, vec![noted(json!({}))])
}

#[tokio::test]
async fn another_version_than_the_expected_one_is_a_conflict() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let stream = clock::new_id();
    process.log.append(one(stream, 0)).await.unwrap();
    for expected in [0, 2, -1, i32::MAX - 1] {
        assert_eq!(
            process.log.append(one(stream, expected)).await,
            CONFLICT,
            "expected {expected}"
        );
    }
    assert_eq!(
        process.log.append(one(clock::new_id(), 1)).await,
        CONFLICT,
        "a stream that is not there"
    );
    process.log.append(one(stream, 1)).await.unwrap();
    assert_eq!(assert_gapless(&process.pool).await, 2);
}

#[tokio::test]
async fn a_guard_that_no_longer_holds_is_a_conflict() {
    let database = prepared().await;
    let [ours, theirs] = [Process::on(&database).await, Process::on(&database).await];
    let [read, also_read, absent] = [clock::new_id(), clock::new_id(), clock::new_id()];
    ours.log.append(one(read, 0)).await.unwrap();
    ours.log.append(one(also_read, 0)).await.unwrap();
    let guards = [(read, 1), (also_read, 1), (absent, 0)];

    let held = guarded(new_stream(), &guards);
    ours.log.append(held).await.unwrap();
    theirs.log.append(one(also_read, 1)).await.unwrap();
    let stale = guarded(new_stream(), &guards);
    assert_eq!(ours.log.append(stale).await, CONFLICT);
    theirs.log.append(one(absent, 0)).await.unwrap();
    let stale = guarded(new_stream(), &[(read, 1), (also_read, 2), (absent, 0)]);
    assert_eq!(ours.log.append(stale).await, CONFLICT, "it exists by now");
}

#[tokio::test]
async fn appends_of_one_batch_see_those_accepted_before_them() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let [collection, reply, late] = [clock::new_id(), clock::new_id(), clock::new_id()];
    process.log.append(one(collection, 0)).await.unwrap();
    let appends = vec![
        one(reply, 0),
        // The next version of what is appended just before it.
        one(reply, 1),
        one(reply, 1),
        guarded(one(clock::new_id(), 0), &[(collection, 1)]),
        one(collection, 1),
        guarded(one(late, 0), &[(collection, 1)]),
        guarded(one(clock::new_id(), 0), &[(late, 0), (collection, 2)]),
    ];
    let answers = join_all(appends.into_iter().map(|append| process.log.append(append))).await;
    let good: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(good, [true, true, false, true, true, false, true]);
    assert_eq!(answers[2], CONFLICT);
    assert_eq!(answers[5], CONFLICT);
    let positions: Vec<u64> = answers
        .iter()
        .flatten()
        .map(|recorded| recorded.first)
        .collect();
    assert_eq!(positions, [2, 3, 4, 5, 6]);
    assert_eq!(assert_gapless(&process.pool).await, 6);
}

#[tokio::test]
async fn a_key_sent_twice_in_one_batch_is_recorded_once() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let first = keyed(new_stream(), 1);
    let mut other = first.clone();
    other.command.request = Some([2; 32]);
    let appends = [first.clone(), first.clone(), other, first];
    let answers = join_all(appends.into_iter().map(|append| process.log.append(append))).await;
    let recorded = |repeated| {
        Ok(AppendReceipt {
            first: 1,
            last: 1,
            repeated,
        })
    };
    assert_eq!(
        answers,
        [
            recorded(false),
            recorded(true),
            Err(AppendError::Refused(AppendRefusal::KeyReused)),
            recorded(true)
        ]
    );
    assert_eq!(assert_gapless(&process.pool).await, 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_nothing_with_it() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let gone = new_stream();
    let stream = gone.stream;
    let mut going = Box::pin(process.log.append(gone));
    assert!((&mut going).now_or_never().is_none(), "it is on its way");
    drop(going);
    process.log.append(new_stream()).await.unwrap();
    assert_eq!(events(&process.pool).await[0].1, stream);
    assert_eq!(assert_gapless(&process.pool).await, 2);
    assert_eq!(
        count(&process.pool, "select count(*) from log.command").await,
        0
    );
}

/// An append of a random batch: its stream, the version it expects, its events, and a guard.
type Random = (usize, i32, usize, Option<(usize, i32)>);

/// What should become of the appends, by the rule in so many words.
fn by_the_rule(appends: &[Random]) -> Vec<bool> {
    let mut versions = [0; 4];
    let mut accepted = Vec::new();
    for (stream, expected, events, guard) in appends {
        let good = versions[*stream] == *expected
            && guard.is_none_or(|(guarded, version)| versions[guarded] == version);
        if good {
            versions[*stream] += *events as i32;
        }
        accepted.push(good);
    }
    accepted
}

/// Waits until so many connections of the writer wait for the head row.
pub async fn until_lanes_wait(pool: &PgPool, number: i64) {
    let waiting = "select count(*) from pg_stat_activity
                    where datname = current_database() and application_name = 'rapporteur writer' and wait_event_type = 'Lock'";
    while count(pool, waiting).await < number {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[test]
fn random_batches_are_accepted_by_the_rule() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (database, process) = runtime.block_on(async {
        let database = prepared().await;
        let process = Process::on(&database).await;
        (database, process)
    });
    let guard = proptest::option::of((0..4_usize, 0..3));
    let batches = prop::collection::vec((0..4_usize, 0..4, 1..3_usize, guard), 1..30);
    let config = ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(batch in batches)| {
        let streams: Vec<Uuid> = (0..4).map(|_| clock::new_id()).collect();
        let appends = batch.iter().map(|(stream, expected, events, guard)| {
            let events = (0..*events).map(|_| noted(json!({}))).collect();
            let append = append(streams[*stream], *expected, events);
            let guards: Vec<_> = guard.iter().map(|(guarded, version)| (streams[*guarded], *version)).collect();
            process.log.append(guarded(append, &guards))
        });
        let answers = runtime.block_on(async {
            // Both of the writer's lanes are held up, so that the batch gathers and is recorded as one, in its order.
            let mut head = process.pool.begin().await.unwrap();
            sqlx::query("select from log.head for update").execute(&mut *head).await.unwrap();
            let mut plugs = Vec::new();
            for number in 1..=2 {
                let log = process.log.clone();
                plugs.push(tokio::spawn(async move { log.append(new_stream()).await }));
                until_lanes_wait(&process.pool, number).await;
            }
            let (answers, ()) = tokio::join!(join_all(appends), async {
                head.rollback().await.unwrap();
            });
            for plug in plugs {
                plug.await.unwrap().unwrap();
            }
            answers
        });
        let accepted: Vec<bool> = answers.iter().map(Result::is_ok).collect();
        prop_assert_eq!(accepted, by_the_rule(&batch));
    });
    runtime.block_on(assert_gapless(&process.pool));
    drop((process, database));
}
