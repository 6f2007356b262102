//! All that the views hold, and other definitions to replace them by.

use std::borrow::Cow;
use std::collections::BTreeMap;

use event_log::views::{Definitions, View};
use rapporteur::views::DEFINITIONS;
use sqlx::{AssertSqlSafe, PgPool};

/// Every row of every table and SQL view of the schema, by name, in order.
pub async fn dump(pool: &PgPool) -> BTreeMap<String, Vec<String>> {
    let names: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'views' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut tables = BTreeMap::new();
    for name in names {
        let query = format!("select row_to_json(t)::text from views.{name} t order by 1");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_all(pool)
            .await
            .unwrap();
        tables.insert(name, rows);
    }
    assert!(tables.contains_key("answer"), "the dump sees the views");
    tables
}

/// What the head says of the views that are built: generation and hash.
pub async fn built(pool: &PgPool) -> (i32, String) {
    sqlx::query_as("select views_generation, views_hash from log.head")
        .fetch_one(pool)
        .await
        .unwrap()
}

/// Which of the schemas of views there are.
pub async fn schemas(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select nspname::text from pg_namespace where nspname like 'views%' order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// A view of the events of kind "noted": it keeps their positions, and cannot take one that says "unprojectable".
pub const NOTES: View = View {
    name: "notes",
    kinds: &["noted"],
    sql: "create table note (position bigint primary key);
          create function project_notes(
              p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
          ) returns void language plpgsql as $$
          begin
              if exists (select from unnest(p_data) as d where d ? 'unprojectable') then
                  raise exception 'this cannot be projected';
              end if;
              insert into note (position)
              select position from unnest(p_position, p_kind) as e (position, kind) where kind = 'noted';
          end $$",
    facts: &[],
    public: &[],
};

/// This program's views and [`NOTES`].
pub fn with_notes(newer: i32) -> Definitions {
    let mut views = DEFINITIONS.views.to_vec();
    views.push(NOTES);
    Definitions {
        generation: DEFINITIONS.generation + newer,
        views: Cow::Owned(views),
    }
}

/// As [`with_notes`], by another text that does the same: another hash.
pub fn with_other_notes(newer: i32) -> Definitions {
    let mut definitions = with_notes(newer);
    let sql = format!(
        "{};\ncomment on table note is 'newer by {newer}'",
        NOTES.sql
    );
    if let Some(notes) = definitions.views.to_mut().last_mut() {
        notes.sql = Box::leak(sql.into_boxed_str());
    }
    definitions
}
