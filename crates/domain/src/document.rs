//! A document of the United Nations, by its symbol: one stream per symbol. Recorded, amended, linked to what it is about.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::decider::one;
use super::fault::{self, Fault};
use super::{CollectionId, ConsultationId, InstrumentId, MeetingId, ReportId};

mod checks;
mod events;
#[cfg(test)]
mod tests;

pub use events::{
    DocumentAmended, DocumentLinked, DocumentRecorded, DocumentUnlinked, Particulars,
};

code_enum! {
    /// What kind of document.
    pub enum DocumentKind {
        /// A report, of the Secretary-General or of a meeting.
        Report = "report",
        /// A note by the Secretariat.
        Note = "note",
        /// A note verbale or another letter.
        NoteVerbale = "note_verbale",
        /// A resolution.
        Resolution = "resolution",
        /// A working or background paper.
        WorkingPaper = "working_paper",
        /// A conference room paper.
        ConferenceRoomPaper = "conference_room_paper",
        /// Any other.
        Other = "other",
    }
}

code_enum! {
    /// How a document is related to what it is linked to.
    pub enum DocumentRelation as "DocumentRelation" {
        /// It was put before the meeting.
        BeforeTheMeeting = "before_the_meeting",
        /// It is what came of the meeting: its report, its declaration.
        Outcome = "outcome",
        /// It is the report of it, or on it.
        ReportOf = "report_of",
        /// It is the report on the progress of an instrument.
        ProgressReport = "progress_report",
        /// It holds the text of it.
        TextOf = "text_of",
        /// It is about it in another way.
        About = "about",
    }
}

/// What a document is linked to: `{"meeting": "…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A meeting.
    Meeting(MeetingId),
    /// An instrument.
    Instrument(InstrumentId),
    /// A consultation.
    Consultation(ConsultationId),
    /// A collection.
    Collection(CollectionId),
    /// A report to the Commission.
    Report(ReportId),
}

impl Target {
    /// The kinds of targets.
    pub const KINDS: &'static [&'static str] = &[
        "meeting",
        "instrument",
        "consultation",
        "collection",
        "report",
    ];

    /// Which kind it is, one of [`Self::KINDS`].
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Meeting(_) => "meeting",
            Self::Instrument(_) => "instrument",
            Self::Consultation(_) => "consultation",
            Self::Collection(_) => "collection",
            Self::Report(_) => "report",
        }
    }

    /// Its stream.
    pub const fn stream(self) -> uuid::Uuid {
        match self {
            Self::Meeting(id) => id.0,
            Self::Instrument(id) => id.0,
            Self::Consultation(id) => id.0,
            Self::Collection(id) => id.0,
            Self::Report(id) => id.0,
        }
    }

    /// What has this kind and this stream; none for a kind that is not known.
    pub fn from_stream(kind: &str, stream: uuid::Uuid) -> Option<Self> {
        Some(match kind {
            "meeting" => Self::Meeting(MeetingId(stream)),
            "instrument" => Self::Instrument(InstrumentId(stream)),
            "consultation" => Self::Consultation(ConsultationId(stream)),
            "collection" => Self::Collection(CollectionId(stream)),
            "report" => Self::Report(ReportId(stream)),
            _ => return None,
        })
    }

    /// Whether a document can stand in this relation to it.
    const fn takes(self, how: DocumentRelation) -> bool {
        match how {
            DocumentRelation::BeforeTheMeeting | DocumentRelation::Outcome => {
                matches!(self, Self::Meeting(_))
            }
            DocumentRelation::ProgressReport => {
                matches!(self, Self::Instrument(_) | Self::Meeting(_))
            }
            DocumentRelation::TextOf => matches!(self, Self::Instrument(_) | Self::Report(_)),
            DocumentRelation::ReportOf | DocumentRelation::About => true,
        }
    }
}

// Events

