//! What decisions read of delegations.

use crate::desk::{DeskError, Reads};
use crate::reading::delegations::last_named;
use domain::delegation::Delegation;
use domain::{CollectionId, PartyId, PersonId};
use event_log::ReadError;

/// Whether the last office that a person was given for a party has ended, which is guarded. Whoever was never named was not
/// replaced either.
///
/// # Errors
/// The database does not answer.
pub async fn is_replaced(
    reads: &mut Reads<'_>,
    party: PartyId,
    person: PersonId,
) -> Result<bool, DeskError> {
    let pool = reads.desk().log().pool();
    let last = last_named(pool, party.0, person.0).await;
    let Some(collection) = last.map_err(ReadError::from)? else {
        return Ok(false);
    };
    let delegation = reads
        .desk()
        .ids()
        .delegation(CollectionId(collection), party);
    let delegation = reads.state::<Delegation>(delegation.0).await?;
    Ok(delegation.focal_point() != Some(person))
}
