//! `rapporteur demo`.

use clap::Args;

use super::database::Database;
use super::serve::{PreparedServer, StopSignals};
use super::settings;
use super::transport::Transport;
use crate::server::RunningServer;
use demonstration::{self, progress::Progress};

/// The default data folder's name.
const NAME: &str = "demo";

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    database: settings::Database,
    #[command(flatten)]
    http: settings::Http,
    #[command(flatten)]
    mail: settings::Mail,
    #[command(flatten)]
    transport: Transport,
    /// Print one line of JSON once it is ready, instead of words
    #[arg(long)]
    json: bool,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut stop = StopSignals::listen()?;
    let prepared = PreparedServer::new(&arguments.http, &arguments.mail, &arguments.transport)?;
    let progress = Progress::new();
    progress.stage("Starting the database");
    let database = Database::start(&arguments.database, NAME).await?;
    let done = serve_until_stopped(prepared, &database, &arguments, &progress, &mut stop).await;
    let stopped = database.stop().await;
    done.and(stopped)
}

async fn serve_until_stopped(
    prepared: PreparedServer,
    database: &Database,
    arguments: &Arguments,
    progress: &Progress,
    stop: &mut StopSignals,
) -> anyhow::Result<()> {
    progress.stage("Starting the server");
    let running = prepared.start(database).await?;
    // The play is no caller: it asks more in a moment than anybody may in a minute.
    running.services.limits.hold();
    let done = tokio::select! {
        Err(error) = show(&running, arguments, progress) => Err(error),
        () = stop.wait() => Ok(()),
    };
    tracing::info!("stopping");
    running.stop().await;
    done
}

/// Plays, prints, and then leaves it to the server to serve: it ends only where something fails.
async fn show(
    running: &RunningServer,
    arguments: &Arguments,
    progress: &Progress,
) -> anyhow::Result<std::convert::Infallible> {
    let pool = running.services.log().pool();
    let ready = demonstration::run(running.address, pool, progress).await?;
    running.services.limits.begin();
    super::print(&if arguments.json {
        ready.json()?
    } else {
        ready.words(&token_command(&arguments.database))
    })?;
    Ok(std::future::pending().await)
}

/// How to make a token for the database in use, as it is typed.
fn token_command(settings: &settings::Database) -> String {
    let program = std::env::args()
        .next()
        .unwrap_or_else(|| "rapporteur".into());
    let place = if settings.database_url.is_some() {
        // Its address may hold a password, which is not for showing.
        "--database-url …".to_owned()
    } else {
        let folder = settings.data_dir.clone();
        let folder = folder.unwrap_or_else(|| postgres::default_data_dir(NAME));
        format!("--data-dir '{}'", folder.display())
    };
    format!("{program} token --role focal_point --party SWE --name trial {place}")
}
