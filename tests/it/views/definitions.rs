//! Each view's file pair agrees with itself and with the domain.

use std::collections::BTreeSet;

use domain::kinds;
use event_log::views;
use rapporteur::views::DEFINITIONS;
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

use super::dump::dump;
use crate::log::writers::{count, prepared};
use crate::support::Database;

/// The kinds that SQL compares `kind`, or `p_kind[i]`, with: `kind = 'a'`, `kind in ('a', 'b')`, `case kind when 'a'`.
fn mentioned(sql: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (place, _) in sql.match_indices("kind") {
        let rest = &sql[place + "kind".len()..];
        let rest = rest.strip_prefix("[i]").unwrap_or(rest).trim_start();
        let list = if rest.starts_with("in (") {
            rest.split(')').next().unwrap_or_default()
        } else if rest.starts_with("= '") || rest.starts_with("when '") {
            let end = rest.match_indices('\'').nth(1).unwrap().0;
            &rest[..=end]
        } else {
            continue;
        };
        found.extend(list.split('\'').skip(1).step_by(2));
    }
    found
}

#[test]
fn each_view_reads_the_kinds_that_it_says_and_each_kind_exists() {
    let kinds: BTreeSet<&str> = kinds().into_iter().collect();
    for view in DEFINITIONS.views.iter() {
        let said: BTreeSet<&str> = view.kinds.iter().copied().collect();
        assert_eq!(said, mentioned(view.sql), "the view {}", view.name);
        assert_eq!(
            said.len(),
            view.kinds.len(),
            "the view {} says a kind twice",
            view.name
        );
        assert!(said.is_subset(&kinds), "the view {}: {said:?}", view.name);
        // A kind in any other form of words would be missed above.
        for literal in view.sql.split('\'').skip(1).step_by(2) {
            assert!(
                !kinds.contains(literal) || said.contains(literal),
                "{}: {literal}",
                view.name
            );
        }
    }
}

#[test]
fn every_event_is_shown_in_a_view_or_known_not_to_be() {
    // A draft is read from its stream; what is frozen of it is shown. Files, and what goes between a
    // focal point and its colleagues, are read from the reply's stream, and what is redacted from the content's. What a need is that a reply states is shown by the reply.
    const NOT_SHOWN: [&str; 10] = [
        "instrument_draft_saved",
        "instrument_translated",
        "reply_carried_over",
        "reply_file_attached",
        "reply_file_removed",
        "reply_files_deleted",
        "section_handed_back",
        "section_returned",
        "content_redacted",
        "need_stated",
    ];
    let shown: BTreeSet<&str> = DEFINITIONS
        .views
        .iter()
        .flat_map(|view| view.kinds)
        .copied()
        .collect();
    let missing = kinds().into_iter().filter(|kind| !shown.contains(kind));
    assert_eq!(missing.collect::<Vec<_>>(), NOT_SHOWN);
}

#[tokio::test]
async fn every_statement_runs_on_fresh_tables_with_nothing_and_with_events_that_are_not_its_own() {
    let database = prepared().await;
    let options = database
        .application
        .clone()
        .options([("search_path", "views")]);
    let mut connection = options.connect().await.unwrap();
    for view in DEFINITIONS.views.iter() {
        for batch in [
            "'{}', '{}', '{}', '{}', '{}'",
            "'{1}', '{2004-07-21}', array[gen_random_uuid()], '{noted}', array['{}'::jsonb]",
        ] {
            let call = format!("select project_{}({batch})", view.name);
            sqlx::raw_sql(AssertSqlSafe(call))
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    assert!(dump(&pool).await.values().all(Vec::is_empty));
}

/// SQL views that are not for BI tools.
const INTERNAL: [&str; 1] = ["answer_life"];

#[tokio::test]
async fn the_public_views_that_are_named_are_the_sql_views_that_there_are() {
    let database = Database::new().await;
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let there: BTreeSet<String> =
        sqlx::query_scalar("select viewname::text from pg_views where schemaname = 'views'")
            .fetch_all(&pool)
            .await
            .unwrap()
            .into_iter()
            .collect();
    let named = DEFINITIONS.views.iter().flat_map(|view| view.public);
    let named = named.chain(&INTERNAL).map(ToString::to_string);
    assert_eq!(there, named.collect());
}

#[tokio::test]
async fn the_reference_data_rebuilt_are_those_that_were_live() {
    let database = Database::new().await;
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    let live = dump(&pool).await;
    assert_eq!(live["party"].len(), 195);
    let rebuilt = views::rebuild(&database.owner, &DEFINITIONS).await.unwrap();
    assert_eq!(rebuilt.events, 241);
    assert_eq!(dump(&pool).await, live);
    assert_eq!(
        count(
            &pool,
            "select count(*) from views.parties where kind = 'member_state'"
        )
        .await,
        193
    );
}
