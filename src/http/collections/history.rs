//! What happened to a collection, each with where and when.

use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, rfc3339};
use crate::http::services::Services;
use domain::collection::Event;
use domain::{CollectionId, DomainEvent};
use event_log::ReadError;

/// The events of a collection, in order.
///
/// # Errors
/// `not_found`.
pub async fn read(services: &Services, id: CollectionId) -> Result<Vec<(AsOf, Event)>, Problem> {
    services.fresh_collection(id).await?;
    let stored = services.log().stream(id.0, 0, None).await?;
    let told = stored.into_iter().map(|stored| {
        let event = Event::from_stored(&stored.kind, stored.data);
        let event = event.map_err(|error| ReadError::Stored {
            position: stored.position,
            why: error.to_string(),
        })?;
        let at = AsOf {
            position: stored.position,
            time: Some(rfc3339(stored.time)),
        };
        Ok((at, event))
    });
    told.collect()
}
