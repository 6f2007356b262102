//! What letters are filled with.

use serde_json::{Map, Value};

use domain::Texts;
use domain::collection::Collection;
use domain::consultation::Consultation;
use domain::instrument::Instrument;

/// What an invitation to a collection says, but for its link.
pub fn invitation(
    party: Option<Texts>,
    collection: Option<&Collection>,
    sections: &[String],
) -> Map<String, Value> {
    let title = collection.map(|found| found.title.clone());
    let basis = collection.map(|found| found.basis).unwrap_or_default();
    Map::from_iter([
        ("party".to_owned(), texts(&party.unwrap_or_default())),
        ("collection".to_owned(), texts(&title.unwrap_or_default())),
        ("sections".to_owned(), sections.join(", ").into()),
        ("basis".to_owned(), basis.as_str().into()),
    ])
}

/// What an invitation to comment says, but for its link.
pub fn comment_invitation(
    party: Option<Texts>,
    consultation: Option<&Consultation>,
    instrument: Option<&Instrument>,
) -> Map<String, Value> {
    // One without a name of its own is called by what it is on.
    let title = consultation.and_then(|found| found.title.clone());
    let title = title.or_else(|| instrument.map(|found| found.title.clone()));
    let deadline = consultation.map(|found| found.until.local_text());
    Map::from_iter([
        ("party".to_owned(), texts(&party.unwrap_or_default())),
        ("consultation".to_owned(), texts(&title.unwrap_or_default())),
        ("deadline".to_owned(), deadline.unwrap_or_default().into()),
    ])
}

/// Texts by language.
pub fn texts(texts: &Texts) -> Value {
    serde_json::to_value(texts).unwrap_or_default()
}
