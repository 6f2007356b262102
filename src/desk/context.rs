//! What decisions read of other streams follows from the command, so that no caller can choose something else.

use domain::Decider;

use super::{DeskError, Reads};

/// An aggregate whose decisions' contexts can be read.
pub trait ContextSource: Decider<Command: Clone> {
    /// What is known of the case beside the state and the command: who acts, and on what, where nothing has happened yet.
    type Case;

    /// What the decision on a command reads of other streams, each of which it guards; whole, or not at all.
    ///
    /// # Errors
    /// [`DeskError::Read`], [`DeskError::NotFound`].
    #[expect(async_fn_in_trait, reason = "handlers stay on their own thread")]
    async fn context(
        reads: &mut Reads<'_>,
        state: &Self::State,
        command: &Self::Command,
        case: &Self::Case,
    ) -> Result<Self::Context, DeskError>;
}
