//! What is subject to the availability of extrabudgetary resources: how it stands with them, and from which day.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use domain::resources::{ResourcesRecorded, ResourcesState};

/// How it stood with resources.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourcesView {
    /// sought, secured, not_available
    resources: ResourcesState,
    /// The day from which it was so.
    on: Date,
}

impl ResourcesView {
    /// How it stood, record by record.
    pub(in crate::http) fn from_records(records: &[ResourcesRecorded]) -> Vec<Self> {
        let views = records.iter().map(|record| Self {
            resources: record.resources,
            on: record.on,
        });
        views.collect()
    }
}
