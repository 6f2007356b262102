//! The database and the roles of a cluster of our own.

use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};

use super::error::ClusterError;

/// The database.
pub const DATABASE: &str = "rapporteur";

/// Owns the database and all that migrations make in it.
pub const OWNER: &str = "rapporteur_owner";

/// What the server does its work as.
pub const APP: &str = "rapporteur_app";

/// What dashboards read as.
pub const BI: &str = "rapporteur_bi";

/// The cluster's superuser, for what concerns the cluster as a whole (making and dropping databases).
pub const SUPERUSER: &str = "postgres";

/// What must be there, in this order: whether it is, and how it is made. Each step stands alone, so a start
/// that was interrupted is taken up where it was.
const STEPS: [(&str, &str, &str); 4] = [
    (
        "making the role rapporteur_owner",
        "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rapporteur_owner')",
        "CREATE ROLE rapporteur_owner LOGIN",
    ),
    (
        "making the role rapporteur_app",
        "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rapporteur_app')",
        "CREATE ROLE rapporteur_app LOGIN",
    ),
    (
        "making the role rapporteur_bi",
        "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rapporteur_bi')",
        "CREATE ROLE rapporteur_bi LOGIN",
    ),
    (
        "making the database rapporteur",
        "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'rapporteur')",
        "CREATE DATABASE rapporteur OWNER rapporteur_owner",
    ),
];

/// Makes the roles and the database where they are missing.
pub(super) async fn ensure(mut connection: PgConnection) -> Result<(), ClusterError> {
    for (doing, exists, make) in STEPS {
        let failed = |source| ClusterError::Setup { doing, source };
        let there: bool = sqlx::query_scalar(exists)
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
        if !there {
            connection.execute(make).await.map_err(failed)?;
        }
    }
    connection
        .close()
        .await
        .map_err(|source| ClusterError::Setup {
            doing: "disconnecting",
            source,
        })
}
