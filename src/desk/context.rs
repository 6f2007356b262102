//! What decisions read of other streams follows from the command, so that no caller can choose something else.

use uuid::Uuid;

use domain::Decider;

use super::{DecisionError, Desk, DeskError, Reads};

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

/// What a decision is made from, anew for each try.
pub(super) trait DecisionSource<D: Decider> {
    /// What it reads of other streams.
    async fn context(
        &self,
        reads: &mut Reads<'_>,
        state: &D::State,
    ) -> Result<D::Context, DeskError>;

    /// The command.
    fn command(&self) -> D::Command;
}

/// A command, from which follows what is read.
pub(super) struct CommandSource<'case, D: ContextSource> {
    pub command: D::Command,
    pub case: &'case D::Case,
}

impl<D: ContextSource> DecisionSource<D> for CommandSource<'_, D> {
    async fn context(
        &self,
        reads: &mut Reads<'_>,
        state: &D::State,
    ) -> Result<D::Context, DeskError> {
        D::context(reads, state, &self.command, self.case).await
    }

    fn command(&self) -> D::Command {
        self.command.clone()
    }
}

/// A pair of functions, by which the caller says what is read and what is commanded.
impl<D: Decider, R, C> DecisionSource<D> for (R, C)
where
    R: AsyncFn(&mut Reads<'_>) -> Result<D::Context, DeskError>,
    C: Fn() -> D::Command,
{
    async fn context(&self, reads: &mut Reads<'_>, _: &D::State) -> Result<D::Context, DeskError> {
        self.0(reads).await
    }

    fn command(&self) -> D::Command {
        self.1()
    }
}

impl Desk {
    /// Refuses what would be refused as things stand, so that nothing else is done for it. Nothing is recorded.
    ///
    /// # Errors
    /// [`DecisionError`].
    pub async fn check<D: ContextSource>(
        &self,
        stream: Uuid,
        case: &D::Case,
        command: D::Command,
    ) -> Result<(), DecisionError<D::Refusal>> {
        let before = self.load::<D>(stream, true).await?;
        let mut reads = self.reads(stream);
        let context = D::context(&mut reads, &before.state, &command, case).await?;
        let decided = D::decide(&before.state, &context, command);
        decided.map(drop).map_err(DecisionError::Refused)
    }
}
