//! What decisions on parties read.

use crate::desk::{ContextSource, DeskError, Reads};
use domain::Decider;
use domain::party::{Command, Party};

impl ContextSource for Party {
    type Case = ();

    /// Nothing beside the party itself.
    async fn context(
        _: &mut Reads<'_>,
        _: &<Self as Decider>::State,
        _: &Command,
        (): &(),
    ) -> Result<(), DeskError> {
        Ok(())
    }
}
