//! What decisions on contributions read.

use std::sync::Arc;

use crate::desk::{ContextSource, DeskError, Reads};
use domain::contribution::{Command, Context, Contribution, Recipient, State, TakesPlace};
use domain::meeting::{Meeting, Status};
use domain::money::Currencies;
use domain::party::Party;
use domain::project::Project;

impl ContextSource for Contribution {
    /// The currencies that there are.
    type Case = Arc<Currencies>;

    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        currencies: &Arc<Currencies>,
    ) -> Result<Context, DeskError> {
        let (giver, recipient) = match command {
            Command::Pledge(pledge) | Command::Correct { pledge, .. } => {
                let giver = reads.state::<Party>(pledge.from.0).await?;
                let giver = giver.as_ref().as_ref().map(|party| party.kind);
                (giver, recipient(reads, pledge.to).await?)
            }
            Command::Receive { .. } | Command::Cancel { .. } => (None, None),
        };
        Ok(Context {
            giver,
            recipient,
            currencies: currencies.clone(),
        })
    }
}

/// Whether what is given to goes on; none where there is no such thing, or nothing to ask.
async fn recipient(reads: &mut Reads<'_>, to: Recipient) -> Result<Option<TakesPlace>, DeskError> {
    Ok(match to {
        Recipient::Office(_) => None,
        Recipient::Meeting(id) => {
            let meeting = reads.state::<Meeting>(id.0).await?;
            let meeting = meeting.as_ref().as_ref();
            meeting.map(|meeting| meeting.status != Status::Cancelled)
        }
        Recipient::Project(id) => {
            let project = reads.state::<Project>(id.0).await?;
            project.as_ref().as_ref().map(Project::answers)
        }
    })
}
