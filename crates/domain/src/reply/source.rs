//! Replies that did not come through the system: the Secretariat enters them, and says from what.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::collection::Collection;
use super::super::{fault, times};
use super::Refusal;

const REFERENCE_CHARS: usize = 100;

/// From what a reply was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = SourceInput)]
pub struct Source {
    /// How it came.
    #[schema(example = "paper")]
    pub kind: SourceKind,
    /// By what it is found: the symbol of a note verbale, a number in the registry.
    #[schema(example = "NV/2011/114")]
    pub reference: String,
    /// The day on which the Secretariat received it, which decides whether it is late.
    #[serde(deserialize_with = "times::read_day")]
    pub received_on: Date,
}

code_enum! {
    /// How a reply came that the Secretariat enters.
    pub enum SourceKind {
        /// On paper.
        Paper = "paper",
        /// By electronic mail.
        Email = "email",
        /// By telefax.
        Fax = "fax",
        /// Otherwise.
        Other = "other",
    }
}

/// A source that says what it must, and a day on which something can have been received.
pub(super) fn checked_source(
    source: Option<Source>,
    collection: &Collection,
    now: Timestamp,
) -> Result<Source, Refusal> {
    let Some(source) = source else {
        let fault = fault::MISSING_FIELD.at("/source").arg("field", "source");
        return Err(Refusal::SourceFaulty(vec![fault]));
    };
    let text = fault::of_text(&source.reference, "/source/reference", REFERENCE_CHARS);
    let mut faults: Vec<_> = text.into_iter().collect();
    let at = "/source/received_on";
    if source.received_on < collection.opened_on {
        let fault = fault::RECEIVED_BEFORE_OPENING.at(at);
        faults.push(fault.arg("opened_on", collection.opened_on));
    }
    let today = collection.deadline.day_of(now);
    if source.received_on > today {
        faults.push(fault::RECEIVED_IN_FUTURE.at(at).arg("today", today));
    }
    fault::none(faults).map_err(Refusal::SourceFaulty)?;
    Ok(source)
}
