//! What is subject to the availability of extrabudgetary resources: how it stands with them, and from which day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::dates;
use domain::meeting::ResourcesState;

/// How it stands with resources.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecordResources {
    /// sought, secured, not_available
    pub(in crate::http) resources: ResourcesState,
    /// The day from which it is so: not still to come, nor before that of the record before.
    #[serde(deserialize_with = "dates::read_day")]
    pub(in crate::http) on: Date,
}

/// How it stood with resources.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourcesView {
    /// sought, secured, not_available
    resources: domain::meeting::ResourcesState,
    /// The day from which it was so.
    #[schema(format = Date)]
    on: String,
}

impl ResourcesView {
    /// How it stood, from a day on.
    pub(in crate::http) fn from_state(resources: ResourcesState, on: Date) -> Self {
        Self {
            resources,
            on: on.to_string(),
        }
    }
}
