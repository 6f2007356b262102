//! The connection is cut around the commit: what callers are told is what happened, and it happened once.

use std::sync::atomic::Ordering;

use event_log::{AppendError, AppendReceipt, AppendRefusal, NewContent};
use futures_util::future::join_all;
use rapporteur::views::DEFINITIONS;
use serde_json::json;

use super::proxy::{APPEND, ConnectionCut, LOOKUP, Proxy};
use super::writers::{
    Process, append, assert_gapless, count, events, keyed, new_stream, noted, prepared,
};
use crate::support::Database;

/// A process whose writer is reached through a proxy and has connected already.
async fn behind_a_proxy() -> (Database, Proxy, Process) {
    let database = prepared().await;
    let proxy = Proxy::to(&database.application);
    let connect = proxy.through(&database.application);
    let process = Process::open(&database, connect, &DEFINITIONS, 4096).await;
    process.log.append(new_stream()).await.unwrap();
    (database, proxy, process)
}

async fn assert_recorded_once_despite(cuts: &[(&'static str, ConnectionCut)]) {
    let (_database, proxy, process) = behind_a_proxy().await;
    for (query, cut) in cuts {
        proxy.cut(query, *cut);
    }
    let stream = clock::new_id();
    let two = append(stream, 0, vec![noted(json!({})), noted(json!({}))]);
    let command = two.command.id;
    let answer = process.log.append(two).await;
    let expected = AppendReceipt {
        first: 2,
        last: 3,
        repeated: false,
    };
    assert_eq!(answer, Ok(expected), "{cuts:?}");
    assert_eq!(proxy.left(), 0, "every cut happened: {cuts:?}");
    assert!(process.log.metrics().reconnects.load(Ordering::Relaxed) > 0);

    // A query that was held up has arrived by now.
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    let stored = events(&process.pool).await;
    assert_eq!(
        stored[1..],
        [(2, stream, 1, command), (3, stream, 2, command)],
        "{cuts:?}"
    );
    assert_eq!(assert_gapless(&process.pool).await, 3);
}

#[tokio::test]
async fn an_append_whose_answer_is_lost_is_answered_all_the_same() {
    assert_recorded_once_despite(&[(APPEND, ConnectionCut::After)]).await;
}

#[tokio::test]
async fn an_append_that_never_reached_the_database_is_sent_again() {
    assert_recorded_once_despite(&[(APPEND, ConnectionCut::Before)]).await;
}

#[tokio::test]
async fn an_append_that_is_still_at_work_behind_a_cut_connection_is_waited_for() {
    assert_recorded_once_despite(&[(APPEND, ConnectionCut::During)]).await;
}

#[tokio::test]
async fn an_append_that_arrives_after_its_second_try_changes_nothing() {
    assert_recorded_once_despite(&[(APPEND, ConnectionCut::Late)]).await;
}

#[tokio::test]
async fn connections_that_are_cut_again_and_again_lose_nothing() {
    use ConnectionCut::{After, Before, During};
    let cuts = [
        (APPEND, Before),
        (APPEND, Before),
        (APPEND, During),
        (LOOKUP, Before),
    ];
    assert_recorded_once_despite(&cuts).await;
    let cuts = [(APPEND, After), (LOOKUP, Before), (LOOKUP, After)];
    assert_recorded_once_despite(&cuts).await;
}

#[tokio::test]
async fn an_append_that_conflicts_with_its_own_first_try_is_no_conflict() {
    use ConnectionCut::{Before, Overtaken, Overtaking};
    // The first try is recorded when the writer has already looked and found nothing, just before the second.
    let cuts = [(APPEND, Overtaking), (APPEND, Overtaken)];
    assert_recorded_once_despite(&cuts).await;
    // And even that cannot be looked up at first.
    let cuts = [(APPEND, Overtaking), (APPEND, Overtaken), (LOOKUP, Before)];
    assert_recorded_once_despite(&cuts).await;
}

#[tokio::test]
async fn a_database_that_stays_away_is_an_unknown_fate_and_the_writer_goes_on_when_it_is_back() {
    let (_database, proxy, process) = behind_a_proxy().await;
    for _ in 0..9 {
        proxy.cut(APPEND, ConnectionCut::Before);
    }
    let answer = process.log.append(new_stream()).await;
    assert!(matches!(answer, Err(AppendError::Unknown(_))), "{answer:?}");
    assert_eq!(process.log.append(new_stream()).await.unwrap().first, 2);
}

#[tokio::test]
async fn a_batch_whose_answer_is_lost_is_answered_append_by_append() {
    for cut in [
        ConnectionCut::After,
        ConnectionCut::During,
        ConnectionCut::Before,
        ConnectionCut::Late,
    ] {
        let (database, proxy, process) = behind_a_proxy().await;
        // Streams that exist at version 1, so that some appends are good and some conflict.
        let taken = new_stream();
        let stream = taken.stream;
        process.log.append(taken).await.unwrap();
        proxy.cut(APPEND, cut);

        let appends: Vec<_> = (0..200)
            .map(|number| match number % 10 {
                9 => append(stream, 0, vec![noted(json!({}))]),
                8 => keyed(new_stream(), 1),
                _ => append(
                    clock::new_id(),
                    0,
                    (0..=number % 3).map(|_| noted(json!({}))).collect(),
                ),
            })
            .collect();
        let commands: Vec<_> = appends.iter().map(|append| append.command.id).collect();
        let answers = join_all(appends.into_iter().map(|append| process.log.append(append))).await;
        assert_eq!(proxy.left(), 0);

        assert_gapless(&process.pool).await;
        let stored = events(&process.pool).await;
        for (number, (answer, command)) in answers.iter().zip(commands).enumerate() {
            let positions: Vec<u64> = stored
                .iter()
                .filter(|event| event.3 == command)
                .map(|event| event.0 as u64)
                .collect();
            match answer {
                Ok(recorded) => {
                    let expected: Vec<u64> = (recorded.first..=recorded.last).collect();
                    assert_eq!(positions, expected, "{cut:?}, append {number}");
                    assert_ne!(number % 10, 9, "{cut:?}: version 0 was long gone");
                }
                Err(AppendError::Refused(AppendRefusal::Conflict)) => {
                    assert_eq!(number % 10, 9, "{cut:?}: a conflict with itself");
                    assert!(positions.is_empty(), "{cut:?}, append {number}");
                }
                other => panic!("{cut:?}, append {number}: {other:?}"),
            }
        }
        assert_eq!(
            count(&process.pool, "select count(*) from log.command").await,
            20
        );
        drop(database);
    }
}

#[tokio::test]
async fn a_keyed_command_whose_answer_is_lost_is_remembered_once_with_its_contents() {
    for cut in [
        ConnectionCut::After,
        ConnectionCut::During,
        ConnectionCut::Before,
        ConnectionCut::Late,
    ] {
        let (_database, proxy, process) = behind_a_proxy().await;
        proxy.cut(APPEND, cut);
        let mut first = keyed(new_stream(), 7);
        first.contents = vec![NewContent::new("text/plain", b"words".to_vec()).unwrap()];
        let recorded = process.log.append(first.clone()).await.unwrap();
        assert_eq!((recorded.first, recorded.last), (2, 2), "{cut:?}");

        let again = process.log.append(first).await.unwrap();
        assert_eq!((again.first, again.repeated), (2, true), "{cut:?}");
        for (query, expected) in [
            ("select count(*) from log.event", 2),
            ("select count(*) from log.command", 1),
            ("select count(*) from log.content where position = 2", 1),
        ] {
            assert_eq!(
                count(&process.pool, query).await,
                expected,
                "{cut:?}: {query}"
            );
        }
    }
}

#[tokio::test]
async fn a_keyed_command_that_changes_nothing_is_remembered_though_its_answer_is_lost() {
    for cut in [ConnectionCut::After, ConnectionCut::Late] {
        let (_database, proxy, process) = behind_a_proxy().await;
        proxy.cut(APPEND, cut);
        let nothing = keyed(append(clock::new_id(), 0, Vec::new()), 7);
        let recorded = process.log.append(nothing).await.unwrap();
        assert_eq!((recorded.first, recorded.last), (2, 1));
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(
            count(&process.pool, "select count(*) from log.command").await,
            1
        );
        assert_eq!(assert_gapless(&process.pool).await, 1);
    }
}
