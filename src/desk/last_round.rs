//! What a party answered in the last round. What was submitted once never changes, so it needs no guard.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Desk, DeskError};
use crate::reading::rounds;
use domain::instrument::{Instrument, Revision};
use domain::questionnaire::{Form, SameAs};
use domain::reply::{Lineage, PreviousAnswers, PreviousVersion, Reply};
use domain::{ContentId, InstrumentId};
use event_log::{ReadError, content};

/// Through how many instruments it is followed what a question is the same as.
const MAX_ANCESTORS: usize = 20;

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
        let lineage = self.lineage(form).await?;
        Ok(PreviousAnswers::new(form, (own, &lineage), versions))
    }

    /// What the questions of a form are the same as in other instruments, and what those are.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where what a revision asks cannot be read.
    pub async fn lineage(&self, form: &Form) -> Result<Lineage, DeskError> {
        let mut lineage = Lineage::new();
        for (_, question, named) in form.mapped_questions() {
            let mut ancestors = vec![named.clone()];
            while let Some(last) = ancestors.last()
                && ancestors.len() < MAX_ANCESTORS
                && let Some(next) = self.ancestor(last).await?
                && !ancestors.contains(&next)
            {
                ancestors.push(next);
            }
            lineage.insert(question.code.clone(), ancestors);
        }
        Ok(lineage)
    }

    /// What a question of another instrument says that it is the same as, in the newest revision that asks it.
    async fn ancestor(&self, of: &SameAs) -> Result<Option<SameAs>, DeskError> {
        let loaded = self.load::<Instrument>(of.instrument.0, false).await?;
        let Some(instrument) = loaded.state.as_ref() else {
            return Ok(None);
        };
        let mut revisions = instrument.revisions.iter().rev();
        let asks = |revision: &&Revision| {
            let mut questions = revision.questions.iter();
            questions.any(|question| question.code == of.question)
        };
        let Some(revision) = revisions.find(asks) else {
            return Ok(None);
        };
        let questionnaire = self.questionnaire(&revision.questionnaire).await?;
        let mut questions = questionnaire.questions();
        let found = questions.find(|question| question.code == of.question);
        Ok(found.and_then(|question| question.same_as.clone()))
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
