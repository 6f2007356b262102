//! Recorded times rise with each append, and name positions.

use std::time::Duration;

use event_log::AppendError;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::writers::{Process, assert_gapless, new_stream, prepared};
use crate::support::{Database, World};

/// Moves the log's head as if the last event had been recorded that much later than now.
async fn head_is_ahead_by(database: &Database, interval: &str) {
    let mut owner = database.owner.connect().await.unwrap();
    let statement = format!("update log.head set time = clock_timestamp() + interval '{interval}'");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut owner)
        .await
        .unwrap();
}

async fn times(process: &Process) -> Vec<Timestamp> {
    let texts: Vec<String> =
        sqlx::query_scalar("select log.rfc3339(time) from log.event order by position")
            .fetch_all(&process.pool)
            .await
            .unwrap();
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[tokio::test]
async fn a_clock_that_jumps_back_far_stops_the_log_and_one_that_slips_a_little_does_not() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    process.log.append(new_stream()).await.unwrap();

    head_is_ahead_by(&database, "10 minutes").await;
    let stopped = process.log.append(new_stream()).await;
    assert!(
        matches!(stopped, Err(AppendError::ClockJumped(_))),
        "{stopped:?}"
    );
    assert_gapless(&process.pool).await;

    head_is_ahead_by(&database, "2 seconds").await;
    for _ in 0..20 {
        process.log.append(new_stream()).await.unwrap();
    }
    let times = times(&process).await;
    assert_eq!(times.len(), 21);
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    let ahead = times[20].duration_since(clock::now());
    assert!(
        ahead > SignedDuration::from_secs(1),
        "the log does not go back: {ahead}"
    );
}

#[tokio::test]
async fn envelopes_say_the_times_that_are_recorded_across_the_turn_of_a_second() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let mut owner = database.owner.connect().await.unwrap();
    sqlx::raw_sql("update log.head set time = date_trunc('second', clock_timestamp()) + interval '1.999997 seconds'")
        .execute(&mut owner)
        .await
        .unwrap();
    join_all((0..8).map(|_| process.log.append(new_stream()))).await;
    let written: Vec<(String, String)> = sqlx::query_as(
        "select envelope::json ->> 'time', log.rfc3339(time) from log.event order by position",
    )
    .fetch_all(&process.pool)
    .await
    .unwrap();
    for (envelope, recorded) in &written {
        assert_eq!(envelope, recorded);
    }
    let turned = |from: &str, to: &str| {
        written[0].1.ends_with(from) && written.iter().any(|(_, time)| time.ends_with(to))
    };
    assert!(turned(".999998Z", ".000000Z"), "{written:?}");
}

#[tokio::test]
async fn over_http_a_wrong_clock_is_a_problem_that_says_so() {
    let world = World::new().await;
    head_is_ahead_by(&world.database, "10 minutes").await;
    world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&serde_json::json!({"title": {"en": "A sample"}, "category": "I", "route": "intersessional", "languages": ["en"]}))
        .problem(503, "clock_jumped")
        .await;
}

/// Otherwise an event could be recorded at a time for which somebody has already been told that there was none.
#[tokio::test]
async fn the_time_is_read_when_the_lock_is_held_and_not_when_it_is_waited_for() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    process.log.append(new_stream()).await.unwrap();
    let mut holder = database.owner.connect().await.unwrap();
    let mut transaction = holder.begin().await.unwrap();
    sqlx::raw_sql("select from log.head for update")
        .execute(&mut *transaction)
        .await
        .unwrap();
    let log = process.log.clone();
    let waiting = tokio::spawn(async move { log.append(new_stream()).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let released: String = sqlx::query_scalar("select log.rfc3339(clock_timestamp())")
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    waiting.await.unwrap().unwrap();
    assert!(times(&process).await[1] > released.parse().unwrap());
}

#[test]
fn a_time_names_the_last_position_recorded_at_or_before_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (process, times) = runtime.block_on(async {
        let database = prepared().await;
        let process = Process::on(&database).await;
        for _ in 0..60 {
            process.log.append(new_stream()).await.unwrap();
        }
        // Within one batch, times are a microsecond apart.
        let batch = (0..60).map(|_| process.log.append(new_stream()));
        futures_util::future::join_all(batch).await;
        let times = times(&process).await;
        (process, times)
    });
    let naive =
        |instant: Timestamp| times.iter().take_while(|time| **time <= instant).count() as u64;
    let ask = |instant| runtime.block_on(process.log.position_at(instant)).unwrap();

    assert_eq!(times.len(), 120);
    for text in [
        "-009999-01-02T01:59:59Z",
        "1969-07-21T00:00:00Z",
        "1970-01-01T00:00:00Z",
    ] {
        assert_eq!(ask(text.parse().unwrap()), 0, "{text}");
    }
    assert_eq!(ask("9999-12-30T22:00:00.9Z".parse().unwrap()), 120);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let near = prop_oneof![-2_000..2_000_i64, -5_000_000..5_000_000_i64];
    proptest!(config, |(place in 0..120_usize, nanoseconds in near)| {
        let instant = times[place] + SignedDuration::from_nanos(nanoseconds);
        prop_assert_eq!(ask(instant), naive(instant));
    });
}
