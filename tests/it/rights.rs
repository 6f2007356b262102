//! What the database itself forbids.

use rapporteur::views::DEFINITIONS;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::support::Database;

async fn refused(options: &PgConnectOptions, statement: String) -> String {
    let mut connection = options.connect().await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(statement.clone()))
        .execute(&mut connection)
        .await;
    let error = done.expect_err(&statement);
    error
        .as_database_error()
        .unwrap()
        .code()
        .unwrap()
        .into_owned()
}

#[tokio::test]
async fn nobody_changes_what_is_in_the_log() {
    let database = Database::new().await;
    for table in ["log.event", "log.command"] {
        let change = if table == "log.event" {
            "update log.event set kind = 'x'"
        } else {
            "update log.command set first = 1"
        };
        for statement in [
            change.to_owned(),
            format!("delete from {table}"),
            format!("truncate {table}"),
        ] {
            assert_eq!(
                refused(&database.application, statement.clone()).await,
                "42501",
                "by grant: {statement}"
            );
        }
        assert_eq!(
            refused(&database.owner, format!("truncate {table}")).await,
            "RA009",
            "by trigger"
        );
    }
    for statement in [
        "update log.event set kind = 'x'",
        "delete from log.event where position = 1",
    ] {
        assert_eq!(
            refused(&database.owner, statement.to_owned()).await,
            "RA009",
            "by trigger: {statement}"
        );
    }
}

#[tokio::test]
async fn bi_tools_read_the_public_views_and_nothing_else() {
    let database = Database::new().await;
    let bi = database
        .application
        .clone()
        .username(rapporteur::postgres::BI);
    let mut connection = bi.connect().await.unwrap();
    for view in DEFINITIONS.views.iter().flat_map(|view| view.public) {
        let statement = format!("select * from views.{view} limit 1");
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    for table in [
        "log.event",
        "log.content",
        "log.head",
        "access.token",
        "views.answer",
        "views.party",
        "views.reply",
    ] {
        assert_eq!(
            refused(&bi, format!("select * from {table}")).await,
            "42501",
            "{table}"
        );
    }
}
