//! `rapporteur events`.

use texts::sentences;

pub fn run() -> anyhow::Result<()> {
    super::print(&sentences::markdown())
}