events! {
    /// What happens to a document.
    pub enum Event {
        DocumentRecorded = "document_recorded",
        DocumentAmended = "document_amended",
        DocumentLinked = "document_linked",
        DocumentUnlinked = "document_unlinked",
    }
}

// State

/// A document as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its symbol.
    pub symbol: String,
    /// What is known of it.
    pub particulars: Particulars,
    /// What it is linked to, and how.
    pub links: BTreeSet<(Target, DocumentRelation)>,
}

/// None until the document is recorded.
pub type State = Option<Document>;

fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (None, Event::DocumentRecorded(event)) => Some(Document {
            symbol: event.symbol.clone(),
            particulars: event.particulars.clone(),
            links: BTreeSet::new(),
        }),
        (Some(mut document), Event::DocumentAmended(event)) => {
            document.particulars = event.particulars.clone();
            Some(document)
        }
        (Some(mut document), Event::DocumentLinked(event)) => {
            document.links.insert((event.to, event.how));
            Some(document)
        }
        (Some(mut document), Event::DocumentUnlinked(event)) => {
            document.links.remove(&(event.to, event.how));
            Some(document)
        }
        (state, _) => state,
    }
}

// Commands

/// What somebody wants of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Record it.
    Record(DocumentRecorded),
    /// Let this be what is known of it.
    Amend(Particulars),
    /// Link it.
    Link {
        /// To what.
        to: Target,
        /// How.
        how: DocumentRelation,
    },
    /// Take a link back.
    Unlink {
        /// To what it is linked.
        to: Target,
        /// How.
        how: DocumentRelation,
    },
}

/// What decisions on a document read of other streams.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Whether there is what the document is to be linked to; none where the command links it to nothing. What is there once
    /// stays there.
    pub target: Option<bool>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        DocumentAlreadyRecorded = "document_already_recorded", "there is a document with this symbol already";
        DocumentNotRecorded = "document_not_recorded", "there is no such document";
        DocumentFaulty(faults) = "document_faulty", "what is said of the document has faults";
        DocumentAlreadyLinked = "document_already_linked", "the document is linked in this way already";
        DocumentNotLinked = "document_not_linked", "the document is not linked in this way";
    }
}

// Decide

decider!(Document);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(document) = state else {
        return match command {
            Command::Record(document) => record(document),
            _ => Err(Refusal::DocumentNotRecorded),
        };
    };
    let symbol = document.symbol.clone();
    match command {
        Command::Record(_) => Err(Refusal::DocumentAlreadyRecorded),
        Command::Amend(particulars) if particulars == document.particulars => Ok(Vec::new()),
        Command::Amend(particulars) => {
            faultless(checks::particulars(&particulars))?;
            Ok(one(DocumentAmended {
                symbol,
                particulars,
            }))
        }
        Command::Link { to, how } if document.links.contains(&(to, how)) => {
            Err(Refusal::DocumentAlreadyLinked)
        }
        Command::Link { to, how } => {
            faultless(checks::link(to, how, *context))?;
            Ok(one(DocumentLinked { symbol, to, how }))
        }
        Command::Unlink { to, how } if !document.links.contains(&(to, how)) => {
            Err(Refusal::DocumentNotLinked)
        }
        Command::Unlink { to, how } => Ok(one(DocumentUnlinked { symbol, to, how })),
    }
}

fn faultless(faults: Vec<Fault>) -> Result<(), Refusal> {
    fault::none(faults).map_err(Refusal::DocumentFaulty)
}

fn record(document: DocumentRecorded) -> Result<Vec<Event>, Refusal> {
    let mut faults = Vec::new();
    if !checks::is_symbol(&document.symbol) {
        faults.push(
            fault::BAD_SYMBOL
                .at("/symbol")
                .arg("symbol", &document.symbol),
        );
    }
    faults.extend(checks::particulars(&document.particulars));
    faultless(faults)?;
    Ok(one(document))
}
