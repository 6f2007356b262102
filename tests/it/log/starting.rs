//! Server processes start at the same moment.

use rapporteur::server;
use sqlx::PgPool;

use super::writers::{assert_gapless, count};
use crate::support::Database;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_processes_that_start_on_an_empty_database_at_once_prepare_it_once() {
    let database = Database::empty().await;
    let starts = (0..3).map(|_| tokio::spawn(server::start(database.settings())));
    let mut servers = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        servers.push(start.await.unwrap().unwrap());
    }
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    // 4 categories, 41 standards, 195 States.
    assert_eq!(assert_gapless(&pool).await, 241);
    for (query, expected) in [
        ("select count(*) from views.party", 195),
        ("select count(*) from views.standards", 41),
        (
            "select count(*) from pg_namespace where nspname in ('views_next', 'views_old')",
            0,
        ),
    ] {
        assert_eq!(count(&pool, query).await, expected, "{query}");
    }
    for server in servers {
        let ready = reqwest::get(format!("http://{}/readyz", server.address))
            .await
            .unwrap();
        assert_eq!(ready.status(), 200);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_database_that_another_program_made_is_refused_in_words() {
    let database = Database::empty().await;
    server::start(database.settings())
        .await
        .unwrap()
        .stop()
        .await;
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let other =
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (44, 'one rule', true, '\\x00', 0)";
    sqlx::query(other).execute(&pool).await.unwrap();
    let refused = server::start(database.settings()).await.err().unwrap();
    assert!(
        refused.to_string().contains("begin with an empty database"),
        "{refused}"
    );
}
