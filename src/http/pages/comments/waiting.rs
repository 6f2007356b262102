//! The consultations in which somebody's party is asked, as the page of what waits for them lists them.

use std::collections::HashMap;

use uuid::Uuid;

use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::rights::need::alone;
use crate::reading::consultations::{self, ConsultationRow};
use crate::reading::{Part, comments};
use domain::InstrumentId;
use domain::consultation::Status;
use domain::instrument::Instrument;

/// The most consultations that are listed, and the most comments that are counted.
const MOST: i64 = 1_000;

/// A consultation in which somebody's party is asked.
pub struct ConsultationLine {
    /// Which.
    pub id: Uuid,
    /// What it is called; where it has no name of its own, as its instrument is.
    pub title: Passage,
    /// The party that is asked.
    pub party: String,
    /// Until when comments are expected.
    pub deadline: String,
    /// Whether comments are taken no more.
    pub is_closed: bool,
    /// How many comments the party made.
    pub comments: usize,
}

/// The consultations in which the visitor's party is asked, the newest first; none for whoever may not comment.
///
/// # Errors
/// The database does not answer.
pub async fn consultations(visitor: &Visitor) -> Result<Vec<ConsultationLine>, Problem> {
    if !visitor.may("make_comment") {
        return Ok(Vec::new());
    }
    let Some(party) = alone(&visitor.services, &visitor.caller).await? else {
        return Ok(Vec::new());
    };
    let filter = consultations::Filter {
        party: Some(party.0),
        asked: Some(true),
        ..consultations::Filter::default()
    };
    let part = Part::first(None, MOST);
    let asked = consultations::list(visitor.pool(), &part, filter).await?;
    if asked.rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = asked.rows.iter().map(|row| row.id).collect();
    let filter = comments::Filter {
        consultations: &ids,
        party: Some(party.0),
        ..comments::Filter::default()
    };
    let made = comments::list(visitor.pool(), &Part::first(None, MOST), &filter).await?;
    let mut counts: HashMap<Uuid, usize> = HashMap::new();
    for comment in made.rows {
        *counts.entry(comment.consultation).or_default() += 1;
    }
    let name = visitor.party_name(party).await?;
    let mut lines = Vec::new();
    for row in asked.rows.iter().rev() {
        lines.push(ConsultationLine {
            id: row.id,
            title: title(visitor, row).await?,
            party: name.clone(),
            deadline: moment::deadline(visitor.lang(), &row.deadline),
            is_closed: row.status == Status::Closed,
            comments: counts.get(&row.id).copied().unwrap_or_default(),
        });
    }
    Ok(lines)
}

async fn title(visitor: &Visitor, row: &ConsultationRow) -> Result<Passage, Problem> {
    match &row.title {
        Some(own) => Ok(Passage::pick(own, visitor.languages(), visitor.lang())),
        None => instrument_title(visitor, InstrumentId(row.instrument)).await,
    }
}

/// What an instrument is called.
///
/// # Errors
/// The database does not answer.
pub async fn instrument_title(visitor: &Visitor, id: InstrumentId) -> Result<Passage, Problem> {
    let desk = &visitor.services.desk;
    let loaded = desk.load::<Instrument>(id.0, false).await?;
    let instrument = loaded.state.as_ref().as_ref();
    let title = instrument.map(|instrument| &instrument.title);
    Ok(title.map_or_else(Passage::default, |title| {
        Passage::pick(title, visitor.languages(), visitor.lang())
    }))
}
