//! Whatever happened: views rebuilt equal views live, and facts follow one another without overlap.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::kinds;
use event_log::verify::verify;
use event_log::views;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rapporteur::views::DEFINITIONS;

use super::dump::dump;
use super::folds::assert_views_are_folds_of_events;
use super::history::History;
use super::steps::histories;
use crate::log::writers::{Process, assert_gapless};
use crate::support::Database;

#[test]
fn after_random_histories_views_rebuilt_equal_views_live_and_facts_are_folds_of_events() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let seen = RefCell::new(BTreeSet::new());
    let config = ProptestConfig {
        cases: 10,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let result = TestRunner::new(config).run(&histories(), |groups| {
        runtime.block_on(async {
            let database = Database::new().await;
            let process = Process::on(&database).await;
            let history = History::new(process.log.clone());
            let effects = history.play(&groups).await;
            assert!(
                effects >= 20,
                "the beginning at least has its effect: {effects}"
            );
            assert_gapless(&process.pool).await;

            let verified = verify(&process.pool, &[]).await.unwrap();
            assert_eq!(verified.findings, []);

            let live = dump(&process.pool).await;
            views::rebuild(&database.owner, &DEFINITIONS).await.unwrap();
            assert_eq!(dump(&process.pool).await, live);
            assert_views_are_folds_of_events(&process).await;

            let kinds: Vec<String> =
                sqlx::query_scalar("select distinct kind::text from log.event")
                    .fetch_all(&process.pool)
                    .await
                    .unwrap();
            seen.borrow_mut().extend(kinds);
        });
        Ok(())
    });
    result.unwrap();
    let seen = seen.into_inner();
    let kinds = kinds().into_iter();
    // Questionnaires as large as that are sent out elsewhere.
    let kinds = kinds.filter(|kind| *kind != "revision_questions_listed");
    let unseen: Vec<&str> = kinds.filter(|kind| !seen.contains(*kind)).collect();
    assert!(unseen.is_empty(), "no history had any of {unseen:?}");
}
