//! At every position, what the views say is what the events up to there amount to.

use super::assisting::assert_assistance_is_a_fold_of_events;
use super::comments::assert_comments_are_folds_of_events;
use super::consents::assert_consents_are_folds_of_events;
use super::delegations::assert_delegations_are_folds_of_events;
use super::instruments::assert_instruments_are_folds_of_events;
use super::lives::{assert_facts_are_folds_of_events, assert_lives_follow_one_another};
use super::meetings::assert_meetings_are_folds_of_events;
use super::needs::assert_needs_are_folds_of_events;
use crate::log::writers::Process;

/// For all views that have such a check.
pub async fn assert_views_are_folds_of_events(process: &Process) {
    assert_lives_follow_one_another(&process.pool).await;
    assert_facts_are_folds_of_events(process).await;
    assert_consents_are_folds_of_events(process).await;
    assert_delegations_are_folds_of_events(process).await;
    assert_meetings_are_folds_of_events(process).await;
    assert_comments_are_folds_of_events(process).await;
    assert_instruments_are_folds_of_events(process).await;
    assert_assistance_is_a_fold_of_events(process).await;
    assert_needs_are_folds_of_events(process).await;
}
