//! The instruments that the Secretariat works on, as its page lists them.

use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::reading::caption::Caption;
use crate::reading::{Part, instruments};
use domain::InstrumentId;

/// The most instruments that are listed.
const MOST: i64 = 200;

/// An instrument, and its revision that can be tried.
pub struct InstrumentLine {
    /// Which.
    pub id: InstrumentId,
    /// What it is called.
    pub title: Passage,
    /// The number of its latest revision.
    pub revision: i32,
}

/// The instruments that have a revision; nobody but the Secretariat is shown any.
///
/// # Errors
/// The database does not answer.
pub async fn instruments(visitor: &Visitor) -> Result<Vec<InstrumentLine>, Problem> {
    if !visitor.caller.principal.role.is_secretariat() {
        return Ok(Vec::new());
    }
    let read = instruments::list(visitor.pool(), &Part::first(None, MOST)).await?;
    let mut lines = Vec::new();
    for row in read.rows {
        let Some(revision) = row.latest_revision else {
            continue;
        };
        if let Caption::InAll(title) = &row.title {
            lines.push(InstrumentLine {
                id: InstrumentId(row.id),
                title: Passage::pick(title, visitor.languages(), visitor.lang()),
                revision,
            });
        }
    }
    Ok(lines)
}
