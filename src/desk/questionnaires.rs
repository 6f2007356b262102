//! Questionnaires by their contents, which never change and so are kept.

use std::sync::Arc;

use super::{Desk, DeskError};
use domain::instrument::Instrument;
use domain::questionnaire::Questionnaire;
use domain::{ContentRef, InstrumentId};
use event_log::content;

impl Desk {
    /// A questionnaire by its content. What is stored does not change, so it is kept.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where the content is missing or is no questionnaire.
    pub async fn questionnaire(
        &self,
        reference: &ContentRef,
    ) -> Result<Arc<Questionnaire>, DeskError> {
        let id = reference.content;
        if let Some(known) = self.questionnaires.get(&id) {
            return Ok(known);
        }
        let mut bodies = content::bodies(self.log.pool(), &[id.0]).await?;
        let questionnaire = bodies
            .remove(&id.0)
            .and_then(|body| serde_json::from_slice::<Questionnaire>(&body).ok())
            .map(Arc::new)
            .ok_or(DeskError::NotFound("questionnaire"))?;
        self.questionnaires.insert(id, questionnaire.clone());
        Ok(questionnaire)
    }

    /// The questionnaire of a revision. A revision never changes, so a cached instrument will do if it has it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such revision.
    pub async fn questionnaire_of(
        &self,
        instrument: InstrumentId,
        revision: u32,
    ) -> Result<Arc<Questionnaire>, DeskError> {
        for fresh in [false, true] {
            let loaded = self.load::<Instrument>(instrument.0, fresh).await?;
            let instrument = loaded.state.as_ref().as_ref();
            if let Some(revision) = instrument.and_then(|known| known.revision(revision)) {
                return self.questionnaire(&revision.questionnaire).await;
            }
        }
        Err(DeskError::NotFound("revision"))
    }
}
