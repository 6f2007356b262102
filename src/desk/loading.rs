//! Streams' states: now, as of then, and as an append found them.

use std::sync::Arc;

use uuid::Uuid;

use super::cache::{PastKey, Span};
use super::stored::fold;
use super::{Desk, LoadedState, RecordedDecision};
use domain::Decider;
use event_log::{ReadError, StoredEvent};

/// What follows from a stream's events, one after the other, beside the state that its decisions read.
pub trait StreamFold: Clone + Default + Send + Sync + 'static {
    /// Adds the next event.
    ///
    /// # Errors
    /// [`ReadError::Stored`]: it is none of the stream's.
    fn add(&mut self, event: &StoredEvent) -> Result<(), ReadError>;
}

impl Desk {
    /// A stream's state as this process last saw it, if it did: nobody waits for that.
    pub fn known<D: Decider>(&self, stream: Uuid) -> Option<LoadedState<D::State>> {
        self.states.get::<D::State>(stream)
    }

    /// A stream's state: as this process last saw it, or, if `fresh`, as it is in the database.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load<D: Decider>(
        &self,
        stream: Uuid,
        fresh: bool,
    ) -> Result<LoadedState<D::State>, ReadError> {
        let known = self.known::<D>(stream).unwrap_or_default();
        // That there was nothing says nothing of now.
        if !fresh && known.version > 0 {
            return Ok(known);
        }
        let events = self.log.stream(stream, known.version, None).await?;
        let loaded = fold::<D>(known, &events)?;
        if loaded.version > 0 {
            self.states.put(stream, &loaded);
        }
        Ok(loaded)
    }

    /// As [`Self::load`], but that there is nothing yet is believed too: it is what most decisions find of who is named for a
    /// party. For what is guarded, or asked for afresh where this refuses it.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_provisional<D: Decider>(
        &self,
        stream: Uuid,
        fresh: bool,
    ) -> Result<LoadedState<D::State>, ReadError> {
        match self.known::<D>(stream) {
            Some(known) if !fresh => Ok(known),
            _ => {
                let loaded = self.load::<D>(stream, true).await?;
                self.states.put(stream, &loaded);
                Ok(loaded)
            }
        }
    }

    /// A stream's state as of a position. What is known of it up to there is not read again.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_as_of<D: Decider>(
        &self,
        stream: Uuid,
        position: u64,
    ) -> Result<LoadedState<D::State>, ReadError> {
        if let Some(known) = self.known::<D>(stream)
            && known.position <= position
        {
            let after = known.version;
            let events = self.log.stream(stream, after, Some(position)).await?;
            return fold::<D>(known, &events);
        }
        self.load_past::<D>(stream, position, Span::Whole).await
    }

    /// A stream's state as of a position, without an append that goes on after it: what is between two events of one append
    /// never was.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_settled<D: Decider>(
        &self,
        stream: Uuid,
        position: u64,
    ) -> Result<LoadedState<D::State>, ReadError> {
        self.load_past::<D>(stream, position, Span::Settled).await
    }

    /// Another stream's state as a decision's append found it. It guarded the stream; so what this process knows of it up to
    /// there is all that there was.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn load_guarded<D: Decider, O: Decider>(
        &self,
        decided: &RecordedDecision<O>,
        stream: Uuid,
    ) -> Result<LoadedState<D::State>, ReadError> {
        let position = decided.now.position;
        match self.known::<D>(stream) {
            // Who decided it before may have known more than this process.
            Some(known) if !decided.is_repeated && known.position <= position => Ok(known),
            _ => self.load_as_of::<D>(stream, position).await,
        }
    }

    /// What follows from a stream's events, up to now or a position. What it was when this process last looked is kept, and goes
    /// on from there.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn folded<F: StreamFold>(
        &self,
        stream: Uuid,
        until: Option<u64>,
    ) -> Result<Arc<F>, ReadError> {
        let known = self.folds.get::<F>(stream);
        let known = known.filter(|known| until.is_none_or(|until| known.position <= until));
        let known = known.unwrap_or_default();
        let events = self.log.stream(stream, known.version, until).await?;
        let Some(last) = events.last() else {
            return Ok(known.state);
        };
        let mut fold = F::clone(&known.state);
        for event in &events {
            fold.add(event)?;
        }
        let loaded = LoadedState {
            state: Arc::new(fold),
            version: last.version,
            position: last.position,
            bytes: known.bytes + events.iter().map(|event| event.bytes).sum::<usize>(),
        };
        self.folds.put(stream, &loaded);
        Ok(loaded.state)
    }

    /// What was so once never changes, and is kept: otherwise to read it would take the longer, the more was saved.
    async fn load_past<D: Decider>(
        &self,
        stream: Uuid,
        position: u64,
        span: Span,
    ) -> Result<LoadedState<D::State>, ReadError> {
        let key = PastKey {
            stream,
            position,
            span,
        };
        if let Some(known) = self.past.get::<D::State>(&key) {
            return Ok(known);
        }
        // What is not in the log yet may still come.
        let is_past = position <= *self.log.watch().borrow();
        let mut events = self.log.stream(stream, 0, Some(position)).await?;
        if span == Span::Settled
            && let Some(last) = events.last()
        {
            let next = self.log.history(stream, last.position, u64::MAX, 1).await?;
            if let Some(broken) = next.first().map(|next| next.command) {
                let whole = events.iter().rposition(|event| event.command != broken);
                events.truncate(whole.map_or(0, |last| last + 1));
            }
        }
        let loaded = fold::<D>(LoadedState::default(), &events)?;
        if is_past {
            self.past.put(key, &loaded);
        }
        Ok(loaded)
    }
}
