//! The demonstration in this very process: whatever of it is played, views rebuilt equal views live.

use demonstration::progress::Progress;
use demonstration::run_watched;
use event_log::verify::verify;
use event_log::views;
use rapporteur::views::DEFINITIONS;

use crate::log::writers::Process;
use crate::support::World;
use crate::views::dump::dump;
use crate::views::folds::assert_views_are_folds_of_events;

#[tokio::test]
async fn after_each_chapter_views_rebuilt_equal_views_live_and_facts_are_folds_of_events() {
    let world = World::new().await;
    let pool = world.server.services.log().pool();
    let silent = &Progress::silent();
    let rebuilt_equals_live = async || {
        let live = dump(pool).await;
        let owner = &world.database.owner;
        views::rebuild(owner, &DEFINITIONS).await.unwrap();
        let rebuilt = dump(pool).await;
        for (table, rows) in &live {
            assert_eq!(&rebuilt[table], rows, "{table}");
        }
        assert_eq!(rebuilt.len(), live.len());
    };
    let played = run_watched(world.server.address, pool, silent, async |_| {
        rebuilt_equals_live().await;
    });
    played.await.unwrap();
    assert_eq!(verify(pool, &[]).await.unwrap().findings, []);
    let process = Process::on(&world.database).await;
    assert_views_are_folds_of_events(&process).await;

    let head = world.head().await;
    let again = run_watched(world.server.address, pool, silent, async |chapter| {
        panic!("{chapter:?} is played again");
    });
    again.await.unwrap();
    assert_eq!(world.head().await, head, "nothing is replayed");
}
