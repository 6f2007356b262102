//! `rapporteur demo`.

use clap::Args;

use super::settings;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    database: settings::Database,
    #[command(flatten)]
    http: settings::Http,
    /// Print one line of JSON once it is ready, instead of words
    #[arg(long)]
    json: bool,
}

pub async fn run(_: Arguments) -> anyhow::Result<()> {
    Ok(())
}
