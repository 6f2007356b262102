//! What decisions on the classification read.

use crate::desk::{ContextSource, DeskError, Reads};
use domain::Decider;
use domain::classification::{Classification, Command};

impl ContextSource for Classification {
    type Case = ();

    /// Nothing beside the classification itself.
    async fn context(
        _: &mut Reads<'_>,
        _: &<Self as Decider>::State,
        _: &Command,
        (): &(),
    ) -> Result<(), DeskError> {
        Ok(())
    }
}
