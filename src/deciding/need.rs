//! What decisions read of needs.

use std::collections::BTreeMap;

use crate::desk::{DeskError, Reads};
use domain::naming::MOST_NAMED;
use domain::need::{Need, Status};
use domain::reply::Reply;
use domain::{NeedId, PartyId};

/// Whose a need is and where it stands, for a decision that names it; guarded. None where there is no such need.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn owner_and_status(
    reads: &mut Reads<'_>,
    id: NeedId,
) -> Result<Option<(PartyId, Status)>, DeskError> {
    let need = reads.state::<Need>(id.0).await?;
    let Some(need) = need.as_ref() else {
        return Ok(None);
    };
    let is_named = match need.reply {
        Some(reply) => {
            let reply = reads.state::<Reply>(reply.0).await?;
            let reply = reply.as_ref().as_ref();
            reply.is_some_and(|reply| reply.needs.contains(&id))
        }
        None => false,
    };
    Ok(Some((need.party, need.status(is_named, false))))
}

/// Where the needs of a list stand that there are, as far as such a list may go: what is beyond is refused, whatever it is.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn statuses(
    reads: &mut Reads<'_>,
    ids: &[NeedId],
) -> Result<BTreeMap<NeedId, Status>, DeskError> {
    let mut statuses = BTreeMap::new();
    for id in ids.iter().take(MOST_NAMED) {
        if let Some((_, status)) = owner_and_status(reads, *id).await? {
            statuses.insert(*id, status);
        }
    }
    Ok(statuses)
}
