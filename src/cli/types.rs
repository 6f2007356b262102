//! `rapporteur types`.

use crate::http::question_types;

pub fn run() -> anyhow::Result<()> {
    super::print(&question_types::markdown()?)
}
