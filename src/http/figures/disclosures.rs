//! What of released figures is withheld, kept as long as neither a release nor a consent is recorded.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web;
use quick_cache::sync::Cache;
use sqlx::PgPool;
use uuid::Uuid;

use crate::domain::CollectionId;
use crate::domain::disclosure::Cell;
use crate::http::problem::Problem;
use crate::reading::disclosure::{self, Told};

/// How many sections' histories are kept.
const KEPT: usize = 500;

/// A section of a collection, as of the last release or consent in the collection.
type Key = (Uuid, String, u64);

/// Histories of what was released.
pub struct Disclosures {
    /// By section, and by the last position that changed them.
    told: Cache<Key, Arc<Told>>,
    /// The newest by section: the next goes on from it.
    newest: Cache<(Uuid, String), Arc<Told>>,
}

impl Default for Disclosures {
    fn default() -> Self {
        Self {
            told: Cache::new(KEPT),
            newest: Cache::new(KEPT),
        }
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
        let told = self.told.get_or_insert_async(&key, async {
            let section = (collection.0, section.to_owned());
            let before = self.newest.get(&section).unwrap_or_default();
            let facts = disclosure::facts(pool, collection.0, &section.1).await?;
            // Nobody else's request waits for it on this thread.
            let told = web::block(move || facts.tell(&before)).await;
            let told = Arc::new(told.map_err(|_| Problem::new("internal"))?);
            self.newest.insert(section, told.clone());
            Ok::<_, Problem>(told)
        });
        Ok(told.await?.history.withheld(release))
    }
}
