//! An event that new definitions cannot project keeps the old views.

use event_log::AppendError;
use event_log::views::{self, RebuildError};
use rapporteur::views::DEFINITIONS;
use serde_json::json;
use sqlx::{AssertSqlSafe, ConnectOptions};

use super::dump::{built, dump, schemas, with_notes, with_other_notes};
use crate::log::writers::{
    Process, append, assert_gapless, new_stream, noted, prepared, registered,
};
use crate::support::superuser;

#[tokio::test]
async fn a_rebuild_names_the_event_that_it_cannot_project_and_leaves_the_old_views() {
    // The event is met while catching up, or in the last events under the lock.
    for more in [3_000, 10] {
        let database = prepared().await;
        let process = Process::on(&database).await;
        let events = vec![
            registered("A"),
            noted(json!({})),
            noted(json!({"unprojectable": true})),
        ];
        process
            .log
            .append(append(clock::new_id(), 0, events))
            .await
            .unwrap();
        let mut left = more;
        while left > 0 {
            let events = (0..left.min(250))
                .map(|_| noted(json!({})))
                .collect::<Vec<_>>();
            left -= events.len();
            process
                .log
                .append(append(clock::new_id(), 0, events))
                .await
                .unwrap();
        }
        let before = (dump(&process.pool).await, built(&process.pool).await);

        for _ in 0..2 {
            let failed = views::rebuild(&database.owner, &with_notes(1)).await;
            let Err(RebuildError::Poisoned { position, why }) = failed else {
                panic!("{failed:?}");
            };
            assert_eq!(position, 3);
            assert!(why.contains("this cannot be projected"), "{why}");
        }
        let started = views::ensure(&database.owner, &with_notes(1)).await;
        assert!(
            matches!(started, Err(RebuildError::Poisoned { position: 3, .. })),
            "{started:?}"
        );

        assert_eq!(
            (dump(&process.pool).await, built(&process.pool).await),
            before
        );
        assert_eq!(
            schemas(&process.pool).await,
            ["views"],
            "nothing half-built lies about"
        );
        process.log.append(new_stream()).await.unwrap();
        assert_gapless(&process.pool).await;
    }
}

#[tokio::test]
async fn an_event_that_the_new_views_cannot_take_is_refused_once_they_are_swapped_in() {
    let database = prepared().await;
    views::ensure(&database.owner, &with_other_notes(1))
        .await
        .unwrap();
    let process = Process::with(&database, &with_other_notes(1)).await;
    process.log.append(new_stream()).await.unwrap();
    let poisoned = append(
        clock::new_id(),
        0,
        vec![noted(json!({"unprojectable": true}))],
    );
    let refused = process.log.append(poisoned).await;
    assert!(
        matches!(refused, Err(AppendError::NotRecorded(_))),
        "{refused:?}"
    );
    assert_eq!(assert_gapless(&process.pool).await, 1);
}

#[tokio::test]
async fn a_rebuild_names_the_event_that_a_damaged_log_does_not_have() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    for _ in 0..3 {
        process.log.append(new_stream()).await.unwrap();
    }
    let superuser = superuser(&database.name).await;
    let mut superuser = superuser.connect().await.unwrap();
    for missing in [3, 2] {
        let delete = format!(
            "set session_replication_role = replica; delete from log.event where position = {missing}"
        );
        sqlx::raw_sql(AssertSqlSafe(delete))
            .execute(&mut superuser)
            .await
            .unwrap();
        let failed = views::rebuild(&database.owner, &DEFINITIONS).await;
        let Err(RebuildError::Poisoned { position, why }) = failed else {
            panic!("{failed:?}");
        };
        assert_eq!(
            (position, why.as_str()),
            (missing, "the log does not have it")
        );
        assert_eq!(schemas(&process.pool).await, ["views"]);
    }
}

#[tokio::test]
async fn a_rebuild_refuses_an_event_that_is_not_what_was_recorded() {
    let database = prepared().await;
    let process = Process::on(&database).await;
    for code in ["AAA", "BBB", "CCC"] {
        let party = append(clock::new_id(), 0, vec![registered(code)]);
        process.log.append(party).await.unwrap();
    }
    let before = dump(&process.pool).await;
    let superuser = superuser(&database.name).await;
    let mut superuser = superuser.connect().await.unwrap();
    let change = "set session_replication_role = replica;
                  update log.event set envelope = replace(envelope, 'BBB', 'XXX') where position = 2";
    sqlx::raw_sql(change).execute(&mut superuser).await.unwrap();
    let failed = views::rebuild(&database.owner, &DEFINITIONS).await;
    let Err(RebuildError::Poisoned { position, why }) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!(position, 2);
    assert!(why.contains("leaf"), "{why}");
    assert_eq!(schemas(&process.pool).await, ["views"]);
    assert_eq!(dump(&process.pool).await, before);
}
