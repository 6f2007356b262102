//! What is compiled of the log as of a position.

use serde::{Deserialize, Serialize};

use super::figures::{self, CollectionFigures, Of, Released};
use crate::desk::{Desk, DeskError};
use crate::domain::collection::Collection;
use crate::domain::instrument::Instrument;
use crate::domain::report::Report;
use crate::domain::{CollectionId, InstrumentId, Texts};
use crate::log::ReadError;
use crate::reading::comments::{self, RoundRow};

/// All that a report can say, without its narratives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compilation {
    /// The position that it is compiled as of.
    pub position: u64,
    /// When that was recorded, RFC 3339 in UTC.
    pub time: Option<String>,
    /// The collections' figures, in the order in which the report names them.
    pub collections: Vec<CollectionFigures>,
    /// Annex: progress in preparing instruments.
    pub instruments: Vec<Progress>,
}

/// How far an instrument is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The instrument.
    pub instrument: InstrumentId,
    /// What it is called.
    pub title: Texts,
    /// The category of standards that it is about.
    pub category: String,
    /// Its revisions.
    pub revisions: Vec<RevisionProgress>,
    /// Annex: the rounds of comments on it, and what became of them.
    #[serde(default)]
    pub rounds: Vec<RoundRow>,
}

/// A revision of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionProgress {
    /// 1, 2, 3.
    pub revision: u32,
    /// How many questions it has.
    pub questions: usize,
    /// The decision by which it was approved.
    pub decision: Option<String>,
    /// Its day.
    pub approved_on: Option<String>,
}

/// Compiles: reads what a report needs.
pub struct Compiler<'a> {
    /// From where.
    pub desk: &'a Desk,
    /// As of when.
    pub position: u64,
}

impl Compiler<'_> {
    /// All that the report can say as of the position.
    ///
    /// # Errors
    /// The database does not answer, or what the report names did not exist then.
    pub async fn compile(&self, report: &Report) -> Result<Compilation, DeskError> {
        let mut collections = Vec::new();
        for id in &report.collections {
            collections.push(self.collection(*id, None).await?);
        }
        let mut instruments = Vec::new();
        for id in &report.instruments {
            instruments.push(self.instrument(*id).await?);
        }
        let time = self.desk.log().at(self.position).await?;
        let time = time.and_then(|head| head.time);
        Ok(Compilation {
            position: self.position,
            time: time.map(|time| format!("{time:.6}")),
            collections,
            instruments,
        })
    }

    /// A collection's figures: all of them, or those of a release.
    ///
    /// # Errors
    /// The database does not answer, or the collection did not exist then.
    pub async fn collection(
        &self,
        id: CollectionId,
        released: Option<&Released>,
    ) -> Result<CollectionFigures, DeskError> {
        let then = self
            .desk
            .load_as_of::<Collection>(id.0, self.position)
            .await?;
        let Some(collection) = then.state.as_ref() else {
            return Err(DeskError::NotFound("collection"));
        };
        let (instrument, revision) = (collection.instrument, collection.revision);
        let asked = self.desk.asked(instrument, revision).await?;
        let of = Of {
            id,
            collection,
            questionnaire: &asked,
        };
        let counted = figures::count(self.desk.log().pool(), &of, self.position, released).await;
        Ok(counted.map_err(ReadError::from)?)
    }

    async fn instrument(&self, id: InstrumentId) -> Result<Progress, DeskError> {
        let then = self
            .desk
            .load_as_of::<Instrument>(id.0, self.position)
            .await?;
        let Some(instrument) = then.state.as_ref() else {
            return Err(DeskError::NotFound("instrument"));
        };
        let revisions = instrument
            .revisions
            .iter()
            .map(|revision| RevisionProgress {
                revision: revision.number,
                questions: revision.questions.len(),
                decision: revision
                    .approval
                    .as_ref()
                    .map(|approval| approval.decision.clone()),
                approved_on: revision
                    .approval
                    .as_ref()
                    .map(|approval| approval.date.to_string()),
            });
        Ok(Progress {
            instrument: id,
            title: instrument.title.clone(),
            category: instrument.category.clone(),
            revisions: revisions.collect(),
            rounds: comments::rounds(self.desk.log().pool(), id.0, self.position)
                .await
                .map_err(ReadError::from)?,
        })
    }
}
