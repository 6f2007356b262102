//! Questionnaires by their contents, which never change and so are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Desk, DeskError};
use domain::collection::Collection;
use domain::instrument::Instrument;
use domain::questionnaire::translations::TranslationRecord;
use domain::questionnaire::{Form, Questionnaire, SameAsSources};
use domain::reply::Reply;
use domain::{ContentRef, InstrumentId};
use event_log::content;

/// As of when it is said what a collection asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedAt {
    /// As this process last saw it: for what is guarded, or all the same after a correction.
    Known,
    /// As it is in the database.
    Now,
    /// As of a position.
    Then(u64),
}

impl From<Option<u64>> for AskedAt {
    /// As of a position, or now.
    fn from(position: Option<u64>) -> Self {
        position.map_or(Self::Now, Self::Then)
    }
}

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

    /// What is known of a questionnaire's translation, by its content.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where the content is missing or is none.
    pub async fn translation_record(
        &self,
        reference: &ContentRef,
    ) -> Result<TranslationRecord, DeskError> {
        let id = reference.content.0;
        let mut bodies = content::bodies(self.log.pool(), &[id]).await?;
        let body = bodies.remove(&id);
        body.and_then(|body| serde_json::from_slice(&body).ok())
            .ok_or(DeskError::NotFound("translation"))
    }

    /// A revision as a collection with this reference year asks it. What it asks never changes, so a cached instrument will do if
    /// it has it; words of a language that it was translated into since may come a little later.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such revision.
    pub async fn form(
        &self,
        instrument: InstrumentId,
        revision: u32,
        reference_year: Option<i16>,
    ) -> Result<Arc<Form>, DeskError> {
        for fresh in [false, true] {
            let loaded = self.load::<Instrument>(instrument.0, fresh).await?;
            let instrument = loaded.state.as_ref().as_ref();
            if let Some(revision) = instrument.and_then(|known| known.revision(revision)) {
                return self.form_of(revision.shown(), reference_year).await;
            }
        }
        Err(DeskError::NotFound("revision"))
    }

    /// What a collection asks.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such revision.
    pub async fn form_of_collection(&self, asked: &Collection) -> Result<Arc<Form>, DeskError> {
        self.form(asked.instrument, asked.revision, asked.reference_year)
            .await
    }

    /// What a collection asks, in the languages that it had as of then.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there was no such revision.
    pub async fn form_as_of(
        &self,
        asked: &Collection,
        position: u64,
    ) -> Result<Arc<Form>, DeskError> {
        let id = asked.instrument.0;
        let then = self.load_as_of::<Instrument>(id, position).await?;
        let revision = then.state.as_ref().as_ref();
        let revision = revision.and_then(|known| known.revision(asked.revision));
        let revision = revision.ok_or(DeskError::NotFound("revision"))?;
        self.form_of(revision.shown(), asked.reference_year).await
    }

    /// What a reply answers: what was submitted, as it was asked then; what can be changed, as its collection asks it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such revision.
    pub async fn form_of_reply(
        &self,
        reply: &Reply,
        asked: AskedAt,
    ) -> Result<Arc<Form>, DeskError> {
        let revision = self.revision_of_reply(reply, asked).await?;
        self.form(reply.instrument, revision, reply.reference_year)
            .await
    }

    /// The revision that a reply answers.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such collection.
    pub async fn revision_of_reply(&self, reply: &Reply, asked: AskedAt) -> Result<u32, DeskError> {
        if let Some(settled) = reply.settled_revision() {
            return Ok(settled);
        }
        let id = reply.collection.0;
        let collection = match asked {
            AskedAt::Known => self.load::<Collection>(id, false).await?,
            AskedAt::Now => self.load::<Collection>(id, true).await?,
            AskedAt::Then(position) => self.load_as_of::<Collection>(id, position).await?,
        };
        let collection = collection.state.as_ref().as_ref();
        let collection = collection.ok_or(DeskError::NotFound("collection"))?;
        Ok(collection.revision)
    }

    /// What is known of the instruments that a questionnaire's questions are said to be the same as ones of. What was asked stays
    /// asked, so nothing of it need be guarded.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where what a revision asks cannot be read.
    pub async fn same_as_sources(
        &self,
        own: InstrumentId,
        questionnaire: &Questionnaire,
    ) -> Result<SameAsSources, DeskError> {
        let mut wanted = BTreeMap::<InstrumentId, BTreeSet<&str>>::new();
        for (_, _, same_as) in questionnaire.mapped_questions() {
            let codes = wanted.entry(same_as.instrument).or_default();
            codes.insert(&same_as.question);
        }
        let mut revisions = BTreeMap::new();
        for (id, mut codes) in wanted {
            let loaded = self.load::<Instrument>(id.0, true).await?;
            let Some(instrument) = loaded.state.as_ref() else {
                continue;
            };
            let mut asking = Vec::new();
            for revision in instrument.revisions.iter().rev() {
                let before = codes.len();
                for question in &revision.questions {
                    codes.remove(question.code.as_str());
                }
                if codes.len() < before {
                    asking.push(self.questionnaire(&revision.questionnaire).await?);
                }
            }
            revisions.insert(id, asking);
        }
        Ok(SameAsSources { own, revisions })
    }

    /// A questionnaire by its content, as it is asked with this reference year. Its rules are compiled once.
    async fn form_of(
        &self,
        reference: &ContentRef,
        reference_year: Option<i16>,
    ) -> Result<Arc<Form>, DeskError> {
        let key = (reference.content, reference_year);
        if let Some(known) = self.forms.get(&key) {
            return Ok(known);
        }
        let questionnaire = self.questionnaire(reference).await?;
        let form = Arc::new(Form::new(questionnaire, reference_year));
        self.forms.insert(key, form.clone());
        Ok(form)
    }
}
