//! What replies say of a person: found for the person and for whoever answers for the data, and taken away when the person is erased.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::stored;
use crate::http::conditional::Tag;
use crate::http::contents::redactions;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::persons::find;
use crate::http::problem::Problem;
use crate::http::schemas::WordsShape;
use crate::http::services::Services;
use crate::reading::replies::{self, BegunReply};
use directory::{Person, Traces};
use domain::collection::Collection;
use domain::questionnaire::Form;
use domain::redaction::Reason;
use domain::reply::{PersonalUnit, Reply, personal_units};
use domain::{ContentId, PersonId};
use event_log::content;

/// What the personal fields of one question, row, entry or group of a reply hold of a person.
struct FoundUnit {
    of: BegunReply,
    unit: PersonalUnit,
    about: BTreeSet<ContentId>,
}

/// Who asks what is said of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// Whoever answers for the data.
    Others,
    /// The person. Of all that is known of them they cannot change their address alone, so what others wrote is found by that: otherwise
    /// whoever took another's name could have the other's answers taken away.
    Themself,
}

/// Everything that the personal fields of replies ever held of a person, reply by reply: in versions, drafts, and what was overwritten.
async fn found(
    services: &Services,
    person: &Person,
    asked_by: AskedBy,
) -> Result<Vec<FoundUnit>, Problem> {
    let traces = Traces::of(person);
    let searched = searched(services).await?;
    // What was carried over from a round before was written by whoever wrote it then.
    let mut writers: BTreeMap<ContentId, BTreeSet<Uuid>> = BTreeMap::new();
    for reply in &searched {
        for (content, writer) in &reply.writers {
            writers.entry(*content).or_default().insert(*writer);
        }
    }
    let is_by_person = |content: ContentId| {
        let by = writers.get(&content);
        by.is_some_and(|by| by.iter().all(|writer| *writer == person.id.0))
    };
    let mut all = Vec::new();
    for reply in searched {
        let ids: Vec<Uuid> = reply.writers.keys().map(|content| content.0).collect();
        // What was redacted is there no more; the bytes of files are not looked through.
        let bodies = content::bodies(services.log().pool(), &ids).await?;
        let named = bodies.iter().filter(|(id, body)| {
            let Ok(text) = std::str::from_utf8(body) else {
                return false;
            };
            match asked_by {
                AskedBy::Others => traces.are_in(text),
                AskedBy::Themself => {
                    traces.address_is_in(text)
                        || (is_by_person(ContentId(**id)) && traces.are_in(text))
                }
            }
        });
        let named: BTreeSet<ContentId> = named.map(|(id, _)| ContentId(*id)).collect();
        for unit in reply.units {
            let there = |content: &ContentId| bodies.contains_key(&content.0);
            let about: BTreeSet<_> = unit.about(&named).into_iter().filter(there).collect();
            if !about.is_empty() {
                all.push(FoundUnit {
                    of: reply.of,
                    unit,
                    about,
                });
            }
        }
    }
    Ok(all)
}

/// What the personal fields of a reply ever held, and who wrote it.
struct SearchedReply {
    of: BegunReply,
    units: Vec<PersonalUnit>,
    writers: BTreeMap<ContentId, Uuid>,
}

/// Every reply whose questionnaire asks about persons.
async fn searched(services: &Services) -> Result<Vec<SearchedReply>, Problem> {
    let mut forms = BTreeMap::new();
    let mut searched = Vec::new();
    for of in replies::all(services.log().pool()).await? {
        let form = match forms.get(&of.collection) {
            Some(known) => Option::clone(known),
            None => {
                let form = personal_form(services, of.collection).await?;
                forms.insert(of.collection, form.clone());
                form
            }
        };
        let Some(form) = form else { continue };
        let stored = services.log().stream(of.reply, 0, None).await?;
        let events = stored.iter().map(stored::event::<Reply>);
        let events: Vec<_> = events.collect::<Result<_, _>>()?;
        let units: Vec<_> = personal_units(&form, &events).into_values().collect();
        let ever = units.iter().flat_map(|unit| &unit.ever);
        let writers = ever.filter_map(|(content, event)| {
            let event = stored.get(*event)?;
            Some((*content, event.actor.principal))
        });
        searched.push(SearchedReply {
            of,
            writers: writers.collect(),
            units,
        });
    }
    Ok(searched)
}

