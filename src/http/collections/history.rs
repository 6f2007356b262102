//! What happened to a collection, each with where and when.

use crate::desk::stored;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, rfc3339};
use crate::http::services::Services;
use domain::CollectionId;
use domain::collection::{Collection, Event};

/// The events of a collection, in order.
///
/// # Errors
/// `not_found`.
pub async fn read(services: &Services, id: CollectionId) -> Result<Vec<(AsOf, Event)>, Problem> {
    services.fresh_collection(id).await?;
    let stored = services.log().stream(id.0, 0, None).await?;
    let told = stored.into_iter().map(|stored| {
        let event = stored::event::<Collection>(&stored)?;
        let at = AsOf {
            position: stored.position,
            time: Some(rfc3339(stored.time)),
        };
        Ok((at, event))
    });
    told.collect()
}
