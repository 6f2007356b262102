//! States by stream, kept so that a decision costs no read; and states as of the past, so that they are read once.

use std::any::Any;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use uuid::Uuid;

/// How many bytes of states are kept, by the events that they follow from: 192 MiB; and as much of what else follows from
/// streams.
const STATES: u64 = 192 << 20;
/// The same of states as of the past: 64 MiB.
const PAST: u64 = 64 << 20;
/// How many bytes a state has, about.
const USUAL: u64 = 16 << 10;
/// As more than this no state counts: of many saves of one answer it holds the last.
const MOST: u64 = 256 << 10;
/// In how many parts each cache is, each with its share of the bytes: the largest state must fit into one.
const PARTS: usize = 8;
/// What each entry takes beside, about.
const OVERHEAD: u64 = 256;

/// A stream's state, and how far it reaches.
#[derive(Debug)]
pub struct LoadedState<S> {
    /// The state.
    pub state: Arc<S>,
    /// The stream's version; 0 where there is no event yet.
    pub version: i32,
    /// Position of the stream's last event; 0 where there is none.
    pub position: u64,
    /// How many bytes the events have that it follows from, about: it is not much larger than they are.
    pub bytes: usize,
}

impl<S> Clone for LoadedState<S> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            version: self.version,
            position: self.position,
            bytes: self.bytes,
        }
    }
}

impl<S: Default> Default for LoadedState<S> {
    fn default() -> Self {
        Self {
            state: Arc::default(),
            version: 0,
            position: 0,
            bytes: 0,
        }
    }
}

/// A [`LoadedState`] of its stream's own type.
#[derive(Clone)]
struct KeptState {
    state: Arc<dyn Any + Send + Sync>,
    bytes: usize,
}

impl KeptState {
    fn new<S: Send + Sync + 'static>(loaded: &LoadedState<S>) -> Self {
        Self {
            state: Arc::new(loaded.clone()),
            bytes: loaded.bytes,
        }
    }

    /// None where the stream is of another type.
    fn loaded<S: Send + Sync + 'static>(&self) -> Option<&LoadedState<S>> {
        self.state.downcast_ref::<LoadedState<S>>()
    }
}

#[derive(Clone)]
struct StateSize;

impl<K> Weighter<K, KeptState> for StateSize {
    fn weight(&self, _: &K, kept: &KeptState) -> u64 {
        (kept.bytes as u64).min(MOST) + OVERHEAD
    }
}

fn cache<K: Eq + Hash>(bytes: u64) -> Cache<K, KeptState, StateSize> {
    let usual = usize::try_from(bytes / USUAL).unwrap_or_default();
    let options = OptionsBuilder::new()
        .estimated_items_capacity(usual)
        .weight_capacity(bytes)
        .shards(PARTS)
        .build();
    let (hasher, lifecycle) = (DefaultHashBuilder::default(), DefaultLifecycle::default());
    match options {
        Ok(options) => Cache::with_options(options, StateSize, hasher, lifecycle),
        // Only a capacity that is left out is refused.
        Err(_) => Cache::with_weighter(usual, bytes, StateSize),
    }
}

/// Streams' states as this process last saw them.
pub(super) struct States {
    states: Cache<Uuid, KeptState, StateSize>,
    /// Held while one is put in another's place, so that no older one ever is.
    putting: Mutex<()>,
}

impl Default for States {
    fn default() -> Self {
        Self {
            states: cache(STATES),
            putting: Mutex::default(),
        }
    }
}

impl States {
    pub fn get<S: Send + Sync + 'static>(&self, stream: Uuid) -> Option<LoadedState<S>> {
        self.states.get(&stream)?.loaded::<S>().cloned()
    }

    /// Keeps a state, unless a newer one is kept already.
    pub fn put<S: Send + Sync + 'static>(&self, stream: Uuid, loaded: &LoadedState<S>) {
        let _putting = self.putting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_newer = match self.states.get(&stream) {
            None => true,
            Some(kept) => kept
                .loaded::<S>()
                .map_or(loaded.version > 0, |kept| kept.version < loaded.version),
        };
        if is_newer {
            self.states.insert(stream, KeptState::new(loaded));
        }
    }
}

/// Up to where a state reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Span {
    /// Up to the position.
    Whole,
    /// Without an append that goes on after it.
    Settled,
}

/// A state as of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PastKey {
    pub stream: Uuid,
    pub position: u64,
    pub span: Span,
}

/// Streams' states as they were once.
pub(super) struct PastStates(Cache<PastKey, KeptState, StateSize>);

impl Default for PastStates {
    fn default() -> Self {
        Self(cache(PAST))
    }
}

impl PastStates {
    pub fn get<S: Send + Sync + 'static>(&self, key: &PastKey) -> Option<LoadedState<S>> {
        self.0.get(key)?.loaded::<S>().cloned()
    }

    pub fn put<S: Send + Sync + 'static>(&self, key: PastKey, loaded: &LoadedState<S>) {
        self.0.insert(key, KeptState::new(loaded));
    }
}
