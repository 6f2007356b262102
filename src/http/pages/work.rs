//! What waits for the Secretariat, as its page of what waits lists it: by kind, and where each thing is read or dealt with.

use std::collections::HashMap;

use uuid::Uuid;

use super::comments::waiting::instrument_title;
use super::moment;
use super::passage::Passage;
use super::visitor::Visitor;
use crate::http::problem::Problem;
use crate::reading::work::{self, WorkKind, WorkRow};
use domain::consultation::Consultation;
use domain::{CollectionId, ConsultationId};

/// The most things that are listed; the API goes on.
const MOST: usize = 200;

/// What waits for the Secretariat.
#[derive(Default)]
pub struct WorkList {
    /// Of each kind of which anything waits.
    pub groups: Vec<WorkGroup>,
    /// Whether more waits than is listed.
    pub has_more: bool,
}

/// What waits of one kind, the first to come first.
pub struct WorkGroup {
    /// What the kind is called.
    pub title: &'static str,
    /// Each thing.
    pub lines: Vec<WorkLine>,
}

/// Something that waits.
pub struct WorkLine {
    /// Whose it is.
    pub party: Passage,
    /// The collection or consultation that it is of; none where it is of neither.
    pub about: Option<Passage>,
    /// When it came.
    pub since: String,
    /// The page where it is read or, where there is none, its address in the API.
    pub address: String,
}

/// What waits for the Secretariat; none for whoever is not of it.
///
/// # Errors
/// The database does not answer.
pub async fn work_list(visitor: &Visitor) -> Result<Option<WorkList>, Problem> {
    if !visitor.may("list_work") {
        return Ok(None);
    }
    let rows = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let mut rows = work::waiting(visitor.pool(), 0, i64::MAX, rows).await?;
    let has_more = rows.len() > MOST;
    rows.truncate(MOST);
    let mut titles = Titles::default();
    let mut groups = Vec::new();
    for kind in WorkKind::ALL {
        let mut lines = Vec::new();
        for row in rows.iter().filter(|row| row.kind == *kind) {
            lines.push(WorkLine {
                party: Passage::pick(&row.names, visitor.languages(), visitor.lang()),
                about: titles.of(visitor, row).await?,
                since: moment::told(visitor.lang(), row.time),
                address: address(row),
            });
        }
        if !lines.is_empty() {
            let title = title(visitor, *kind);
            groups.push(WorkGroup { title, lines });
        }
    }
    Ok(Some(WorkList { groups, has_more }))
}

fn title(visitor: &Visitor, kind: WorkKind) -> &'static str {
    let w = visitor.words;
    match kind {
        WorkKind::Reply => w.work_replies(),
        WorkKind::Amendment => w.work_amendments(),
        WorkKind::Answer => w.work_answers(),
        WorkKind::Comment => w.work_comments(),
        WorkKind::Request => w.work_requests(),
    }
}

fn address(row: &WorkRow) -> String {
    let id = row.id;
    match (row.kind, row.consultation) {
        (WorkKind::Reply | WorkKind::Amendment, _) => format!("/replies/{id}/versions"),
        (WorkKind::Answer, _) => format!("/replies/{id}/clarifications"),
        (WorkKind::Comment, Some(consultation)) => format!("/consultations/{consultation}"),
        (WorkKind::Comment, None) => format!("/v1/comments/{id}"),
        (WorkKind::Request, _) => format!("/v1/requests/{id}"),
    }
}

/// What collections and consultations are called: many things wait in one.
#[derive(Default)]
struct Titles(HashMap<Uuid, Passage>);

impl Titles {
    async fn of(&mut self, visitor: &Visitor, row: &WorkRow) -> Result<Option<Passage>, Problem> {
        let Some(id) = row.collection.or(row.consultation) else {
            return Ok(None);
        };
        if let Some(known) = self.0.get(&id) {
            return Ok(Some(known.clone()));
        }
        let title = match row.collection {
            Some(collection) => {
                let collection = visitor.services.fresh_collection(CollectionId(collection));
                let title = &collection.await?.title;
                Passage::pick(title, visitor.languages(), visitor.lang())
            }
            None => consultation_title(visitor, ConsultationId(id)).await?,
        };
        self.0.insert(id, title.clone());
        Ok(Some(title))
    }
}

/// What a consultation is called; where it has no name of its own, as its instrument is.
async fn consultation_title(visitor: &Visitor, id: ConsultationId) -> Result<Passage, Problem> {
    let desk = &visitor.services.desk;
    let loaded = desk.load::<Consultation>(id.0, true).await?;
    let Some(held) = loaded.state.as_ref() else {
        return Ok(Passage::default());
    };
    match &held.title {
        Some(own) => Ok(Passage::pick(own, visitor.languages(), visitor.lang())),
        None => instrument_title(visitor, held.instrument).await,
    }
}
