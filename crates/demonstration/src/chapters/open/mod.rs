//! Work of every kind that is not done: so that whoever looks finds something of each to do. All of it is made up.

mod assistance;
mod collection;
mod instruments;
mod meeting;
mod replies;
mod report;

use super::{Caller, Stage};
use crate::client::ClientError;

/// Plays it. The report comes last: by it one knows that all is played.
pub async fn play(stage: &Stage<'_>) -> anyhow::Result<()> {
    meeting::play(stage).await?;
    instruments::play(stage).await?;
    let collection = collection::play(stage).await?;
    replies::play(stage, &collection).await?;
    collection::remind(stage, &collection).await?;
    assistance::play(stage).await?;
    report::play(stage).await
}

/// Whether the demonstration is played to its end.
pub async fn are_played(officer: &Caller<'_>) -> Result<bool, ClientError> {
    report::is_compiled(officer).await
}
