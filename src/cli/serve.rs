//! `rapporteur serve`.

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::database::Database;
use super::settings;
use crate::access::oidc;
use crate::server::{self, Running, Settings};
use crate::views::DEFINITIONS;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub database: settings::Database,
    #[command(flatten)]
    pub http: settings::Http,
    #[command(flatten)]
    pub access: settings::Access,
    #[command(flatten)]
    pub mail: settings::Mail,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let oidc = arguments.access.oidc()?;
    let mut stop = Stop::listen()?;
    let database = Database::start(&arguments.database, "main").await?;
    match start(&database, &arguments.http, oidc, &arguments.mail).await {
        Ok(running) => {
            super::print(&format!(
                "Rapporteur is ready at http://{}\n",
                running.address
            ))?;
            stop.wait().await;
            tracing::info!("stopping");
            running.stop().await;
            database.stop().await
        }
        Err(error) => {
            database.stop().await?;
            Err(error)
        }
    }
}

/// Starts a server on a database.
pub async fn start(
    database: &Database,
    http: &settings::Http,
    oidc: oidc::Settings,
    mail: &settings::Mail,
) -> anyhow::Result<Running> {
    Ok(server::start(Settings {
        database: database.application.clone(),
        owner: database.owner.clone(),
        listen: http.listen(),
        definitions: DEFINITIONS,
        workers: http.workers(),
        queue: http.queue as usize,
        oidc,
        mail: mail.read()?,
    })
    .await?)
}

/// The wish to stop: Ctrl-C or SIGTERM. Listening begins before anything is started, so that an early one is heard too.
pub struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    /// Begins to listen.
    pub fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for either.
    pub async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
