//! What a decision reads of other streams.

use std::sync::Arc;

use uuid::Uuid;

use super::{Desk, DeskError};
use domain::Decider;

/// Reads other streams for a decision, and remembers at which version.
pub struct Reads<'desk> {
    pub(super) desk: &'desk Desk,
    pub(super) stream: Uuid,
    pub(super) fresh: bool,
    pub(super) guards: Vec<(Uuid, i32)>,
}

impl Desk {
    /// Reads as a decision on a stream would, as things stand, for whoever decides nothing.
    pub fn reads(&self, stream: Uuid) -> Reads<'_> {
        Reads {
            desk: self,
            stream,
            fresh: true,
            guards: Vec::new(),
        }
    }
}

impl Reads<'_> {
    /// The stream that is decided on.
    pub fn stream(&self) -> Uuid {
        self.stream
    }

    /// Another stream's state, which must not change until the decision is recorded.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn state<D: Decider>(&mut self, stream: Uuid) -> Result<Arc<D::State>, DeskError> {
        let loaded = self.desk.load_provisional::<D>(stream, self.fresh).await?;
        if !self.guards.iter().any(|(guarded, _)| *guarded == stream) {
            self.guards.push((stream, loaded.version));
        }
        Ok(loaded.state)
    }

    /// The state of the stream that is decided on, for a context that is made up; the append itself guards it.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn own<D: Decider>(&self, stream: Uuid) -> Result<Arc<D::State>, DeskError> {
        // Not fetched afresh here: where this try needs that, it began by doing so.
        Ok(self.desk.load::<D>(stream, false).await?.state)
    }

    /// Whether there is an object. What is there once stays there, so it needs no guard.
    ///
    /// # Errors
    /// [`DeskError::Read`].
    pub async fn exists<D: Decider<State = Option<T>>, T>(
        &self,
        stream: Uuid,
    ) -> Result<bool, DeskError> {
        let is_known = self.desk.load::<D>(stream, false).await?.state.is_some();
        Ok(is_known || self.desk.load::<D>(stream, true).await?.state.is_some())
    }

    /// The desk, for what cannot change: questionnaires.
    pub fn desk(&self) -> &Desk {
        self.desk
    }
}
