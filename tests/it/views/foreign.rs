//! A program reads the views of another, and does not write into them.

use event_log::AppendError;
use event_log::views::{self, ViewsStanding};
use rapporteur::views::DEFINITIONS;
use serde_json::json;
use sqlx::ConnectOptions;

use super::dump::{built, dump, with_notes};
use crate::log::writers::{Process, append, events, new_stream, registered};
use crate::support::{Database, World};

#[tokio::test]
async fn a_program_with_other_definitions_of_no_higher_generation_serves_reads_and_refuses_writes()
{
    for newer in [0, -1] {
        let database = Database::new().await;
        let mut settings = database.settings();
        settings.definitions = with_notes(newer);
        let world = World::with(database, settings).await;
        let pool = world.server.services.log().pool().clone();
        let before = (events(&pool).await, dump(&pool).await, built(&pool).await);

        let draft = json!({"title": {"en": "A sample"}, "category": "I", "route": "intersessional", "languages": ["en"]});
        let call = world
            .post("/v1/instruments")
            .token(&world.officer)
            .json(&draft);
        call.header("idempotency-key", "a-key")
            .problem(503, "views_differ")
            .await;
        world.get("/readyz").problem(503, "views_differ").await;
        assert_eq!(world.get("/healthz").send().await.status, 200);
        world.get("/v1/parties").expect(200).await;

        let after = (events(&pool).await, dump(&pool).await, built(&pool).await);
        assert_eq!(before, after, "nothing is left behind");
        let ours = World::on(world.database.clone()).await;
        assert_eq!(ours.get("/readyz").send().await.status, 200);
        let call = ours
            .post("/v1/instruments")
            .token(&world.officer)
            .json(&draft);
        call.header("idempotency-key", "a-key").expect(201).await;
    }
}

#[tokio::test]
async fn a_log_refuses_each_append_of_a_program_with_other_definitions() {
    let database = Database::new().await;
    let [ours, foreign] = [
        Process::on(&database).await,
        Process::with(&database, &with_notes(8)).await,
    ];
    for _ in 0..3 {
        let refused = foreign.log.append(new_stream()).await;
        assert!(
            matches!(refused, Err(AppendError::ViewsDiffer(_))),
            "{refused:?}"
        );
        let poisoned = append(clock::new_id(), 0, vec![registered("X")]);
        ours.log.append(poisoned).await.unwrap();
    }
    assert_eq!(crate::log::writers::assert_gapless(&ours.pool).await, 244);
}

#[tokio::test]
async fn a_program_that_finds_views_of_its_own_or_of_a_newer_one_leaves_them() {
    let database = Database::new().await;
    let mut owner = database.owner.connect().await.unwrap();
    let ours = DEFINITIONS.generation;
    for (definitions, expected) in [
        (DEFINITIONS, ViewsStanding::Same),
        (with_notes(0), ViewsStanding::Foreign(ours)),
        (with_notes(-1), ViewsStanding::Foreign(ours)),
        (with_notes(1), ViewsStanding::Older(ours)),
        (with_notes(1), ViewsStanding::Same),
        (with_notes(6), ViewsStanding::Same),
        (DEFINITIONS, ViewsStanding::Foreign(ours + 1)),
    ] {
        assert_eq!(
            views::standing(&mut owner, &definitions).await.unwrap(),
            expected
        );
        assert_eq!(
            views::ensure(&database.owner, &definitions).await.unwrap(),
            expected
        );
    }
}
