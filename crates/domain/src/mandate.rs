//! The mandate tracker: each operative paragraph of ECOSOC resolution 2004/28, how far it is, and the events that show it.
//! Computed from the log by the rules in `mandate/`, and from nothing else.

use serde_json::Value;
use uuid::Uuid;

mod assistance;
mod finding;
mod forwarding;
mod instruments;
mod lives;
mod meetings;
mod reporting;
#[cfg(test)]
mod tests;

pub use finding::{Evidence, Finding};
use lives::Lives;

/// The resolution.
pub const RESOLUTION: &str = "2004/28";

code_enum! {
    /// How far a paragraph, or an item of one, is.
    pub enum State as "ParagraphState" {
        /// Nothing that it asks for is on record.
        NotBegun = "not_begun",
        /// Something is on record, not all.
        UnderWay = "under_way",
        /// All that it asks for is on record.
        Done = "done",
        /// It goes on: it asks for what has no end.
        Continuing = "continuing",
        /// It asks for nothing here.
        NotApplicable = "not_applicable",
    }
}

/// An event as the rules read it.
#[derive(Clone, Debug)]
pub struct MandateEvent {
    /// Its place in the log.
    pub position: u64,
    /// The object that it happened to.
    pub stream: Uuid,
    /// What happened.
    pub kind: String,
    /// Its data.
    pub data: Value,
}

/// An operative paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// 1 to 17.
    pub paragraph: u8,
    /// How far it is.
    pub state: State,
    /// How far its items are, by letter.
    pub items: Vec<(char, State)>,
    /// What shows it, in the order of the log.
    pub evidence: Vec<Evidence>,
}

/// How far each paragraph is, given all events of [`KINDS`] up to a position, in their order.
///
/// # Errors
/// An event is not what its kind says.
pub fn evaluate(events: &[MandateEvent]) -> Result<Vec<Paragraph>, super::StoredEventError> {
    let lives = Lives::read(events)?;
    let findings = [
        reporting::document(&lives, "E/CN.15/2004/9"),
        reporting::document(&lives, "E/CN.15/2004/9/Add.1"),
        meetings::expert_meeting(&lives),
        assistance::support(&lives),
        instruments::made_by_the_expert_meeting(&lives),
        forwarding::category_i(&lives),
        instruments::approved(&lives),
        instruments::collected(&lives),
        reporting::fifteenth_session(&lives),
        assistance::resources(&lives),
        assistance::on_request(&lives),
        assistance::after_conflicts(&lives),
        assistance::materials(&lives),
        meetings::congress(&lives),
        meetings::later_categories(&lives),
        forwarding::later_categories(&lives),
        instruments::presented(&lives),
    ];
    let paragraphs = (1..).zip(findings);
    Ok(paragraphs
        .map(|(paragraph, finding)| finding.paragraph(paragraph))
        .collect())
}

/// The kinds of event that the rules read.
pub const KINDS: &[&str] = &[
    "party_registered",
    "document_recorded",
    "document_linked",
    "document_unlinked",
    "meeting_convened",
    "meeting_seats_allocated",
    "meeting_participants_recorded",
    "meeting_rescheduled",
    "meeting_held",
    "meeting_cancelled",
    "agenda_item_recorded",
    "meeting_outcome_recorded",
    "instrument_drafted",
    "instrument_revised",
    "instrument_presented",
    "instrument_approved",
    "instrument_returned",
    "instrument_withdrawn",
    "consultation_opened",
    "consultation_parties_asked",
    "consultation_closed",
    "consultation_reopened",
    "comment_made",
    "comment_withdrawn",
    "comment_disposed",
    "collection_opened",
    "parties_invited",
    "collection_closed",
    "collection_reopened",
    "report_begun",
    "report_revised",
    "report_compiled",
    "narrative_drafted",
    "narrative_dropped",
    "report_published",
    "report_abandoned",
    "need_types_revised",
    "contribution_pledged",
    "contribution_corrected",
    "contribution_received",
    "contribution_cancelled",
    "request_made",
    "request_accepted",
    "request_declined",
    "request_withdrawn",
    "project_proposed",
    "project_edited",
    "project_funded",
    "project_begun",
    "project_completed",
    "project_cancelled",
    "material_taken_up",
    "material_revised",
    "material_issued",
    "material_review_begun",
];
