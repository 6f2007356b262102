//! What ends with an office, and with a person: the access of whoever holds none any more, and every office of somebody
//! who is erased.

use crate::desk::Request;
use crate::http::delegations::decide;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::delegations::{former_officers, of_person};
use access::Role;
use domain::delegation::{DelegationChange, DelegationKey};
use domain::{CollectionId, PartyId, PersonId};
use mail::AskedIn;

/// Ends the access of whoever had an office of the party's in the collection, focal point or contributor, and now holds none of
/// that kind of the party's: their account for it, and with it sessions, links and tokens. Who holds one elsewhere keeps the
/// account. No way in
/// depends on this, since each looks whether its office stands; it makes the end final, so that nothing of theirs opens again
/// with a later office. It is done at each change of one, so that one that was cut short is made up for.
pub async fn end_former(services: &Services, of: DelegationKey) -> Result<(), Problem> {
    let pool = services.log().pool();
    let former = former_officers(pool, of.collection.0, of.party.0).await?;
    let former = former.into_iter().map(|office| {
        let role = if office.is_contributor {
            Role::Contributor
        } else {
            Role::FocalPoint
        };
        (PersonId(office.person), role)
    });
    let asked_in = AskedIn::Collection(of.collection);
    services
        .end_former_accounts(former, of.party, asked_in)
        .await
}

/// Ends whatever a person does for parties, as when it is erased. It is already nobody who could act: so each office ends
/// on its own, and one that another command ends first is no matter.
///
/// # Errors
/// The log does not take it.
pub async fn end_offices(
    services: &Services,
    caller: &Caller,
    person: PersonId,
) -> Result<(), Problem> {
    let actor = caller.principal.actor();
    for office in of_person(services.log().pool(), person.0).await? {
        let of = DelegationKey {
            collection: CollectionId(office.collection),
            party: PartyId(office.party),
        };
        let change = match office.sections {
            None => DelegationChange::End,
            Some(_) => DelegationChange::Dismiss { person, by: None },
        };
        match decide(services, &Request::unkeyed(actor.clone()), of, change).await {
            Err(problem) if ["no_focal_point", "unknown_contributor"].contains(&problem.code()) => {
            }
            done => drop(done?),
        }
    }
    Ok(())
}
