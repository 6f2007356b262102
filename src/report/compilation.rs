//! What is compiled of the log as of a position.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::counting::{self, CountedCollection};
use super::figures::CollectionFigures;
use crate::desk::{Desk, DeskError};
use crate::reading::comments::{self, RoundRow};
use crate::reading::releases::ReleaseRow;
use domain::collection::Collection;
use domain::document::Document;
use domain::instrument::{Instrument, InstrumentPresented, Revision};
use domain::meeting::Meeting;
use domain::report::Report;
use domain::{CollectionId, InstrumentId, MeetingId, Texts};
use event_log::ReadError;

/// All that a report can say, without its narratives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Compilation {
    /// The position that it is compiled as of.
    pub position: u64,
    /// When that was recorded, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub time: Option<String>,
    /// The collections' figures, in the order in which the report names them.
    pub collections: Vec<CollectionFigures>,
    /// Annex: progress in preparing instruments.
    pub instruments: Vec<Progress>,
}

/// How far an instrument is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// The instrument.
    #[schema(value_type = Uuid)]
    pub instrument: InstrumentId,
    /// What it is called, by language.
    #[schema(value_type = Object)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionProgress {
    /// 1, 2, 3.
    pub revision: u32,
    /// How many questions it has.
    pub questions: usize,
    /// The meeting that it was put before, once it was.
    #[serde(default)]
    pub presented: Option<RevisionPresentation>,
    /// The day on which that meeting gave it back, if it did.
    #[serde(default)]
    #[schema(format = Date)]
    pub returned_on: Option<String>,
    /// The decision by which it was approved.
    pub decision: Option<String>,
    /// Its day.
    #[schema(format = Date)]
    pub approved_on: Option<String>,
}

/// A meeting that a revision was put before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Presented)]
pub struct RevisionPresentation {
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// What it is called, by language.
    #[schema(value_type = Object)]
    pub title: Texts,
    /// The day.
    #[schema(format = Date)]
    pub on: String,
    /// The symbol of the report on progress that went with it.
    pub progress_report: Option<String>,
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
        for id in &report.particulars.collections {
            collections.push(self.collection(*id, None).await?);
        }
        let mut instruments = Vec::new();
        for id in &report.particulars.instruments {
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
        released: Option<&ReleaseRow>,
    ) -> Result<CollectionFigures, DeskError> {
        // What is released was counted, and asked, as of then.
        let counted_at = released.map_or(self.position, |released| released.position);
        let then = self.desk.load_as_of::<Collection>(id.0, counted_at).await?;
        let Some(collection) = then.state.as_ref() else {
            return Err(DeskError::NotFound("collection"));
        };
        let asked = self.desk.form_as_of(collection, self.position).await?;
        let of = CountedCollection {
            id,
            collection,
            form: &asked,
        };
        let counted = counting::count(self.desk.log().pool(), &of, self.position, released).await;
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
        let mut revisions = Vec::new();
        for revision in &instrument.revisions {
            revisions.push(self.revision(revision).await?);
        }
        Ok(Progress {
            instrument: id,
            title: instrument.title.clone(),
            category: instrument.category.clone(),
            revisions,
            rounds: comments::rounds(self.desk.log().pool(), id.0, self.position)
                .await
                .map_err(ReadError::from)?,
        })
    }

    async fn revision(&self, revision: &Revision) -> Result<RevisionProgress, DeskError> {
        let presented = match &revision.presentation {
            Some(presented) => Some(self.presented(presented).await?),
            None => None,
        };
        let approval = revision.approval.as_ref();
        Ok(RevisionProgress {
            revision: revision.number,
            questions: revision.questions.len(),
            presented,
            returned_on: revision
                .returned
                .as_ref()
                .map(|returned| returned.on.to_string()),
            decision: approval.map(|approval| approval.decision.clone()),
            approved_on: approval.map(|approval| approval.date.to_string()),
        })
    }

    async fn presented(
        &self,
        presented: &InstrumentPresented,
    ) -> Result<RevisionPresentation, DeskError> {
        let (desk, position) = (self.desk, self.position);
        let meeting = desk.load_as_of::<Meeting>(presented.meeting.0, position);
        let meeting = meeting.await?.state;
        let progress_report = match presented.progress_report {
            Some(document) => {
                let document = desk.load_as_of::<Document>(document.0, position).await?;
                let document = document.state.as_ref().as_ref();
                document.map(|document| document.symbol.clone())
            }
            None => None,
        };
        Ok(RevisionPresentation {
            meeting: presented.meeting,
            title: meeting
                .as_ref()
                .as_ref()
                .map_or_else(Texts::default, |meeting| meeting.title.clone()),
            on: presented.on.to_string(),
            progress_report,
        })
    }
}