/// What a collection asks, where it asks about persons.
async fn personal_form(
    services: &Services,
    collection: Uuid,
) -> Result<Option<Arc<Form>>, Problem> {
    let collection = services.desk.load::<Collection>(collection, true).await?;
    let Some(collection) = collection.state.as_ref() else {
        return Ok(None);
    };
    let form = services.desk.form_of_collection(collection).await?;
    Ok(form
        .fields()
        .iter()
        .any(|field| field.personal)
        .then_some(form))
}

/// Takes away what replies say of a person in their personal fields: each content by a redaction of its own, so that the log still
/// holds. What is broken off is done by whoever erases the person again.
///
/// # Errors
/// Something could not be read or recorded; then the person is still in the directory.
pub async fn take_away(
    services: &Services,
    caller: &Caller,
    person: &Person,
    asked_by: AskedBy,
) -> Result<(), Problem> {
    for found in found(services, person, asked_by).await? {
        for content in found.about {
            redactions::redact(services, caller, content, Reason::NamesAPerson).await?;
        }
    }
    Ok(())
}

/// An answer that says who a person is.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalAnswer {
    /// The reply.
    reply: Uuid,
    /// Its collection.
    collection: Uuid,
    /// The party whose reply it is.
    party: Uuid,
    /// The submitted version.
    version: u32,
    /// The field's address.
    #[schema(example = "G1.name")]
    address: String,
    /// What is said: the answer, a comment on it, the name of a file.
    #[schema(value_type = Vec<WordsShape>)]
    words: Vec<Value>,
}

/// The answers that say who a person is.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalAnswers {
    /// The person.
    person: Uuid,
    /// In the order of replies, versions and addresses.
    items: Vec<PersonalAnswer>,
}

/// What submitted replies say of a person in the fields that are about persons, as an erasure of the person would take it away: those
/// that name them, by name, address or telephone, and what stands beside these in the same question, row or entry. An erasure also takes
/// what is only drafted, which is its party's alone and not told here.
#[utoipa::path(get, path = "/v1/persons/{person}/answers", tag = "persons", responses((status = 200, body = PersonalAnswers)))]
pub async fn list_person_answers(
    lookup: Lookup,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let person = find(services, id).await?;
    let found = found(services, &person, AskedBy::Others).await?;
    let mut told = Vec::new();
    for unit in &found {
        for record in &unit.unit.standing {
            let Some(version) = record.version else {
                continue;
            };
            for (address, contents) in &record.words {
                let about: Vec<_> = contents.intersection(&unit.about).copied().collect();
                if !about.is_empty() {
                    told.push((unit, version, address, about));
                }
            }
        }
    }
    told.sort_by_key(|(unit, version, address, _)| (unit.of.reply, *version, *address));
    let contents = told
        .iter()
        .flat_map(|(.., about)| about)
        .map(|content| content.0);
    let words = StoredWords::of_ids(services, caller, contents.collect()).await?;
    let items = told
        .into_iter()
        .map(|(unit, version, address, about)| PersonalAnswer {
            reply: unit.of.reply,
            collection: unit.of.collection,
            party: unit.of.party,
            version,
            address: address.clone(),
            words: about
                .iter()
                .map(|content| words.show_id(content.0))
                .collect(),
        });
    let view = PersonalAnswers {
        person: id.0,
        items: items.collect(),
    };
    let head = services.log().head().await?;
    Ok(lookup.answer(&Tag::Figure(head.position, lookup.reader()), &view))
}
