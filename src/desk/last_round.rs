//! What a party answered in the last round. What was submitted once never changes, so it needs no guard.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Desk, DeskError};
use crate::reading::rounds;
use domain::ContentId;
use domain::questionnaire::Form;
use domain::reply::{PreviousAnswers, PreviousVersion, Reply};
use event_log::{ReadError, content};

impl Desk {
    /// What stands of the last round beside the questions of a reply.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn previous_answers(
        &self,
        reply: &Reply,
        form: &Form,
    ) -> Result<PreviousAnswers, DeskError> {
        let mut versions = Vec::new();
        for version in reply.previous.iter() {
            versions.extend(self.version(*version).await?.map(|held| (*version, held)));
        }
        let versions = versions.iter().map(|(version, held)| (*version, held));
        Ok(PreviousAnswers::new(form, reply.instrument, versions))
    }

    /// The same for rules; none where they read nothing of it.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn last_round(
        &self,
        reply: &Reply,
        form: &Form,
    ) -> Result<Option<Arc<PreviousAnswers>>, DeskError> {
        let is_read = form.rules().is_ok_and(|rules| rules.reads_last_round());
        if reply.previous.is_empty() || !is_read {
            return Ok(None);
        }
        let previous = self.previous_answers(reply, form).await?;
        Ok(Some(Arc::new(previous)))
    }

    /// The words that are gone of what stands beside.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn words_gone(
        &self,
        previous: &PreviousAnswers,
    ) -> Result<BTreeSet<ContentId>, DeskError> {
        let held = previous
            .iter()
            .filter_map(|(_, answer)| answer.value.content());
        let ids: Vec<_> = held.map(|reference| reference.content.0).collect();
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let stored = content::stored_ids(self.log.pool(), &ids).await?;
        let gone = ids.into_iter().filter(|id| !stored.contains(id));
        Ok(gone.map(ContentId).collect())
    }

    /// A reply as a version of it was submitted.
    async fn version(&self, version: PreviousVersion) -> Result<Option<Reply>, DeskError> {
        let found = rounds::submission_position(self.log.pool(), version).await;
        let Some(position) = found.map_err(ReadError::from)? else {
            return Ok(None);
        };
        let then = self.load_as_of::<Reply>(version.reply.0, position).await?;
        Ok(then.state.as_ref().as_ref().map(Reply::as_submitted))
    }
}
