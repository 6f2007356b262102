//! A cluster of one's own, from an empty folder to a database that takes connections, and back to rest.

use std::fs::File;
use std::path::Path;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::account::Account;
use super::error::ClusterError;
use super::folder::Folder;
use super::initdb;
use super::leftover::{self, Record};
use super::postmaster::{Postmaster, ServerPaths};
use super::programs::Programs;
use super::roles::{self, DATABASE, OWNER, SUPERUSER};
use super::socket::{self, Sockets};

/// A running PostgreSQL that belongs to a data folder and to this program. [`Cluster::stop`] it: dropped, it
/// is stopped without a checkpoint, which loses nothing but makes the next start recover.
#[derive(Debug)]
pub struct Cluster {
    // Dropped in this order: the folder is let go of when the server is gone.
    server: Postmaster,
    sockets: Sockets,
    _lock: File,
}

impl Cluster {
    /// Makes the cluster of a data folder where there is none, and starts it. As root it runs as the account
    /// that owns the cluster already, or else `postgres`, or else `nobody`.
    ///
    /// # Errors
    /// When the folder is out of reach, held by another server, or holds something else or the data of
    /// another major version, and when PostgreSQL does not start.
    pub async fn start(programs: &Programs, data_dir: &Path) -> Result<Self, ClusterError> {
        Self::start_as(programs, data_dir, None).await
    }

    /// As [`Cluster::start`], with the account to run PostgreSQL as, which only root can choose.
    ///
    /// # Errors
    /// As [`Cluster::start`], and when the account cannot be used.
    pub async fn start_as(
        programs: &Programs,
        data_dir: &Path,
        account: Option<&str>,
    ) -> Result<Self, ClusterError> {
        let folder = Folder::make(data_dir)?;
        let lock = folder.lock()?;
        // Where the cluster is a link to another disk, PostgreSQL works in the link's target.
        let cluster = folder.cluster();
        let account = Account::choose(account, &cluster)?;
        folder.admit(&account)?;
        account.check_reach(programs, folder.path())?;
        initdb::ensure(&folder, programs, &account).await?;
        let cluster = cluster
            .canonicalize()
            .map_err(ClusterError::io("finding", &cluster))?;
        let sockets = socket::prepare(&folder, &account)?;
        leftover::clear(&cluster, sockets.path(), programs, &account).await?;
        let place = ServerPaths {
            cluster: &cluster,
            sockets: sockets.path(),
            log: &folder.log(),
        };
        let superuser = options(sockets.path(), SUPERUSER, "postgres");
        let (server, connection) =
            Postmaster::start(&place, programs, &account, &superuser).await?;
        roles::ensure(connection).await?;
        tracing::info!(
            folder = %folder.path().display(),
            account = account.name(),
            "PostgreSQL is ready"
        );
        Ok(Self {
            server,
            sockets,
            _lock: lock,
        })
    }

    /// How to connect to the database as its owner.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        self.connect_options_as(OWNER)
    }

    /// How to connect to the database as a role, such as [`super::APP`].
    #[must_use]
    pub fn connect_options_as(&self, role: &str) -> PgConnectOptions {
        options(self.sockets.path(), role, DATABASE)
    }

    /// Disconnects whoever is connected, stops the server cleanly, and lets go of the folder.
    ///
    /// # Errors
    /// When the server had ended before, or does not stop within a minute; it is then ended at once. Nothing
    /// that was committed is lost: the next start recovers it.
    pub async fn stop(self) -> Result<(), ClusterError> {
        self.server.stop().await
    }
}

/// How to connect, as the database's owner, to the server that runs on a data folder; None when none takes
/// connections, or the folder is another's.
#[must_use]
pub fn running(data_dir: &Path) -> Option<PgConnectOptions> {
    let record = Record::read(&data_dir.join("postgres"))?;
    (record.ready && record.answers()).then(|| options(&record.socket, OWNER, DATABASE))
}

/// Every part that the environment (PGHOST and the like) could say otherwise is said here.
fn options(sockets: &Path, role: &str, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(sockets)
        .port(socket::PORT)
        .username(role)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
        .options([("synchronous_commit", "on")])
}
