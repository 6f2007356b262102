//! The writer: one order over processes, whatever happens to a connection or to a batch.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;
use rapporteur::clock;
use rapporteur::log::canonical::canonical;
use rapporteur::log::{AppendError, CommandId, Log, Refused, Remembered};
use rapporteur::views::DEFINITIONS;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use uuid::Uuid;

use crate::support::Database;
use crate::support::logs::{Process, append, party};

const START: u64 = 240; // what the template's reference data take

async fn owner(database: &Database) -> PgPool {
    PgPool::connect_with(database.owner.clone()).await.unwrap()
}

/// Appends `count` events, most to streams of its own and some to one that all writers share.
async fn write(log: Log, shared: Uuid, count: usize) {
    let mut own = (clock::new_id(), 0);
    let mut done = 0;
    while done < count {
        if done % 10 == 9 {
            let version = i32::try_from(log.stream(shared, 0, None).await.unwrap().len()).unwrap();
            match log.append(party(shared, version)).await {
                Ok(_) => done += 1,
                Err(AppendError::Refused(Refused::Conflict)) => {
                    // Others were faster: an event of its own instead keeps the test from waiting on one stream.
                    log.append(party(own.0, own.1)).await.unwrap();
                    own.1 += 1;
                    done += 1;
                }
                Err(error) => panic!("{error}"),
            }
            continue;
        }
        log.append(party(own.0, own.1)).await.unwrap();
        own.1 += 1;
        done += 1;
        if own.1 == 50 {
            own = (clock::new_id(), 0);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_over_two_processes_make_one_order_without_a_gap() {
    const EVENTS: u64 = 20_000;
    let database = Database::new().await;
    let processes = [Process::on(&database).await, Process::on(&database).await];

    let follower = processes[0].log.clone();
    let following = tokio::spawn(async move {
        let mut watch = follower.watch();
        let mut seen = Vec::new();
        let mut after = START;
        while after < START + EVENTS {
            watch.wait_for(|head| *head > after).await.unwrap();
            for event in follower.after(after, 500).await.unwrap() {
                seen.push(event.position);
                after = event.position;
            }
        }
        seen
    });
    let shared = clock::new_id();
    let each = usize::try_from(EVENTS / 64).unwrap();
    let remainder = usize::try_from(EVENTS % 64).unwrap();
    let writers = (0..64).map(|n| {
        let log = processes[n % 2].log.clone();
        tokio::spawn(write(log, shared, each + usize::from(n < remainder)))
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }

    let seen = following.await.unwrap();
    assert_eq!(
        seen,
        (START + 1..=START + EVENTS).collect::<Vec<_>>(),
        "the follower sees each event once, in order"
    );
    let pool = owner(&database).await;
    let rows: Vec<(i64, Uuid, i32, String, Vec<u8>)> = sqlx::query_as(
        "select position, stream, version, envelope, leaf from log.event order by position",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(rows.len() as u64, START + EVENTS);
    let mut versions: HashMap<Uuid, i32> = HashMap::new();
    let mut time = String::new();
    for (place, (position, stream, version, envelope, leaf)) in rows.iter().enumerate() {
        assert_eq!(
            *position,
            i64::try_from(place + 1).unwrap(),
            "positions have no gap"
        );
        let last = versions.entry(*stream).or_default();
        assert_eq!(
            *version,
            *last + 1,
            "versions have no gap and none is there twice"
        );
        *last = *version;
        let value: Value = serde_json::from_str(envelope).unwrap();
        assert_eq!(
            canonical(&value).as_ref(),
            Some(envelope),
            "the envelope is canonical"
        );
        assert_eq!(value["position"], *position);
        let now = value["time"].as_str().unwrap().to_owned();
        assert!(now >= time, "times never go back");
        time = now;
        let hash = Sha256::new()
            .chain_update([0])
            .chain_update(envelope)
            .finalize();
        assert_eq!(
            hash.as_slice(),
            leaf,
            "the leaf is the hash of the envelope"
        );
    }
    assert!(versions[&shared] > 1);
}

#[tokio::test]
async fn a_poisoned_append_fails_alone_and_leaves_nothing() {
    let database = Database::new().await;
    let process = Process::on(&database).await;
    let poison = append(
        clock::new_id(),
        0,
        "party_registered",
        json!({"code": "X1", "names": {"en": "no kind"}}),
    );
    let poisoned = poison.stream;
    let mut good: Vec<_> = (0..60).map(|_| party(clock::new_id(), 0)).collect();
    good.insert(30, poison);
    let outcomes = join_all(good.into_iter().map(|append| process.log.append(append))).await;
    for (place, outcome) in outcomes.iter().enumerate() {
        if place == 30 {
            assert!(
                matches!(outcome, Err(AppendError::NotRecorded(_))),
                "{outcome:?}"
            );
        } else {
            assert!(outcome.is_ok(), "{place}: {outcome:?}");
        }
    }
    assert!(
        process
            .log
            .stream(poisoned, 0, None)
            .await
            .unwrap()
            .is_empty()
    );
    let positions: HashSet<u64> = outcomes
        .iter()
        .flatten()
        .map(|recorded| recorded.first)
        .collect();
    assert_eq!(
        positions,
        (START + 1..=START + 60).collect(),
        "no position is lost to it"
    );
}

#[tokio::test]
async fn guards_and_expected_versions_hold_within_a_batch_too() {
    let database = Database::new().await;
    let process = Process::on(&database).await;
    let (a, b) = (clock::new_id(), clock::new_id());
    let mut guarded = party(b, 0);
    guarded.guards = vec![(a, 0)];
    // Sent together: the second sees the first, so its guard no longer holds.
    let outcomes = tokio::join!(process.log.append(party(a, 0)), process.log.append(guarded));
    assert!(outcomes.0.is_ok());
    assert_eq!(outcomes.1, Err(AppendError::Refused(Refused::Conflict)));
    assert_eq!(
        process.log.append(party(a, 0)).await,
        Err(AppendError::Refused(Refused::Conflict))
    );
    let mut guarded = party(b, 0);
    guarded.guards = vec![(a, 1)];
    assert!(process.log.append(guarded).await.is_ok());
}

#[tokio::test]
async fn a_full_queue_answers_busy_and_loses_nothing() {
    let database = Database::new().await;
    let process = Process::with(&database, database.application.clone(), &DEFINITIONS, 1).await;
    let appends = (0..100).map(|_| process.log.append(party(clock::new_id(), 0)));
    let outcomes = join_all(appends).await;
    let busy = outcomes
        .iter()
        .filter(|outcome| **outcome == Err(AppendError::Busy))
        .count();
    let recorded = outcomes.iter().flatten().count();
    assert!(
        busy > 0 && recorded > 0 && busy + recorded == 100,
        "{busy} busy, {recorded} recorded"
    );
    assert_eq!(
        process.log.head().await.unwrap().position,
        START + recorded as u64
    );
}

/// Stands between the writer and PostgreSQL, and can cut the writer's connection at the worst moment: after the query
/// has gone on to the server, and before its answer comes back.
struct Proxy {
    cut_reply: Arc<AtomicBool>,
    cut_query: Arc<AtomicBool>,
    folder: std::path::PathBuf,
}

impl Proxy {
    async fn before(database: &Database) -> Self {
        let real = database
            .application
            .get_socket()
            .unwrap()
            .join(format!(".s.PGSQL.{}", database.application.get_port()));
        let folder = std::env::temp_dir().join(format!("rp-{}", clock::new_id().simple()));
        std::fs::create_dir(&folder).unwrap();
        let listener = UnixListener::bind(folder.join(".s.PGSQL.1")).unwrap();
        let (cut_reply, cut_query) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicBool::new(false)),
        );
        let flags = (cut_reply.clone(), cut_query.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&real).await.unwrap();
                tokio::spawn(relay(client, server, flags.clone()));
            }
        });
        Self {
            cut_reply,
            cut_query,
            folder,
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn relay(
    mut client: UnixStream,
    mut server: UnixStream,
    (reply, query): (Arc<AtomicBool>, Arc<AtomicBool>),
) {
    let (mut from_client, mut from_server) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut is_writer = false;
    loop {
        tokio::select! {
            read = client.read(&mut from_client) => {
                let Ok(length @ 1..) = read else { return };
                let bytes = &from_client[..length];
                is_writer |= bytes.windows(17).any(|window| window == b"rapporteur writer");
                if is_writer && query.swap(false, Ordering::SeqCst) {
                    return;
                }
                if server.write_all(bytes).await.is_err() { return }
            }
            read = server.read(&mut from_server) => {
                let Ok(length @ 1..) = read else { return };
                if is_writer && reply.swap(false, Ordering::SeqCst) {
                    return;
                }
                if client.write_all(&from_server[..length]).await.is_err() { return }
            }
        }
    }
}

#[tokio::test]
async fn a_lost_commit_reply_ends_in_the_truth() {
    let database = Database::new().await;
    let proxy = Proxy::before(&database).await;
    let through = database.application.clone().socket(&proxy.folder).port(1);
    let process = Process::with(&database, through, &DEFINITIONS, 4096).await;
    process.log.append(party(clock::new_id(), 0)).await.unwrap();
    let mut expected = START + 1;

    for cut in [&proxy.cut_reply, &proxy.cut_query, &proxy.cut_reply] {
        let reconnects = process.log.metrics().reconnects.load(Ordering::Relaxed);
        cut.store(true, Ordering::SeqCst);
        let mut appends: Vec<_> = (0..20).map(|_| party(clock::new_id(), 0)).collect();
        appends[7].command = CommandId {
            id: clock::new_id(),
            request: Some([7; 32]),
        };
        let keyed = appends[7].command;
        let streams: Vec<Uuid> = appends.iter().map(|append| append.stream).collect();
        let outcomes = join_all(appends.into_iter().map(|append| process.log.append(append))).await;
        assert!(
            process.log.metrics().reconnects.load(Ordering::Relaxed) > reconnects,
            "the cut happened"
        );
        expected += 20;
        assert_eq!(
            process.log.head().await.unwrap().position,
            expected,
            "each event is there once"
        );
        for (stream, outcome) in streams.iter().zip(&outcomes) {
            let recorded = outcome.as_ref().unwrap();
            let events = process.log.stream(*stream, 0, None).await.unwrap();
            assert_eq!(events.len(), 1);
            assert_eq!(
                (recorded.first, recorded.last),
                (events[0].position, events[0].position)
            );
        }
        let position = outcomes[7].as_ref().unwrap().first;
        assert_eq!(
            process.log.remembered(keyed).await.unwrap(),
            Some(Remembered::Recorded {
                stream: streams[7],
                first: position,
                last: position
            })
        );
    }
}

#[tokio::test]
async fn a_command_id_is_recorded_once_over_two_processes() {
    let database = Database::new().await;
    let processes = [Process::on(&database).await, Process::on(&database).await];
    let command = CommandId {
        id: clock::new_id(),
        request: Some([1; 32]),
    };
    let stream = clock::new_id();
    let sent = (0..10).map(|n| {
        let mut append = party(stream, 0);
        append.command = command;
        processes[n % 2].log.append(append)
    });
    let outcomes = join_all(sent).await;
    let positions: HashSet<u64> = outcomes
        .iter()
        .map(|outcome| outcome.as_ref().unwrap().first)
        .collect();
    assert_eq!(positions, HashSet::from([START + 1]));
    assert_eq!(
        outcomes
            .iter()
            .flatten()
            .filter(|recorded| !recorded.repeated)
            .count(),
        1
    );
    let mut other = party(stream, 1);
    other.command = CommandId {
        request: Some([2; 32]),
        ..command
    };
    assert_eq!(
        processes[1].log.append(other).await,
        Err(AppendError::Refused(Refused::KeyReused))
    );
}

#[tokio::test]
async fn a_clock_that_jumps_back_stops_the_log_and_a_small_step_does_not() {
    let database = Database::new().await;
    let process = Process::on(&database).await;
    let pool = owner(&database).await;
    sqlx::query("update log.head set time = clock_timestamp() + interval '3 seconds'")
        .execute(&pool)
        .await
        .unwrap();
    let first = process.log.append(party(clock::new_id(), 0)).await.unwrap();
    let second = process.log.append(party(clock::new_id(), 0)).await.unwrap();
    let first = process.log.at(first.first).await.unwrap().unwrap();
    let second = process.log.at(second.first).await.unwrap().unwrap();
    assert!(first.time < second.time);
    sqlx::query("update log.head set time = clock_timestamp() + interval '10 minutes'")
        .execute(&pool)
        .await
        .unwrap();
    let jumped = process.log.append(party(clock::new_id(), 0)).await;
    assert!(
        matches!(jumped, Err(AppendError::ClockJumped(_))),
        "{jumped:?}"
    );
    assert_eq!(process.log.head().await.unwrap().position, START + 2);
}

#[tokio::test]
async fn a_time_names_the_last_position_recorded_by_then() {
    let database = Database::new().await;
    let process = Process::on(&database).await;
    for _ in 0..20 {
        process.log.append(party(clock::new_id(), 0)).await.unwrap();
    }
    let events = process.log.after(0, 1000).await.unwrap();
    for event in &events {
        let by_then = events
            .iter()
            .filter(|other| other.time <= event.time)
            .map(|other| other.position)
            .max();
        assert_eq!(
            process.log.position_at(event.time).await.unwrap(),
            by_then.unwrap()
        );
        let just_before = event.time - jiff::SignedDuration::from_micros(1);
        assert!(process.log.position_at(just_before).await.unwrap() < event.position);
    }
}
