//! Letters to focal points: to whom each goes, as the answer to a command tells. The letters themselves follow from its events
//! (`following/letters.rs`).

use crate::desk::PresentResource;
use crate::http::handling::caller::Caller;
use crate::http::handling::notices::AddressedLetter;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::reminders::{RemindableParty, remindable_parties};
use access::idempotency::{CommandOutcome, run_once};
use domain::reply::Reply;
use domain::{CollectionId, Lang, PartyId, PersonId};
use event_log::CommandId;
use mail::LetterKind;

/// Why no letter goes to a party.
pub(in crate::http) enum UnreachableReason {
    /// Nobody is its focal point.
    NoFocalPoint,
    /// The directory has no address of its focal point's.
    NoAddress,
}

/// The letters to the focal points of the invited parties that a command concerns: the same ones to a command sent again. Who
/// has none, or none with an address, is not written to. Waits a moment for those that follow from what was recorded.
pub(in crate::http) async fn tell(
    services: &Services,
    caller: &Caller,
    command: CommandId,
    kind: LetterKind,
    id: CollectionId,
    is_concerned: impl Fn(&RemindableParty) -> bool,
) -> Result<Vec<AddressedLetter>, Problem> {
    let pool = services.log().pool();
    let mut rows = remindable_parties(pool, id.0).await?;
    rows.retain(is_concerned);
    for row in rows.iter_mut().filter(|row| row.is_beginners) {
        find_beginner(services, id, row).await?;
    }
    let done = run_once(pool, caller.principal.id, command, async |_| {
        let written = rows.iter().filter(|row| addressee(row).is_ok());
        let letters: Vec<AddressedLetter> = written.map(|row| addressed(kind, row)).collect();
        Ok::<_, Problem>(((), Some(letters)))
    });
    // What was queued before letters said their languages says none.
    let (CommandOutcome::Now((), letters) | CommandOutcome::Before(letters)) = done.await?;
    services.letters.reach(services.head()).await;
    Ok(letters.unwrap_or_default())
}

/// In which language a letter about a party is, and in which its reader would have it.
pub(in crate::http) fn addressed(kind: LetterKind, row: &RemindableParty) -> AddressedLetter {
    AddressedLetter::new(kind, &row.code, row.reads.unwrap_or(Lang::En))
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
