//! At every position, what the views say is what the events up to there amount to.

use super::comments::assert_comments_are_folds_of_events;
use super::delegations::assert_delegations_are_folds_of_events;
use super::lives::{assert_facts_are_folds_of_events, assert_lives_follow_one_another};
use super::meetings::assert_meetings_are_folds_of_events;
use crate::log::writers::Process;
use crate::support::Database;

/// For all views that have such a check.
pub async fn assert_views_are_folds_of_events(database: &Database) {
    let process = &Process::on(database).await;
    assert_lives_follow_one_another(&process.pool).await;
    assert_facts_are_folds_of_events(process).await;
    assert_delegations_are_folds_of_events(process).await;
    assert_meetings_are_folds_of_events(process).await;
    assert_comments_are_folds_of_events(process).await;
}
