//! Events as they are stored, read back: one, and what follows from several.

use std::sync::Arc;

use uuid::Uuid;

use super::LoadedState;
use domain::{Decider, DomainEvent};
use event_log::{Log, ReadError, StoredEvent};

/// What happened.
pub fn event<D: Decider>(stored: &StoredEvent) -> Result<D::Event, ReadError> {
    D::Event::from_stored(&stored.kind, stored.data.clone()).map_err(|error| ReadError::Stored {
        position: stored.position,
        why: error.to_string(),
    })
}

/// A state, as the events after it leave it.
pub fn fold<D: Decider>(
    from: LoadedState<D::State>,
    events: &[StoredEvent],
) -> Result<LoadedState<D::State>, ReadError> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Ok(from);
    };
    // A stream of another aggregate: of this one there is nothing under that id.
    if from.version == 0 && !D::Event::KINDS.contains(&first.kind.as_str()) {
        return Ok(LoadedState::default());
    }
    let state = events
        .iter()
        .try_fold((*from.state).clone(), |state, stored| {
            Ok::<_, ReadError>(D::evolve(state, &event::<D>(stored)?))
        })?;
    Ok(LoadedState {
        state: Arc::new(state),
        version: last.version,
        position: last.position,
        bytes: from.bytes + events.iter().map(|event| event.bytes).sum::<usize>(),
    })
}

/// A stream's state as of a position, for whoever has no desk.
///
/// # Errors
/// [`ReadError`].
pub async fn state_as_of<D: Decider>(
    log: &Log,
    stream: Uuid,
    position: u64,
) -> Result<LoadedState<D::State>, ReadError> {
    let events = log.stream(stream, 0, Some(position)).await?;
    fold::<D>(LoadedState::default(), &events)
}
