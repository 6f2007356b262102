//! Many writers, two processes, one order.

use std::collections::HashMap;
use std::time::Duration;

use event_log::canonical::canonical;
use event_log::{AppendError, AppendReceipt, AppendRefusal, Log};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::writers::{Process, append, assert_gapless, event, noted, prepared, registered};

const WRITERS: usize = 64;
const EVENTS: usize = 20_000;
/// Sixteen writers write to these, four to each.
const SHARED: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_over_two_processes_leave_one_order_that_a_follower_sees_as_it_grows() {
    let database = prepared().await;
    let processes = [Process::on(&database).await, Process::on(&database).await];
    let followers: Vec<_> = processes
        .iter()
        .map(|process| tokio::spawn(follow(process.log.clone())))
        .collect();

    let shared: Vec<Uuid> = (0..SHARED).map(|_| clock::new_id()).collect();
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let process = &processes[number % 2];
            let quota = EVENTS / WRITERS + usize::from(number < EVENTS % WRITERS);
            // Two writers of each process share a stream.
            let stream = if number % 4 < 2 && number < 32 {
                shared[number / 4 % SHARED]
            } else {
                clock::new_id()
            };
            tokio::spawn(write(
                process.log.clone(),
                process.pool.clone(),
                number,
                stream,
                quota,
            ))
        })
        .collect();
    let mut answers = Vec::new();
    for writer in writers {
        answers.extend(writer.await.unwrap());
    }

    let pool = &processes[0].pool;
    assert_eq!(assert_gapless(pool).await, EVENTS as u64);
    assert_stored_as_answered(pool, answers).await;
    assert_well_formed(pool).await;
    let conflicts = processes
        .iter()
        .map(|process| &process.log.metrics().conflicts);
    let conflicts: u64 = conflicts
        .map(|count| count.load(std::sync::atomic::Ordering::Relaxed))
        .sum();
    assert!(
        conflicts > 0,
        "writers that share a stream get into each other's way"
    );
    for follower in followers {
        let read = follower.await.unwrap();
        assert!(
            read.len() > 20,
            "a follower reads all the while, not once at the end: {}",
            read.len()
        );
        let seen: Vec<u64> = read.into_iter().flatten().collect();
        assert_eq!(seen, (1..=EVENTS as u64).collect::<Vec<_>>());
    }
}

/// Reads what is new whenever the log says that there is something; answers each read's positions.
async fn follow(log: Log) -> Vec<Vec<u64>> {
    let mut watch = log.watch();
    let mut reads: Vec<Vec<u64>> = Vec::new();
    let mut last = 0;
    while last < EVENTS as u64 {
        watch.wait_for(|head| *head > last).await.unwrap();
        let events = log.envelopes_after(last, 1_000).await.unwrap().events;
        assert!(
            !events.is_empty(),
            "what the log has announced can be read: nothing after {last}"
        );
        for (position, envelope) in &events {
            let envelope: Value = serde_json::from_str(envelope).unwrap();
            assert_eq!(envelope["position"], *position);
        }
        let positions: Vec<u64> = events.iter().map(|(position, _)| *position).collect();
        last = *positions.last().unwrap();
        reads.push(positions);
    }
    reads
}

/// Appends one to five events at a time, deciding anew after each conflict.
async fn write(
    log: Log,
    pool: PgPool,
    number: usize,
    stream: Uuid,
    quota: usize,
) -> Vec<(Uuid, AppendReceipt, usize)> {
    let mut written = 0;
    let mut version = 0;
    let mut answers = Vec::new();
    while written < quota {
        let some = (1 + (number + answers.len()) % 5).min(quota - written);
        let events = (0..some).map(|place| match (version, place) {
            (0, 0) => registered(&format!("W{number}")),
            (_, 1) => event(
                "party_regrouped",
                json!({"on": "2004-07-21", "reason": "Ä \"quoted\" \u{1} word"}),
            ),
            _ => noted(json!({"writer": number, "written": written, "ключ": [1, -2, null, true]})),
        });
        let append = append(stream, version, events.collect());
        let command = append.command.id;
        match tokio::time::timeout(Duration::from_secs(60), log.append(append))
            .await
            .unwrap()
        {
            Ok(recorded) => {
                answers.push((command, recorded, some));
                written += some;
                version += some as i32;
            }
            Err(AppendError::Refused(AppendRefusal::Conflict)) => {
                let query = "select coalesce(max(version), 0) from log.event where stream = $1";
                version = sqlx::query_scalar(query)
                    .bind(stream)
                    .fetch_one(&pool)
                    .await
                    .unwrap();
            }
            Err(error) => panic!("writer {number}: {error}"),
        }
    }
    answers
}

/// Every answer names the positions at which its command's events stand, and no other answer names them.
async fn assert_stored_as_answered(pool: &PgPool, answers: Vec<(Uuid, AppendReceipt, usize)>) {
    let mut owner: HashMap<i64, Uuid> = HashMap::new();
    for (command, recorded, events) in answers {
        assert!(!recorded.repeated);
        assert_eq!(recorded.last + 1 - recorded.first, events as u64);
        for position in recorded.first..=recorded.last {
            assert_eq!(owner.insert(position as i64, command), None);
        }
    }
    let stored = super::writers::events(pool).await;
    assert_eq!(stored.len(), owner.len());
    for (position, _, _, command) in stored {
        assert_eq!(owner[&position], command, "position {position}");
    }
}

/// Versions count within streams, times rise with each append, and envelopes are canonical, say what the columns say
/// and hash to their leaf.
async fn assert_well_formed(pool: &PgPool) {
    type Row = (i64, Uuid, i32, String, Uuid, String, String, Vec<u8>);
    let rows: Vec<Row> = sqlx::query_as(
        "select position, stream, version, log.rfc3339(time), command, kind, envelope, leaf from log.event order by position",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut versions: HashMap<Uuid, i32> = HashMap::new();
    let mut before: Option<(Uuid, Timestamp)> = None;
    for (position, stream, version, time, command, kind, envelope, leaf) in rows {
        let expected = versions.entry(stream).or_default();
        *expected += 1;
        assert_eq!(version, *expected, "position {position}");

        let instant: Timestamp = time.parse().unwrap();
        if let Some((last_command, last)) = before {
            let good = if command == last_command {
                instant == last
            } else {
                instant > last
            };
            assert!(good, "position {position}: {instant} after {last}");
        }
        before = Some((command, instant));

        let value: Value = serde_json::from_str(&envelope).unwrap();
        assert_eq!(canonical(&value).unwrap(), envelope);
        assert_eq!(value["position"], position);
        assert_eq!(value["stream"], stream.to_string());
        assert_eq!(value["version"], version);
        assert_eq!(value["time"], time);
        assert_eq!(value["command"], command.to_string());
        assert_eq!(value["kind"], kind);
        let hash = Sha256::new()
            .chain_update([0])
            .chain_update(&envelope)
            .finalize();
        assert_eq!(leaf, hash.as_slice(), "position {position}");
    }
}
