//! What the Secretariat enters for a State that sent it on paper.

use jiff::civil::Date;

use super::comment::EnteredOnBehalf;
use super::fault::{self, Fault};

const SOURCE_CHARS: usize = 300;

/// The faults of where it comes from: a source says something, and it was received not before the day that it bears (`said_on`),
/// and not in the future.
pub(super) fn faults(
    entered: Option<&EnteredOnBehalf>,
    said_on: Option<Date>,
    today: Date,
) -> Vec<Fault> {
    let Some(entered) = entered else {
        return Vec::new();
    };
    let source = fault::of_text(&entered.source, "/source", SOURCE_CHARS);
    let mut faults: Vec<_> = source.into_iter().collect();
    let received_on = entered.received_on;
    if let Some(said_on) = said_on.filter(|said_on| received_on < *said_on) {
        let early = fault::BEFORE_WHAT_IT_FOLLOWS.at("/received_on");
        faults.push(early.arg("day", said_on));
    }
    faults.extend(fault::of_day(received_on, today, "/received_on"));
    faults
}
