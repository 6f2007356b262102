//! A full queue says so, and loses nothing.

use event_log::AppendError;
use futures_util::future::join_all;
use rapporteur::views::DEFINITIONS;

use super::writers::{Process, assert_gapless, events, new_stream, prepared};

#[tokio::test]
async fn more_appends_than_may_wait_are_refused_as_busy_and_those_that_wait_are_recorded() {
    let database = prepared().await;
    let process = Process::open(&database, database.application.clone(), &DEFINITIONS, 1).await;
    let (mut good, mut busy) = (Vec::new(), 0);
    for _ in 0..5 {
        let appends: Vec<_> = (0..40).map(|_| new_stream()).collect();
        let commands: Vec<_> = appends.iter().map(|append| append.command.id).collect();
        let answers = join_all(appends.into_iter().map(|append| process.log.append(append))).await;
        for (answer, command) in answers.into_iter().zip(commands) {
            match answer {
                Ok(recorded) => good.push((recorded.first as i64, command)),
                Err(AppendError::Busy) => busy += 1,
                Err(error) => panic!("{error}"),
            }
        }
    }
    assert!(busy >= 100, "one waits and the rest is told so: {busy}");
    assert!(good.len() >= 5, "each time one at least is recorded");
    assert_eq!(good.len() + busy, 200);
    assert_gapless(&process.pool).await;
    let stored = events(&process.pool).await;
    good.sort_unstable();
    let stored: Vec<_> = stored.iter().map(|event| (event.0, event.3)).collect();
    assert_eq!(stored, good);
}
