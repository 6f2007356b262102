//! `rapporteur serve`.

use std::net::{SocketAddr, TcpListener};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::database::Database;
use super::settings;
use super::transport::{Certificate, Transport};
use crate::http::handling::pace::Patience;
use crate::http::middleware::edge::Edge;
use crate::http::services::limits::LimitSettings;
use crate::server::{self, RunningServer, Settings, Tls};
use crate::views::DEFINITIONS;
use access::oidc;
use mail::MailSettings;

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
    #[command(flatten)]
    pub transport: Transport,
    #[command(flatten)]
    pub certificate: Certificate,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut stop = StopSignals::listen()?;
    let mut prepared = PreparedServer::new(&arguments.http, &arguments.mail, &arguments.transport)?;
    prepared.tls = arguments.certificate.tls()?;
    prepared.oidc = arguments.access.oidc()?;
    let database = Database::start(&arguments.database, "main").await?;
    match prepared.start(&database).await {
        Ok(running) => {
            super::print(&format!("Rapporteur is ready at {}\n", running.url()))?;
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

/// All that can fail before there is a database: the address is taken, a setting is wrong.
pub struct PreparedServer {
    listener: TcpListener,
    metrics: Option<SocketAddr>,
    workers: usize,
    queue: usize,
    oidc: oidc::Settings,
    mail: MailSettings,
    secret: Option<[u8; 32]>,
    edge: Edge,
    limits: LimitSettings,
    patience: Patience,
    tls: Option<Tls>,
}

impl PreparedServer {
    /// Reads the settings and takes the address; without a certificate and single sign-on.
    pub fn new(
        http: &settings::Http,
        mail: &settings::Mail,
        transport: &Transport,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            metrics: http.metrics_listen,
            workers: http.workers(),
            queue: http.queue as usize,
            oidc: oidc::Settings::default(),
            mail: mail.read()?,
            secret: mail.secret()?,
            edge: transport.edge()?,
            limits: transport.limits(),
            patience: transport.patience(),
            tls: None,
            listener: server::listen(http.listen())?,
        })
    }

    /// Starts the server on a database.
    pub async fn start(self, database: &Database) -> anyhow::Result<RunningServer> {
        let settings = Settings {
            database: database.application.clone(),
            owner: database.owner.clone(),
            listen: self.listener.local_addr()?,
            metrics: self.metrics,
            definitions: DEFINITIONS,
            workers: self.workers,
            queue: self.queue,
            oidc: self.oidc,
            mail: self.mail,
            secret: self.secret,
            edge: self.edge,
            limits: self.limits,
            patience: self.patience,
            tls: self.tls,
        };
        Ok(server::start_on(self.listener, settings).await?)
    }
}

/// The wish to stop: Ctrl-C or SIGTERM. Listening begins before anything is started, so that an early one is heard too.
pub struct StopSignals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl StopSignals {
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
