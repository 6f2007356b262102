//! `rapporteur rebuild`.

use clap::Args;

use super::database::Database;
use super::settings;
use crate::server;
use crate::views::DEFINITIONS;
use event_log::views;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    database: settings::Database,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let database = Database::reach(&arguments.database, "main").await?;
    let done = async {
        server::prepare(&database.owner, &DEFINITIONS).await?;
        anyhow::Ok(views::rebuild(&database.owner, &DEFINITIONS).await?)
    }
    .await;
    database.stop().await?;
    let rebuilt = done?;
    super::print(&format!(
        "Rebuilt the views from {} events in {} ms.\n",
        rebuilt.events, rebuilt.milliseconds
    ))
}
