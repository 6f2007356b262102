//! Why a server could not start.

use std::net::SocketAddr;

use crate::installation::InstallationError;
use crate::reference::ReferenceError;
use access::oidc;
use event_log::ReadError;
use event_log::views::RebuildError;
use mail::SmtpError;
use sqlx::migrate::MigrateError;

impl From<MigrateError> for StartError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                Self::OtherMigrations
            }
            error => Self::Migrate(error),
        }
    }
}

/// A server that could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or not this machine's.
    #[error(
        "cannot listen on {address}: {source}; choose another with --port (RAPPORTEUR_PORT), or 0 for a free one"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The database does not answer, or refuses.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// What the installation alone knows is not there.
    #[error(transparent)]
    Installation(#[from] InstallationError),
    /// The schemas cannot be brought up to date.
    #[error("the database's schemas cannot be brought up to date: {0}")]
    Migrate(MigrateError),
    /// The schemas were made by migrations that this program does not have.
    #[error(
        "the database was made by another program: by one from before the first release, or by a newer one; begin with an empty \
         database or data folder, or start the program that made this one"
    )]
    OtherMigrations,
    /// The views cannot be built.
    #[error("the views cannot be built: {0}")]
    Views(#[from] RebuildError),
    /// The reference data cannot be loaded.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// Single sign-on cannot be set up.
    #[error(transparent)]
    SingleSignOn(#[from] oidc::SettingsError),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Letters cannot be sent as the settings say.
    #[error("letters cannot be sent: {0}")]
    Mail(#[from] SmtpError),
    /// HTTPS cannot be served as the settings say.
    #[error("HTTPS cannot be served: {0}")]
    Tls(#[from] rustls::Error),
}
