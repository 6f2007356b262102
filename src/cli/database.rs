//! The database that a subcommand works with: one of the user's own, or a private one in the data folder.

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;

use super::settings;
use postgres::{self, Cluster, Programs};

/// A database to work with.
pub struct Database {
    /// As the application.
    pub application: PgConnectOptions,
    /// As the owner of the schemas.
    pub owner: PgConnectOptions,
    cluster: Option<Cluster>,
}

impl Database {
    /// Finds or starts the database; `name` is the default data folder's.
    pub async fn start(settings: &settings::Database, name: &str) -> anyhow::Result<Self> {
        if let Some(own) = own(settings)? {
            return Ok(own);
        }
        let folder = settings
            .data_dir
            .clone()
            .unwrap_or_else(|| postgres::default_data_dir(name));
        let programs = Programs::find(
            settings.postgres_bin.as_deref(),
            postgres::data_version(&folder),
        )?;
        let cluster =
            Cluster::start_as(&programs, &folder, settings.postgres_account.as_deref()).await?;
        Ok(Self {
            application: cluster.connect_options_as(postgres::APP),
            owner: cluster.connect_options(),
            cluster: Some(cluster),
        })
    }

    /// As [`Database::start`], but takes the private PostgreSQL of a server that runs on the data folder already.
    pub async fn reach(settings: &settings::Database, name: &str) -> anyhow::Result<Self> {
        let folder = settings
            .data_dir
            .clone()
            .unwrap_or_else(|| postgres::default_data_dir(name));
        match postgres::running(&folder) {
            Some(owner) if settings.database_url.is_none() => Ok(Self {
                application: owner.clone().username(postgres::APP),
                owner,
                cluster: None,
            }),
            _ => Self::start(settings, name).await,
        }
    }

    /// Stops the database, if it is a private one that was started here.
    pub async fn stop(self) -> anyhow::Result<()> {
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

fn own(settings: &settings::Database) -> anyhow::Result<Option<Database>> {
    let Some(url) = &settings.database_url else {
        return Ok(None);
    };
    let application = read(url, "--database-url (RAPPORTEUR_DATABASE_URL)")?;
    let owner = match &settings.owner_database_url {
        Some(url) => read(url, "--owner-database-url (RAPPORTEUR_OWNER_DATABASE_URL)")?,
        None => application.clone(),
    };
    Ok(Some(Database {
        application,
        owner,
        cluster: None,
    }))
}

fn read(url: &str, name: &str) -> anyhow::Result<PgConnectOptions> {
    url.parse::<PgConnectOptions>().with_context(|| {
        format!(
            "{name} is no database's address; expected postgres://user:password@host:5432/database"
        )
    })
}
