//! `rapporteur openapi`.

pub fn run() -> anyhow::Result<()> {
    super::print(&crate::http::openapi::json()?)
}
