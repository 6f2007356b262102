//! What decisions on materials read.

use std::collections::BTreeMap;

use super::need;
use crate::desk::{ContextSource, DeskError, Reads};
use domain::classification::Classification;
use domain::classification_id;
use domain::material::{Command, Context, Material, State};

impl ContextSource for Material {
    type Case = ();

    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        let classification = reads.state::<Classification>(classification_id()).await?;
        let needs = match command {
            Command::TakeUp { material, .. } => {
                need::statuses(reads, &material.subject.needs).await?
            }
            Command::Edit(subject) => need::statuses(reads, &subject.needs).await?,
            Command::Advance { .. } | Command::RecordResources { .. } => BTreeMap::new(),
        };
        Ok(Context {
            classification,
            needs,
        })
    }
}
