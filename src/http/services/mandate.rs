//! How far the mandate was found to be.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::reading::mandate as reading;
use domain::mandate::{self, Paragraph};
use event_log::{Log, ReadError};

/// How many states of the tracker are kept.
const KEPT: usize = 50;

/// What was found as of positions at which something happened that the rules read: between two of them nothing moves, however
/// many answers are saved meanwhile.
pub struct MandateCache(Cache<u64, Arc<Vec<Paragraph>>>);

impl Default for MandateCache {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl MandateCache {
    /// What was found as of a position at which something happened that the rules read.
    ///
    /// # Errors
    /// The database does not answer, or an event cannot be read.
    pub async fn paragraphs(
        &self,
        log: &Log,
        changed: u64,
    ) -> Result<Arc<Vec<Paragraph>>, ReadError> {
        let found = self.0.get_or_insert_async(&changed, async {
            let events = reading::events(log.pool(), changed).await;
            let events = events.map_err(ReadError::from)?;
            let found = mandate::evaluate(&events).map_err(|error| ReadError::Stored {
                position: changed,
                why: error.to_string(),
            })?;
            Ok::<_, ReadError>(Arc::new(found))
        });
        found.await
    }
}
