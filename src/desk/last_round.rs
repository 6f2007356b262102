//! What a party answered in the last round. What was submitted once never changes, so it needs no guard.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Desk, DeskError};
use crate::reading::rounds;
use domain::questionnaire::Form;
use domain::reply::{PreviousAnswers, PreviousVersion, Reply};
use domain::{ContentId, InstrumentId};
use event_log::{ReadError, content};

impl Desk {
    /// What stands of these versions beside the questions of a form, which is of the instrument `own`.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn previous_answers(
        &self,
        versions: &[PreviousVersion],
        own: InstrumentId,
        form: &Form,
    ) -> Result<PreviousAnswers, DeskError> {
        let mut held = Vec::new();
        for version in versions {
            held.extend(self.version(*version).await?.map(|held| (*version, held)));
        }
        let versions = held.iter().map(|(version, held)| (*version, held));
        Ok(PreviousAnswers::new(form, own, versions))
    }

    /// The same for rules; none where they read nothing of it.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn last_round(
        &self,
        versions: &[PreviousVersion],
        own: InstrumentId,
        form: &Form,
    ) -> Result<Option<Arc<PreviousAnswers>>, DeskError> {
        let is_read = form.rules().is_ok_and(|rules| rules.reads_last_round());
        if versions.is_empty() || !is_read {
            return Ok(None);
        }
        let previous = self.previous_answers(versions, own, form).await?;
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
