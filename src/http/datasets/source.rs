//! What data sets are made of, for whoever asks.

use std::sync::Arc;

use crate::desk::PresentResource;
use crate::http::figures::standing::Standing;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::read_record::PublicAnswer;
use crate::http::problem::Problem;
use domain::CollectionId;
use domain::collection::Collection;
use domain::questionnaire::Form;

/// A collection whose replies are read page by page.
pub struct DatasetSource {
    /// The collection's id.
    pub id: CollectionId,
    /// The collection.
    pub collection: PresentResource<Collection>,
    /// What it asks.
    pub form: Arc<Form>,
    /// The position as of which all is read.
    pub position: u64,
    /// When that was recorded.
    pub time: Option<String>,
    /// The position at which what is read must be consented to still; none: all of it is read.
    pub consent: Option<u64>,
}

impl DatasetSource {
    /// What the caller may read of a collection's replies, now or as of then: for the Secretariat all, for others what is consented to be
    /// published, as consent is now.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`; `breakdown_not_released` where the collection's figures stand on all replies.
    pub async fn open<Q>(lookup: &Lookup<Q>, id: CollectionId) -> Result<Self, Problem> {
        let services = &lookup.services;
        let collection = services.collection_at(id, lookup.as_of.as_ref()).await?;
        let head = services.log().head().await?;
        let consent = if lookup.caller.principal.role.is_secretariat() {
            None
        } else {
            PublicAnswer::note(&lookup.http);
            Standing::Published(collection.basis).allow("datasets")?;
            Some(head.position)
        };
        let form = services.desk.form_of_collection(&collection).await?;
        let as_of = lookup.as_of.clone().unwrap_or(head);
        Ok(Self {
            id,
            collection,
            form,
            position: as_of.position,
            time: as_of.time.map(|time| time.to_string()),
            consent,
        })
    }
}
