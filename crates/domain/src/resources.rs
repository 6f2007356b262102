//! What is "subject to the availability of extrabudgetary resources" (paragraphs 11 to 13 and 15 of the resolution) says how
//! it stands with them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::decider::one;
use super::fault::{self, Fault};
use super::times;

code_enum! {
    /// How it stands with the resources that something is subject to.
    pub enum ResourcesState {
        /// They are asked for.
        Sought = "sought",
        /// They are there.
        Secured = "secured",
        /// They were asked for in vain.
        NotAvailable = "not_available",
    }
}

/// How it stands with resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RecordResources)]
pub struct ResourcesRecorded {
    /// sought, secured, not_available
    pub resources: ResourcesState,
    /// The day from which it is so: not still to come, nor before that of the record before.
    #[serde(deserialize_with = "times::read_day")]
    pub on: Date,
}

/// What follows from a record after those that are held. Its day is not still to come, nor before the day of the record before,
/// since the last one made says how it stands.
///
/// # Errors
/// The faults of its day.
pub(super) fn record<E: From<ResourcesRecorded>>(
    held: &[ResourcesRecorded],
    new: ResourcesRecorded,
    today: Date,
) -> Result<Vec<E>, Vec<Fault>> {
    let faults = match held.last() {
        Some(last) if *last == new => return Ok(Vec::new()),
        Some(last) => fault::day_order_faults(new.on, last.on, today),
        None => fault::of_day(new.on, today, "/on").into_iter().collect(),
    };
    fault::none(faults)?;
    Ok(one(new))
}
