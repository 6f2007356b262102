//! States by stream and version, kept so that a decision costs no read.

use std::any::Any;
use std::sync::Arc;

use quick_cache::sync::Cache;
use uuid::Uuid;

/// How many streams' states are kept.
const STATES: usize = 20_000;

/// A stream's state, and how far it reaches.
#[derive(Debug)]
pub struct LoadedState<S> {
    /// The state.
    pub state: Arc<S>,
    /// The stream's version; 0 where there is no event yet.
    pub version: i32,
    /// Position of the stream's last event; 0 where there is none.
    pub position: u64,
}

impl<S> Clone for LoadedState<S> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            version: self.version,
            position: self.position,
        }
    }
}

impl<S: Default> Default for LoadedState<S> {
    fn default() -> Self {
        Self {
            state: Arc::default(),
            version: 0,
            position: 0,
        }
    }
}

/// Each entry is a [`LoadedState`] of its stream's own type.
pub(super) struct States(Cache<Uuid, Arc<dyn Any + Send + Sync>>);

impl States {
    pub fn new() -> Self {
        Self(Cache::new(STATES))
    }

    pub fn get<S: Send + Sync + 'static>(&self, stream: Uuid) -> Option<LoadedState<S>> {
        self.0
            .get(&stream)?
            .downcast_ref::<LoadedState<S>>()
            .cloned()
    }

    /// Keeps a state, unless a newer one is kept already. That there is nothing yet is worth keeping too: it is what most
    /// decisions find of who is named for a party.
    pub fn put<S: Send + Sync + 'static>(&self, stream: Uuid, loaded: &LoadedState<S>) {
        let is_newer = match self.0.get(&stream) {
            None => true,
            Some(kept) => kept
                .downcast_ref::<LoadedState<S>>()
                .map_or(loaded.version > 0, |kept| kept.version < loaded.version),
        };
        if is_newer {
            self.0.insert(stream, Arc::new(loaded.clone()));
        }
    }
}
