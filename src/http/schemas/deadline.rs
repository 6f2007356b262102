//! Deadlines, as they are given and as they are shown.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::part::PartError;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::collections::knows_zone;
use crate::written;
use domain::collection::Deadline;
use domain::phrase::expected;
use domain::times::zone_fault;

/// An instant, with the zone in which people read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineView {
    /// The instant, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    at: String,
    /// The zone's name in the IANA database.
    #[schema(example = "Europe/Vienna")]
    time_zone: String,
    /// The same instant as the clocks of that zone show it.
    #[schema(value_type = written::LocalTime)]
    local: String,
}

impl DeadlineView {
    /// A deadline as it is shown.
    pub fn from_deadline(deadline: &Deadline) -> Self {
        let Deadline { at, time_zone } = deadline;
        let local = at
            .in_tz(time_zone)
            .map(|local| local.datetime().to_string());
        Self {
            at: at.to_string(),
            time_zone: time_zone.clone(),
            // A zone that this process does not know: the same clocks, in UTC.
            local: local.unwrap_or_else(|_| TimeZone::UTC.to_datetime(*at).to_string()),
        }
    }
}

/// A deadline.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDeadline {
    /// RFC 3339; or a date and time as the clocks of the zone show it, once; or a date, to its end: what comes before the next
    /// day begins is in time. (A day is shown as its last second, and whatever is given as that is the day.)
    #[schema(value_type = written::Moment, example = "2011-06-30")]
    at: String,
    /// The zone's name in the IANA database.
    #[schema(example = "Europe/Vienna")]
    time_zone: String,
}

impl NewDeadline {
    /// Reads it, at `/deadline` of a body. Days are compared in its zone by the database, which must know it too.
    ///
    /// # Errors
    /// Faults for a zone that there is not, and a time that its clocks never show, or twice; `wrong_body` for what is no time.
    pub async fn read_known(&self, services: &Services) -> Result<Deadline, PartError> {
        let deadline = self.read()?;
        if knows_zone(services.log().pool(), &deadline.time_zone).await? {
            Ok(deadline)
        } else {
            let fault = zone_fault(&deadline.time_zone, "/deadline");
            Err(PartError::Faulty(vec![fault]))
        }
    }

    fn read(&self) -> Result<Deadline, PartError> {
        Deadline::read(&self.at, &self.time_zone, "/deadline").map_err(|fault| match fault {
            Some(fault) => PartError::Faulty(vec![fault]),
            None => Problem::not_as_expected("/deadline/at", expected::DEADLINE).into(),
        })
    }
}
