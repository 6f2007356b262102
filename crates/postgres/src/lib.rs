//! The private PostgreSQL server of a data folder.
//!
//! [`Programs`] finds the server programs that the machine has; [`Cluster`] makes a cluster in the data
//! folder, runs it for as long as this program runs, and lets nobody else reach it: no TCP port, and a Unix
//! socket in a folder of mode 0700. That folder is the lock on the door, so `pg_hba.conf` asks for no
//! password behind it.
//!
//! What lies in a data folder:
//!
//! | name | what |
//! | --- | --- |
//! | `lock` | held by the server that uses the folder; holds its process id |
//! | `postgres/` | the cluster (PostgreSQL's `PGDATA`) |
//! | `postgres.unfinished-*` | a cluster being made; never used, removed at the next start |
//! | `postgres.log` | what PostgreSQL logs |
//! | `run/` | the socket, where the path is short enough for one |

mod account;
mod cluster;
mod error;
mod folder;
mod initdb;
mod leftover;
mod log;
mod places;
mod postmaster;
mod programs;
mod quiet;
mod roles;
mod socket;

pub use cluster::{Cluster, running};
pub use error::ClusterError;
pub use folder::{data_version, default_data_dir};
pub use programs::Programs;
pub use quiet::warn_if_not as warn_if_not_quiet;
pub use roles::{APP, BI, DATABASE, OWNER, SUPERUSER};
