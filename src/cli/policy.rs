//! `rapporteur policy`.

use crate::http::policy;

pub fn run() -> anyhow::Result<()> {
    super::print(&policy::markdown())
}
