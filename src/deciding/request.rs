//! What decisions on requests for assistance read.

use std::collections::BTreeMap;

use super::{delegation, need};
use crate::desk::{ContextSource, DeskError, Reads};
use domain::naming::MOST_NAMED;
use domain::party::Party;
use domain::request::{Command, Context, Request, State};
use domain::{PartyId, PersonId};

impl ContextSource for Request {
    /// The focal point who acts for the State, whose office may have ended; none where its mission or the Secretariat does,
    /// which have none.
    type Case = Option<PersonId>;

    async fn context(
        reads: &mut Reads<'_>,
        state: &State,
        command: &Command,
        focal_point: &Option<PersonId>,
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            party: None,
            is_replaced: None,
            needs: BTreeMap::new(),
        };
        match command {
            Command::Make { request, .. } => {
                let party = reads.state::<Party>(request.party.0).await?;
                context.party = party.as_ref().as_ref().map(|party| party.kind);
                context.is_replaced = is_replaced(reads, request.party, *focal_point).await?;
                // What is beyond is refused, whatever it is.
                for id in request.needs.iter().take(MOST_NAMED) {
                    if let Some(need) = need::owner_and_status(reads, *id).await? {
                        context.needs.insert(*id, need);
                    }
                }
            }
            Command::Withdraw => {
                if let Some(request) = state {
                    let party = request.made.party;
                    context.is_replaced = is_replaced(reads, party, *focal_point).await?;
                }
            }
            Command::Accept { .. } | Command::Decline { .. } => {}
        }
        Ok(context)
    }
}

async fn is_replaced(
    reads: &mut Reads<'_>,
    party: PartyId,
    focal_point: Option<PersonId>,
) -> Result<Option<bool>, DeskError> {
    Ok(Some(match focal_point {
        Some(person) => delegation::is_replaced(reads, party, person).await?,
        None => false,
    }))
}
