//! A private cluster with the product's own settings, in a folder that is removed in the end.

use std::path::{Path, PathBuf};

use anyhow::Context;
use event_log::{Log, LogSettings, LogTasks};
use postgres::{APP, Cluster, DATABASE, Programs, SUPERUSER};
use rapporteur::server;
use rapporteur::views::DEFINITIONS;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

/// A folder that is removed when this is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(what: &str) -> anyhow::Result<Self> {
        let name = format!("rapporteur-bench-{what}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} is left over: {error}", self.0.display());
        }
    }
}

/// A running cluster. Its databases: the product's own, and those that [`Private::database`] makes.
pub struct Private {
    cluster: Cluster,
    pub programs: Programs,
    // Dropped last: it is removed when the server is gone.
    folder: Folder,
}

/// A database with the log's schemas and views.
#[derive(Clone)]
pub struct Database {
    pub owner: PgConnectOptions,
    pub application: PgConnectOptions,
}

impl Private {
    pub async fn start(what: &str, bin: Option<&Path>) -> anyhow::Result<Self> {
        let programs = Programs::find(bin, None)?;
        let folder = Folder::new(what)?;
        let cluster = Cluster::start(&programs, &folder.path().join("data")).await?;
        Ok(Self {
            cluster,
            programs,
            folder,
        })
    }

    /// The product's database, its schemas and views made.
    pub async fn prepared(&self) -> anyhow::Result<Database> {
        self.prepare(DATABASE).await
    }

    /// Another database like the product's.
    pub async fn database(&self, name: &str) -> anyhow::Result<Database> {
        let mut superuser = self.superuser().await?;
        let make = format!("create database {name} owner rapporteur_owner");
        sqlx::raw_sql(AssertSqlSafe(make))
            .execute(&mut superuser)
            .await?;
        self.prepare(name).await
    }

    async fn prepare(&self, name: &str) -> anyhow::Result<Database> {
        let database = Database {
            owner: self.cluster.connect_options().database(name),
            application: self.cluster.connect_options_as(APP).database(name),
        };
        server::prepare(&database.owner, &DEFINITIONS).await?;
        Ok(database)
    }

    /// A folder that is removed in the end.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of the server's socket.
    pub fn sockets(&self) -> anyhow::Result<PathBuf> {
        self.cluster
            .connect_options()
            .get_socket()
            .cloned()
            .context("the cluster has no socket")
    }

    /// The server's process, which starts all others.
    pub fn process(&self) -> anyhow::Result<u32> {
        let file = self.folder().join("data/postgres/postmaster.pid");
        let text = std::fs::read_to_string(file).context("reading postmaster.pid")?;
        let first = text.lines().next().context("postmaster.pid is empty")?;
        first.parse().context("postmaster.pid has no process")
    }

    pub async fn superuser(&self) -> sqlx::Result<PgConnection> {
        self.superuser_in(DATABASE).await
    }

    /// In another database than the product's.
    pub async fn superuser_in(&self, database: &str) -> sqlx::Result<PgConnection> {
        self.cluster
            .connect_options_as(SUPERUSER)
            .database(database)
            .disable_statement_logging()
            .connect()
            .await
    }

    /// So that no measurement pays for what was written before it.
    pub async fn checkpoint(&self) -> sqlx::Result<()> {
        let mut superuser = self.superuser().await?;
        sqlx::raw_sql("checkpoint").execute(&mut superuser).await?;
        Ok(())
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        Ok(self.cluster.stop().await?)
    }
}

impl Database {
    /// Opens the log as the product's server does.
    pub async fn log(&self) -> anyhow::Result<(Log, LogTasks)> {
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .connect_with(self.application.clone())
            .await?;
        let settings = LogSettings {
            connect: self.application.clone(),
            definitions: DEFINITIONS,
            queue: 4096,
        };
        Ok(Log::open(pool, settings))
    }
}
