//! What decisions on the list of types of needs read.

use crate::desk::{ContextSource, DeskError, Reads};
use domain::Decider;
use domain::need_types::{Command, NeedTypes};

impl ContextSource for NeedTypes {
    type Case = ();

    /// Nothing beside the list itself.
    async fn context(
        _: &mut Reads<'_>,
        _: &<Self as Decider>::State,
        _: &Command,
        (): &(),
    ) -> Result<(), DeskError> {
        Ok(())
    }
}
