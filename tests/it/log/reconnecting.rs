//! PostgreSQL ends connections now and then: its operator does, or it restarts.

use std::time::Duration;

use sqlx::ConnectOptions;

use super::writers::{Process, assert_gapless, new_stream, prepared};
use crate::support::superuser;

#[tokio::test]
async fn writer_and_follower_find_their_way_back_after_the_database_has_ended_their_connections() {
    let database = prepared().await;
    let [ours, theirs] = [Process::on(&database).await, Process::on(&database).await];
    ours.log.append(new_stream()).await.unwrap();
    theirs.log.append(new_stream()).await.unwrap();
    let mut watch = ours.log.watch();
    watch.wait_for(|head| *head >= 2).await.unwrap();

    let mut operator = superuser(&database.name).await.connect().await.unwrap();
    for round in 0..3 {
        let ended: i64 = sqlx::query_scalar(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid()",
        )
        .fetch_one(&mut operator)
        .await
        .unwrap();
        assert!(ended >= 2, "writers and followers are connected: {ended}");

        // What another process records is heard of, though the follower's connection was ended.
        let theirs = theirs.log.append(new_stream()).await.unwrap();
        let heard = watch.wait_for(|head| *head >= theirs.last);
        tokio::time::timeout(Duration::from_secs(5), heard)
            .await
            .unwrap_or_else(|_| panic!("round {round}: position {} is not heard of", theirs.last))
            .unwrap();
        let ours = ours.log.append(new_stream()).await.unwrap();
        assert_eq!(ours.first, theirs.last + 1);
    }
    assert_eq!(assert_gapless(&ours.pool).await, 8);
}
