//! What decisions on delegations read, and decisions on others read of delegations.

use crate::desk::{ContextSource, DeskError, Reads};
use crate::reading::delegations::last_named;
use domain::collection::Collection;
use domain::delegation::{Command, Context, Delegation, DelegationChange, State};
use domain::reply::Reply;
use domain::{CollectionId, PartyId, PersonId};
use event_log::ReadError;

impl ContextSource for Delegation {
    type Case = ();

    /// The collection and the party's reply, which are guarded, and the questionnaire.
    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        Command { of, change }: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let collection = reads.state::<Collection>(of.collection.0).await?;
        let Some(opened) = collection.as_ref() else {
            return Err(DeskError::NotFound("collection"));
        };
        let form = reads.desk().form_of_collection(opened).await?;
        let reply = reads.desk().ids().reply(of.collection, of.party);
        let reply = reads.state::<Reply>(reply.0).await?;
        let is_replaced = match change {
            DelegationChange::Admit { by: Some(by), .. }
            | DelegationChange::Dismiss { by: Some(by), .. } => {
                Some(is_replaced(reads, of.party, *by).await?)
            }
            DelegationChange::Admit { by: None, .. }
            | DelegationChange::Dismiss { by: None, .. }
            | DelegationChange::Nominate(_)
            | DelegationChange::Name(_)
            | DelegationChange::End => None,
        };
        Ok(Context {
            collection,
            questionnaire: form.questionnaire().clone(),
            begun_by: reply.as_ref().as_ref().and_then(|reply| reply.begun_by),
            is_replaced,
        })
    }
}

/// Whether the last office that a person was given for a party has ended, which is guarded. Whoever was never named was not
/// replaced either.
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
