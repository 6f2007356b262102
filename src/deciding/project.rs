//! What decisions on projects read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::need;
use crate::desk::{ContextSource, DeskError, Reads};
use domain::money::Currencies;
use domain::naming::MOST_NAMED;
use domain::party::Party;
use domain::project::{Command, Context, NewPlan, Project, State};
use domain::reply::Reply;
use domain::request::Request;

impl ContextSource for Project {
    /// The currencies that there are.
    type Case = Arc<Currencies>;

    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        currencies: &Arc<Currencies>,
    ) -> Result<Context, DeskError> {
        let mut context = Context {
            parties: BTreeMap::new(),
            requests: BTreeMap::new(),
            needs: BTreeMap::new(),
            replies: BTreeSet::new(),
            currencies: currencies.clone(),
        };
        match command {
            Command::Propose { plan, .. } | Command::Edit(plan) => {
                references(reads, plan, &mut context).await?;
            }
            Command::Advance { .. } | Command::Cancel { .. } | Command::RecordResources { .. } => {}
        }
        Ok(context)
    }
}

/// What there is of what a plan names, as far as its lists may go.
async fn references(
    reads: &mut Reads<'_>,
    plan: &NewPlan,
    context: &mut Context,
) -> Result<(), DeskError> {
    for id in plan.partners.iter().take(MOST_NAMED) {
        if let Some(party) = reads.state::<Party>(id.0).await?.as_ref() {
            context.parties.insert(*id, party.kind);
        }
    }
    for id in plan.requests.iter().take(MOST_NAMED) {
        if let Some(request) = reads.state::<Request>(id.0).await?.as_ref() {
            context.requests.insert(*id, request.status);
        }
    }
    context.needs = need::statuses(reads, &plan.needs).await?;
    for id in plan.replies.iter().take(MOST_NAMED) {
        let reply = reads.state::<Reply>(id.0).await?;
        if reply.as_ref().as_ref().is_some_and(Reply::counts) {
            context.replies.insert(*id);
        }
    }
    Ok(())
}
