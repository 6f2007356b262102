//! What two changed at once: both answers are shown, and whoever saved later chooses.

use super::input::FieldInput;
use crate::http::pages::passage::Passage;

/// An answer that a colleague changed after the page was shown, and that the page would change too.
#[derive(Debug)]
pub struct Conflict {
    /// The address.
    pub address: String,
    /// What is asked there.
    pub label: Passage,
    /// The colleague's answer, as people read it.
    pub theirs: String,
    /// The one that was typed here.
    pub mine: String,
    /// The colleague's answer, as it stands in the controls.
    pub held: FieldInput,
}
