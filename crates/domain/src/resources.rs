//! What is "subject to the availability of extrabudgetary resources" (paragraphs 11 to 13 and 15 of the resolution) says how
//! it stands with them.

use jiff::civil::Date;

use super::fault::{self, Fault};

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

/// The faults of the day of a record: it is not still to come, nor before the day of the record before, since the last one
/// made says how it stands.
pub(super) fn faults(on: Date, last: Option<Date>, today: Date) -> Vec<Fault> {
    match last {
        Some(last) => fault::day_order_faults(on, last, today),
        None => fault::of_day(on, today, "/on").into_iter().collect(),
    }
}
