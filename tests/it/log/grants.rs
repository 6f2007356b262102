//! What each role of the database may do, and what nobody may.

use std::collections::BTreeSet;

use rapporteur::views::DEFINITIONS;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use crate::support::{Database, superuser};

const CHANGES: [&str; 12] = [
    "update log.event set kind = 'other'",
    "delete from log.event where position = 1",
    "truncate log.event",
    "update log.command set last = last",
    "delete from log.command",
    "truncate log.command cascade",
    "update log.tree set hash = hash",
    "delete from log.tree",
    "truncate log.tree",
    "update log.root set hash = hash",
    "delete from log.root",
    "truncate log.root",
];

async fn refusal(options: &PgConnectOptions, statement: &str) -> String {
    let mut connection = options.connect().await.unwrap();
    match run(&mut connection, statement).await {
        Ok(()) => panic!("it was not refused: {statement}"),
        Err(error) => error
            .as_database_error()
            .and_then(|error| error.code())
            .unwrap()
            .into_owned(),
    }
}

async fn run(connection: &mut PgConnection, statement: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(connection)
        .await
        .map(|_| ())
}

/// A database with the reference data, and one command on record.
async fn filled() -> Database {
    let database = Database::new().await;
    let mut owner = database.owner.connect().await.unwrap();
    let content =
        "insert into log.content values (gen_random_uuid(), 1, '', 'text/plain', 'Words.')";
    run(&mut owner, content).await.unwrap();
    let command =
        "insert into log.command values (gen_random_uuid(), '\\x01', gen_random_uuid(), 1, 1)";
    run(&mut owner, command).await.unwrap();
    for noted in [
        "insert into log.tree values (7, 0, sha256(''))",
        "insert into log.root values (1, sha256(''))",
    ] {
        run(&mut owner, noted).await.unwrap();
    }
    database
}

#[tokio::test]
async fn the_application_has_no_right_to_change_the_log() {
    let database = filled().await;
    for change in CHANGES {
        assert_eq!(
            refusal(&database.application, change).await,
            "42501",
            "{change}"
        );
    }
    for statement in [
        "drop table log.event cascade",
        "alter table log.event disable trigger all",
        "drop schema views cascade",
        "truncate views.answer",
        "create table log.other (a int)",
    ] {
        assert_eq!(
            refusal(&database.application, statement).await,
            "42501",
            "{statement}"
        );
    }
}

#[tokio::test]
async fn triggers_keep_even_the_owner_from_changing_the_log() {
    let database = filled().await;
    for change in CHANGES {
        assert_eq!(refusal(&database.owner, change).await, "RA009", "{change}");
    }
    for change in [
        "truncate log.content",
        "update log.content set body = ''",
        "insert into log.upload select id from log.content",
        "delete from log.content where id = (select id from log.content limit 1)",
    ] {
        assert_eq!(refusal(&database.owner, change).await, "RA009", "{change}");
        let application = refusal(&database.application, change).await;
        assert!(
            application == "RA009" || application == "42501",
            "{change}: {application}"
        );
    }
}

#[tokio::test]
async fn dashboards_read_the_public_views_and_nothing_else() {
    let database = filled().await;
    let bi = superuser(&database.name).await.username(postgres::BI);
    let mut connection = bi.connect().await.unwrap();
    let mut public = BTreeSet::new();
    for view in DEFINITIONS.views.iter() {
        for name in view.public {
            run(&mut connection, &format!("select * from views.{name}"))
                .await
                .unwrap();
            public.insert((*name).to_owned());
        }
    }
    let readable: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'v', 'm', 'p', 'f', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            and has_schema_privilege(n.oid, 'usage')
            and case c.relkind when 'S' then has_sequence_privilege(c.oid, 'usage, select, update')
                     else has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger')
                          or has_any_column_privilege(c.oid, 'select') end",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(BTreeSet::from_iter(readable), public);
    for statement in [
        "select * from log.event",
        "select * from log.content",
        "select * from log.position_at(now())",
        "select * from access.token",
        "select * from views.answer",
        "select * from views.party",
        "delete from views.parties",
        "set search_path = views; select project_party('{1}', '{now}', array[gen_random_uuid()], '{party_registered}', array['{}'::jsonb])",
    ] {
        let code = refusal(&bi, statement).await;
        // A view of a join cannot be deleted from in the first place.
        assert!(code == "42501" || code == "55000", "{statement}: {code}");
    }
}
