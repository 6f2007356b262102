//! What is there: an object's state that was looked for and found.

use std::ops::Deref;
use std::sync::Arc;

use crate::desk::LoadedState;

/// An object as of a position.
#[derive(Debug)]
pub struct PresentResource<T> {
    state: Arc<Option<T>>,
    /// Position of the last event that changed it.
    pub position: u64,
}

impl<T> PresentResource<T> {
    /// The object that was loaded; `None` where there is none.
    pub fn from_loaded(loaded: &LoadedState<Option<T>>) -> Option<Self> {
        loaded.state.is_some().then(|| Self {
            state: loaded.state.clone(),
            position: loaded.position,
        })
    }

    /// An object that other streams than its own tell of too; `position` is that of the last event of its own, 0 where it has none.
    pub fn of_state(state: T, position: u64) -> Self {
        Self {
            state: Arc::new(Some(state)),
            position,
        }
    }

    /// The same object, to whom no event is told that changed it after this position.
    pub fn at(self, position: u64) -> Self {
        Self { position, ..self }
    }

    /// The same object, as somebody sees it.
    pub fn seen_as(self, seen: T) -> Self {
        Self {
            state: Arc::new(Some(seen)),
            position: self.position,
        }
    }
}

impl<T> Deref for PresentResource<T> {
    type Target = T;

    #[expect(clippy::expect_used, reason = "made only of states that are there")]
    fn deref(&self) -> &T {
        self.state.as_ref().as_ref().expect("what is there")
    }
}
