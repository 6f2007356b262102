//! What decisions on documents read.

use crate::desk::{ContextSource, DeskError, Reads};
use domain::collection::Collection;
use domain::consultation::Consultation;
use domain::document::{Command, Context, Document, State, Target};
use domain::instrument::Instrument;
use domain::meeting::Meeting;
use domain::report::Report;

impl ContextSource for Document {
    type Case = ();

    async fn context(
        reads: &mut Reads<'_>,
        _: &State,
        command: &Command,
        (): &(),
    ) -> Result<Context, DeskError> {
        Ok(match command {
            Command::Link { to, .. } => Context {
                target: Some(target(reads, *to).await?),
            },
            Command::Record(_) | Command::Amend(_) | Command::Unlink { .. } => {
                Context { target: None }
            }
        })
    }
}

/// Whether there is what a document is to be linked to.
async fn target(reads: &mut Reads<'_>, to: Target) -> Result<bool, DeskError> {
    let stream = to.stream();
    match to {
        Target::Meeting(_) => reads.exists::<Meeting, _>(stream).await,
        Target::Instrument(_) => reads.exists::<Instrument, _>(stream).await,
        Target::Consultation(_) => reads.exists::<Consultation, _>(stream).await,
        Target::Collection(_) => reads.exists::<Collection, _>(stream).await,
        Target::Report(_) => reads.exists::<Report, _>(stream).await,
    }
}
