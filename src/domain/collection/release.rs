//! Releases: the moments at which the public sees a collection's figures, and nothing between them.

use super::super::fault;
use super::{Collection, Event, FiguresReleased, Refusal};

/// The fewest newly counted replies that a release may have, whatever a collection's own setting.
pub const LEAST_THRESHOLD: u16 = 3;

/// A release, as the collection remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// 1, 2, 3 within the collection.
    pub release: u32,
    /// The state of the log that it shows.
    pub position: u64,
}

/// What was counted at the position that is to be released: replies of Member States, submitted and not withdrawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many there are.
    pub counted: u32,
    /// How many of them were not there at the last release.
    pub newly_counted: u32,
}

pub(super) fn decide(
    collection: &Collection,
    position: u64,
    counted: Counted,
) -> Result<Vec<Event>, Refusal> {
    let last = collection.releases.last();
    if last.is_some_and(|last| position < last.position) {
        return Err(Refusal::ReleaseBeforeLast);
    }
    let Counted {
        counted,
        newly_counted,
    } = counted;
    let threshold = collection.release_threshold;
    if newly_counted < u32::from(threshold) {
        let fault = fault::NEWLY_COUNTED_BELOW_THRESHOLD.at("");
        let fault = fault.arg("counted", newly_counted).arg("needed", threshold);
        return Err(Refusal::TooFewNewlyCounted(vec![fault]));
    }
    Ok(vec![
        FiguresReleased {
            release: last.map_or(1, |last| last.release + 1),
            position,
            counted,
            newly_counted,
        }
        .into(),
    ])
}
