//! Letters to focal points: to whom each can go. The letters themselves follow from events (`following/letters.rs`).

use crate::desk::PresentResource;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::reminders::RemindableParty;
use domain::reply::Reply;
use domain::{CollectionId, PartyId, PersonId};

/// Why no letter goes to a party.
pub(in crate::http) enum UnreachableReason {
    /// Nobody is its focal point.
    NoFocalPoint,
    /// The directory has no address of its focal point's.
    NoAddress,
}

/// Finds who is the focal point by having begun the reply.
pub(in crate::http) async fn find_beginner(
    services: &Services,
    collection: CollectionId,
    row: &mut RemindableParty,
) -> Result<(), Problem> {
    let reply = services.desk.ids().reply(collection, PartyId(row.party));
    let reply = services.desk.load::<Reply>(reply.0, true).await?;
    let begun_by = PresentResource::from_loaded(&reply).and_then(|reply| reply.begun_by);
    if let Some(person) = begun_by {
        row.focal_point = Some(person.0);
        let known = services.directory.person(person).await?;
        row.has_address = known.is_some();
        row.reads = known.map(|known| known.language);
    }
    Ok(())
}

/// Who speaks for a party and can be written to, or why nobody is.
pub(in crate::http) fn addressee(row: &RemindableParty) -> Result<PersonId, UnreachableReason> {
    match row.focal_point {
        None => Err(UnreachableReason::NoFocalPoint),
        Some(_) if !row.has_address => Err(UnreachableReason::NoAddress),
        Some(person) => Ok(PersonId(person)),
    }
}
