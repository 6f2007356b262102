//! What letters are filled with.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use domain::collection::{Collection, Contact, Deadline};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::{PartyId, Texts, Words};

/// What every letter about a collection says: to whom, about what, until when, by which note verbale, and whom to ask.
pub fn about_collection(
    party: PartyId,
    names: &Texts,
    collection: &Collection,
) -> Map<String, Value> {
    let deadline = collection.deadline_of(party);
    let contact = collection.contact.as_ref();
    let mut args = asked(names, deadline, &collection.reference, contact);
    args.insert("collection".to_owned(), texts(&collection.title));
    args
}

/// What an invitation to a collection says, but for its link.
pub fn invitation(
    party: PartyId,
    names: Option<Texts>,
    collection: Option<&Collection>,
    sections: &[String],
) -> Map<String, Value> {
    let names = names.unwrap_or_default();
    let mut args = match collection {
        Some(collection) => about_collection(party, &names, collection),
        None => Map::from_iter([("party".to_owned(), texts(&names))]),
    };
    let basis = collection.map(|found| found.basis).unwrap_or_default();
    args.insert("sections".to_owned(), sections.join(", ").into());
    args.insert("basis".to_owned(), basis.as_str().into());
    args
}

/// What an invitation to comment says, but for its link.
pub fn comment_invitation(
    names: Option<Texts>,
    consultation: Option<&Consultation>,
    instrument: Option<&Instrument>,
) -> Map<String, Value> {
    let names = names.unwrap_or_default();
    let Some(held) = consultation else {
        return Map::from_iter([("party".to_owned(), texts(&names))]);
    };
    let mut args = asked(&names, &held.until, &held.reference, held.contact.as_ref());
    // One without a name of its own is called by what it is on.
    let title = held.title.as_ref();
    let title = title.or(instrument.map(|found| &found.title));
    let title = title.map(texts).unwrap_or_default();
    args.insert("consultation".to_owned(), title);
    args
}

fn asked(
    names: &Texts,
    deadline: &Deadline,
    reference: &str,
    contact: Option<&Contact>,
) -> Map<String, Value> {
    let mut args = Map::from_iter([
        ("party".to_owned(), texts(names)),
        (
            "deadline".to_owned(),
            instant(deadline.at, &deadline.time_zone),
        ),
        ("reference".to_owned(), reference.into()),
    ]);
    if let Some(Contact { office, email }) = contact {
        let contact = json!({ "office": office, "email": email });
        args.insert("contact".to_owned(), contact);
    }
    args
}

/// An instant and the zone in which it is read; it is put in words when the letter is written.
pub fn instant(at: jiff::Timestamp, time_zone: &str) -> Value {
    json!({ "at": at, "time_zone": time_zone })
}

/// Words as a letter repeats them, and by which contents a redaction finds them: members `name` and `name`_contents.
pub fn repeated(name: &str, stored: &[Words], said: &Texts) -> [(String, Value); 2] {
    let id = |words: &Words| -> Uuid { words.content.content.0 };
    let contents = stored.iter().map(|words| {
        let content = Value::String(id(words).to_string());
        (words.lang.to_string(), content)
    });
    [
        (name.to_owned(), texts(said)),
        (
            format!("{name}_contents"),
            Value::Object(contents.collect()),
        ),
    ]
}

/// Texts by language.
pub fn texts(texts: &Texts) -> Value {
    serde_json::to_value(texts).unwrap_or_default()
}
