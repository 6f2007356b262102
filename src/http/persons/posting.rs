//! Letters to focal points: to whom each goes, as the answer to a command tells. The letters themselves follow from its events
//! (`following/letters.rs`).

use crate::http::handling::caller::Caller;
use crate::http::handling::notices::Addressed;
use crate::http::handling::there::There;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::reminders::{Remindable, remindable};
use access::idempotency::{Done, once};
use domain::reply::Reply;
use domain::{CollectionId, Lang, PartyId, PersonId};
use event_log::CommandId;
use mail::LetterKind;

/// Why no letter goes to a party.
pub(in crate::http) enum Nobody {
    /// Nobody is its focal point.
    NoFocalPoint,
    /// The directory has no address of its focal point's.
    NoAddress,
}

/// The letters to the focal points of the invited parties that a command concerns: the same ones to a command sent again. Who
/// has none, or none with an address, is not written to. Waits a moment for those that follow from what was recorded.
///
/// # Errors
/// The database does not answer.
pub(in crate::http) async fn tell(
    services: &Services,
    caller: &Caller,
    command: CommandId,
    kind: LetterKind,
    id: CollectionId,
    is_concerned: impl Fn(&Remindable) -> bool,
) -> Result<Vec<Addressed>, Problem> {
    let pool = services.log().pool();
    let mut rows = remindable(pool, id.0).await?;
    rows.retain(is_concerned);
    for row in rows.iter_mut().filter(|row| row.is_beginners) {
        find_beginner(services, id, row).await?;
    }
    let done = once(pool, caller.principal.id, command, async |_| {
        let written = rows.iter().filter(|row| addressee(row).is_ok());
        let letters: Vec<Addressed> = written.map(|row| addressed(kind, row)).collect();
        Ok::<_, Problem>(((), Some(letters)))
    });
    // What was queued before letters said their languages says none.
    let (Done::Now((), letters) | Done::Before(letters)) = done.await?;
    services.letters.reach(services.head()).await;
    Ok(letters.unwrap_or_default())
}

/// In which language a letter about a party is, and in which its reader would have it.
pub(in crate::http) fn addressed(kind: LetterKind, row: &Remindable) -> Addressed {
    Addressed::of(kind, &row.code, row.reads.unwrap_or(Lang::En))
}

/// Finds who is the focal point by having begun the reply.
pub(in crate::http) async fn find_beginner(
    services: &Services,
    collection: CollectionId,
    row: &mut Remindable,
) -> Result<(), Problem> {
    let reply = services.desk.ids().reply(collection, PartyId(row.party));
    let reply = services.desk.load::<Reply>(reply.0, true).await?;
    let begun_by = There::is(&reply).and_then(|reply| reply.begun_by);
    if let Some(person) = begun_by {
        row.focal_point = Some(person.0);
        let known = services.directory.person(person).await?;
        row.has_address = known.is_some();
        row.reads = known.map(|known| known.language);
    }
    Ok(())
}

/// Who speaks for a party and can be written to, or why nobody is.
pub(in crate::http) fn addressee(row: &Remindable) -> Result<PersonId, Nobody> {
    match row.focal_point {
        None => Err(Nobody::NoFocalPoint),
        Some(_) if !row.has_address => Err(Nobody::NoAddress),
        Some(person) => Ok(PersonId(person)),
    }
}
