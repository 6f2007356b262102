//! The pure core: what can happen, and what the rules say.
//!
//! No I/O, no clock, no randomness: time and ids arrive inside commands, and what a decision needs to know of other
//! streams arrives in its context. One file per aggregate, always in the same order: events, state, `evolve`,
//! commands, refusals, `decide`, tests.

#[macro_use]
mod macros;

pub mod blank;
pub mod classification;
pub mod collection;
pub mod comment;
pub mod commenters;
pub mod consultation;
pub mod content;
pub mod contribution;
mod decider;
pub mod decimal;
pub mod delegation;
pub mod document;
pub mod email;
mod entered;
pub mod fault;
pub mod ids;
pub mod instrument;
pub mod lang;
pub mod mandate;
pub mod material;
pub mod meeting;
pub mod money;
pub mod naming;
pub mod need;
pub mod need_types;
pub mod notice;
pub mod number;
pub mod party;
pub mod phrase;
pub mod project;
pub mod questionnaire;
pub mod redaction;
pub mod reply;
pub mod report;
pub mod request;
pub mod resources;
pub mod schema;
mod size;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod times;
pub mod translation;
pub mod whole_number;
pub mod words;

#[doc(hidden)]
pub use utoipa;

pub use content::ContentRef;
pub use decider::{Decider, DomainEvent, Refusal, StoredEventError};
pub use decimal::Decimal;
pub use fault::{Fault, FaultCode};
pub use ids::{
    CollectionId, CommentId, CommentersId, ConsultationId, ContentId, ContributionId, DelegationId,
    DocumentId, FileId, Ids, InstrumentId, MaterialId, MeetingId, NeedId, PartyId, PersonId,
    ProjectId, ReplyId, ReportId, RequestId, ThingId, TranslationsId, classification_id,
    need_types_id,
};
pub use lang::{Lang, Texts};
pub use whole_number::WholeNumber;
pub use words::Words;

/// Every aggregate, with the kinds of its events.
pub const AGGREGATES: &[(&str, &[&str])] = &[
    ("party", party::Event::KINDS),
    ("classification", classification::Event::KINDS),
    ("instrument", instrument::Event::KINDS),
    ("consultation", consultation::Event::KINDS),
    ("comment", comment::Event::KINDS),
    ("commenters", commenters::Event::KINDS),
    ("collection", collection::Event::KINDS),
    ("delegation", delegation::Event::KINDS),
    ("reply", reply::Event::KINDS),
    ("report", report::Event::KINDS),
    ("translation", translation::Event::KINDS),
    ("redaction", redaction::Event::KINDS),
    ("need_types", need_types::Event::KINDS),
    ("need", need::Event::KINDS),
    ("meeting", meeting::Event::KINDS),
    ("document", document::Event::KINDS),
    ("contribution", contribution::Event::KINDS),
    ("project", project::Event::KINDS),
    ("material", material::Event::KINDS),
    ("request", request::Event::KINDS),
];

/// Every kind of event of every aggregate.
pub fn kinds() -> Vec<&'static str> {
    let kinds = AGGREGATES.iter().flat_map(|(_, kinds)| kinds.iter());
    kinds.copied().collect()
}

/// The aggregate whose event this kind is.
pub fn aggregate_of(kind: &str) -> Option<&'static str> {
    let found = AGGREGATES.iter().find(|(_, kinds)| kinds.contains(&kind));
    found.map(|(aggregate, _)| *aggregate)
}

/// The code and the sentence of every refusal of every aggregate, by code. Some aggregates share one.
pub fn refusals() -> Vec<(&'static str, &'static str)> {
    let mut refusals = [
        party::Refusal::ALL,
        classification::Refusal::ALL,
        instrument::Refusal::ALL,
        consultation::Refusal::ALL,
        comment::Refusal::ALL,
        commenters::Refusal::ALL,
        collection::Refusal::ALL,
        delegation::Refusal::ALL,
        reply::Refusal::ALL,
        report::Refusal::ALL,
        translation::Refusal::ALL,
        redaction::Refusal::ALL,
        need_types::Refusal::ALL,
        need::Refusal::ALL,
        meeting::Refusal::ALL,
        document::Refusal::ALL,
        contribution::Refusal::ALL,
        project::Refusal::ALL,
        material::Refusal::ALL,
        request::Refusal::ALL,
    ]
    .concat();
    refusals.sort_unstable();
    refusals.dedup();
    refusals
}

/// Every code that the core can answer with, of refusals and of faults: each needs a text for people.
pub fn all_codes() -> Vec<&'static str> {
    let refusals = refusals().into_iter().map(|(code, _)| code);
    let mut codes: Vec<_> = refusals
        .chain(fault::all().map(|known| known.code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
