//! Answers that were submitted, kept so that a figure at a new position reads only what is new.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use uuid::Uuid;

use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::submitted_replies::{self, ReadAnswers};
use domain::CollectionId;
use figures::replies::Replies;

/// How many bytes of answers are kept: 96 MiB, two collections of ten thousand replies of sixty answers.
const BYTES: u64 = 96 << 20;
/// How many collections these are, about.
const USUAL: usize = 64;
/// What is kept beside the answers, about.
const OVERHEAD: u64 = 256;

/// Answers that were submitted, by collection.
pub struct SubmittedAnswersCache(Cache<Uuid, Arc<ReadAnswers>, AnswersSize>);

#[derive(Clone)]
struct AnswersSize;

impl Weighter<Uuid, Arc<ReadAnswers>> for AnswersSize {
    fn weight(&self, _: &Uuid, answers: &Arc<ReadAnswers>) -> u64 {
        answers.weight() as u64 + OVERHEAD
    }
}

impl Default for SubmittedAnswersCache {
    fn default() -> Self {
        Self(Cache::with_weighter(USUAL, BYTES, AnswersSize))
    }
}

impl Services {
    /// The replies to a collection as they stood at a position, or now; where consent is asked about, what of them was consented to
    /// then, and still was at the second position.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn submitted_replies(
        &self,
        collection: CollectionId,
        as_of: Option<u64>,
        consent: Option<u64>,
    ) -> Result<Replies, Problem> {
        let known = self.submitted.0.get(&collection.0);
        let pool = self.log().pool();
        let (replies, read) =
            submitted_replies::read(pool, as_of, collection.0, consent, known.clone()).await?;
        // What was read of the past is no better for the next figure than what is there.
        if known.is_none_or(|known| known.position < read.position) {
            self.submitted.0.insert(collection.0, read);
        }
        Ok(replies)
    }
}
