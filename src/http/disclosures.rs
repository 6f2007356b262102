//! What of released figures is withheld, kept as long as neither a release nor a consent is recorded.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web;
use quick_cache::sync::Cache;
use sqlx::PgPool;
use uuid::Uuid;

use super::problem::Problem;
use crate::domain::CollectionId;
use crate::domain::disclosure::{Cell, History};
use crate::reading::disclosure;

/// How many sections' histories are kept.
const KEPT: usize = 500;

/// A section of a collection, as of the last release or consent in the collection.
type Key = (Uuid, String, u64);

/// Histories of what was released, by section and by the last position that changed them.
pub struct Disclosures(Cache<Key, Arc<History>>);

impl Default for Disclosures {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Disclosures {
    /// The cells of a release that are withheld for the questions of a section, by the consents that hold now; `changed`
    /// is the last position of a release or a consent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withheld(
        &self,
        pool: &PgPool,
        collection: CollectionId,
        section: &str,
        changed: u64,
        release: u32,
    ) -> Result<BTreeSet<Cell>, Problem> {
        let key = (collection.0, section.to_owned(), changed);
        let history = self.0.get_or_insert_async(&key, async {
            let facts = disclosure::facts(pool, collection.0, section).await?;
            // Nobody else's request waits for it on this thread.
            let history = web::block(move || facts.history()).await;
            let history = history.map_err(|_| Problem::new("internal"))?;
            Ok::<_, Problem>(Arc::new(history))
        });
        Ok(history.await?.withheld(release))
    }
}
