//! Releases: the moments at which the public sees a collection's figures, and nothing between them.
//!
//! No figure promises to hide a State inside an exact total: counts are whole and not negative, so whoever knows some can
//! work out others. What is said instead, before anybody replies, is on whom the public figures stand.

use super::super::decider::one;
use super::super::fault;
use super::{Collection, Event, FiguresReleased, Refusal};

/// The fewest newly counted replies that a release of figures on all may have, whatever a collection's own setting.
pub const LEAST_THRESHOLD: u16 = 3;

code_enum! {
    /// On whom a collection's public figures stand.
    pub enum Basis as "FiguresBasis" {
        /// On versions, and sections of them, whose publication was consented to: they can be read anyway, so nothing can be
        /// derived of any other.
        Consenting = "consenting",
        /// On every reply: totals can tell what a single State answered, and States are told so.
        All = "all",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro takes no attributes")]
impl Default for Basis {
    fn default() -> Self {
        Self::Consenting
    }
}

impl Basis {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A release, as the collection remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// 1, 2, 3 within the collection.
    pub release: u32,
    /// The state of the log that it shows.
    pub position: u64,
}

/// What was counted at the position that is to be released: replies of Member States, submitted and not withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseCount {
    /// How many there are.
    pub replied: u32,
    /// How many of them the collection's basis counts.
    pub counted: u32,
    /// How many of these were not counted at the last release.
    pub newly_counted: u32,
    /// The state of the log by which consent was judged.
    pub consent_as_of: u64,
    /// Whether the last release shows the same: the same versions were submitted, and the same sections of them count.
    pub is_unchanged: bool,
}

pub(super) fn decide(
    collection: &Collection,
    position: u64,
    found: Option<ReleaseCount>,
) -> Result<Vec<Event>, Refusal> {
    let last = collection.releases.last();
    if last.is_some_and(|last| position < last.position) {
        return Err(Refusal::ReleaseBeforeLast);
    }
    let found = found.ok_or(Refusal::TooFewNewlyCounted(Vec::new()))?;
    let newly_counted = found.newly_counted;
    // Figures on whoever consents tell nothing that cannot be read anyway, however few they count.
    let threshold = match collection.basis {
        Basis::Consenting => 0,
        Basis::All => collection.release_threshold.unwrap_or(LEAST_THRESHOLD),
    };
    if newly_counted < u32::from(threshold) {
        let fault = fault::NEWLY_COUNTED_BELOW_THRESHOLD.at("");
        let fault = fault.arg("counted", newly_counted).arg("needed", threshold);
        return Err(Refusal::TooFewNewlyCounted(vec![fault]));
    }
    if found.is_unchanged {
        return Err(Refusal::ReleaseUnchanged);
    }
    Ok(one(FiguresReleased {
        release: last.map_or(1, |last| last.release + 1),
        position,
        replied: Some(found.replied),
        counted: found.counted,
        newly_counted,
        consent_as_of: Some(found.consent_as_of),
    }))
}
