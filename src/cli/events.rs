//! `rapporteur events`.

use crate::sentences;

pub fn run() -> anyhow::Result<()> {
    super::print(&sentences::markdown())
}
