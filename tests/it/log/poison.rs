//! An append that no view can take fails alone.

use event_log::{AppendError, NewContent};
use futures_util::future::join_all;
use serde_json::json;

use super::writers::{
    Process, append, assert_gapless, count, event, events, keyed, new_stream, prepared, registered,
};

#[tokio::test]
async fn poisoned_appends_amid_many_good_ones_fail_alone_and_leave_nothing() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let poisoned = [0, 17, 18, 60, 99];
    let appends: Vec<_> = (0..100)
        .map(|number| {
            if !poisoned.contains(&number) {
                return append(clock::new_id(), 0, vec![registered(&format!("P{number}"))]);
            }
            // The first event is good: it must not stay without the second.
            let bad = event("party_registered", json!({"of": "no such shape"}));
            let mut append = keyed(append(clock::new_id(), 0, vec![registered("GOOD"), bad]), 1);
            append.contents = vec![NewContent::new("text/plain", b"words".to_vec()).unwrap()];
            append
        })
        .collect();
    let commands: Vec<_> = appends.iter().map(|append| append.command.id).collect();
    let answers = join_all(appends.into_iter().map(|append| process.log.append(append))).await;

    for (number, answer) in answers.iter().enumerate() {
        if poisoned.contains(&number) {
            let Err(AppendError::NotRecorded(why)) = answer else {
                panic!("append {number}: {answer:?}");
            };
            assert!(
                why.contains("not-null"),
                "it says what the database said: {why}"
            );
        } else {
            assert!(answer.is_ok(), "append {number}: {answer:?}");
        }
    }
    assert_eq!(assert_gapless(&process.pool).await, 95);
    let stored = events(&process.pool).await;
    for number in poisoned {
        assert!(stored.iter().all(|event| event.3 != commands[number]));
    }
    for (query, expected) in [
        ("select count(*) from log.command", 0),
        ("select count(*) from log.content", 0),
        ("select count(*) from views.party", 95),
    ] {
        assert_eq!(count(&process.pool, query).await, expected, "{query}");
    }
    assert_eq!(process.log.append(new_stream()).await.unwrap().first, 96);
}

#[tokio::test]
async fn what_the_log_cannot_hold_is_refused_before_it_reaches_a_batch() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    let with = |data| append(clock::new_id(), 0, vec![event("noted", data)]);

    let fraction = process.log.append(with(json!({"number": 1.5}))).await;
    assert!(
        matches!(fraction, Err(AppendError::NotRecorded(_))),
        "{fraction:?}"
    );
    let nothing = process
        .log
        .append(append(clock::new_id(), 0, Vec::new()))
        .await;
    assert!(
        matches!(nothing, Err(AppendError::NotRecorded(_))),
        "{nothing:?}"
    );
    let large = process
        .log
        .append(with(json!({"words": "a".repeat(65_535)})))
        .await;
    assert!(
        matches!(large, Err(AppendError::TooLarge { .. })),
        "{large:?}"
    );
    // The door refuses it with 422; past the door it is still one append's failure and no other's.
    let [nul, good] = [with(json!({"words": "a\0b"})), new_stream()];
    let (nul, good) = tokio::join!(process.log.append(nul), process.log.append(good));
    assert!(matches!(nul, Err(AppendError::NotRecorded(_))), "{nul:?}");
    assert_eq!(good.unwrap().first, 1);

    let largest = 65_535 - 600;
    process
        .log
        .append(with(json!({"words": "a".repeat(largest)})))
        .await
        .unwrap();
    assert_eq!(assert_gapless(&process.pool).await, 2);
}
