//! What can go wrong between a machine and a running cluster, in words for whoever runs the program.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The oldest major version of PostgreSQL that will do.
pub(super) const OLDEST: u32 = 15;

const INSTALL: &str = concat!(
    "  Debian, Ubuntu: apt-get install postgresql\n",
    "  Fedora, RHEL:   dnf install postgresql-server\n",
    "  macOS:          brew install postgresql@17",
);

/// Why there is no cluster to work with. Each message says what is wrong, where, and what would be right.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server programs anywhere.
    #[error(
        "PostgreSQL's server programs (initdb, postgres, pg_ctl; version {OLDEST} or newer) were not found. \
         Looked at: {looked_at}. Install them, or set the folder that holds them:\n{INSTALL}"
    )]
    ProgramsMissing {
        /// Every place that was looked at.
        looked_at: String,
    },
    /// Server programs, but none new enough.
    #[error(
        "only older versions of PostgreSQL were found ({found}); version {OLDEST} or newer is needed. \
         Install it, or set the folder that holds its programs:\n{INSTALL}"
    )]
    ProgramsTooOld {
        /// The versions and their folders.
        found: String,
    },
    /// The folder that was set does not hold what it should.
    #[error(
        "{} was set as the folder of PostgreSQL's programs, but {fault}; it should be the folder that holds \
         initdb, postgres and pg_ctl of version {OLDEST} or newer (often shown by pg_config --bindir). \
         To install them:\n{INSTALL}",
        folder.display()
    )]
    ProgramsSetting {
        /// The folder that was set.
        folder: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// No account to run the database as.
    #[error(
        "PostgreSQL does not run as root, and the account to run it as cannot be used: {fault}. \
         Name an account that exists and is not root, or start the program as such an account"
    )]
    Account {
        /// What is wrong with the account.
        fault: String,
    },
    /// An account was set by somebody who cannot become it.
    #[error(
        "only root can run the database as another account ({wanted}); \
         leave the setting out, or start the program as root"
    )]
    NotRoot {
        /// The account that was set.
        wanted: String,
    },
    /// The database's account cannot run the programs.
    #[error(
        "the account of the database ({account}) cannot run {}: {source}. Install PostgreSQL where every \
         account can reach it, or name another account",
        program.display()
    )]
    ProgramsOutOfReach {
        /// Who should run it.
        account: String,
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A parent of the data folder keeps the database's account out.
    #[error(
        "the account of the database ({account}) cannot reach the data folder {}, since {} does not let it \
         pass. Choose a data folder elsewhere, or let others pass with: chmod o+x {}",
        folder.display(), parent.display(), parent.display()
    )]
    OutOfReach {
        /// Who should reach it.
        account: String,
        /// The data folder.
        folder: PathBuf,
        /// The folder that stands in the way.
        parent: PathBuf,
    },
    /// Another server works on the folder.
    #[error(
        "the data folder {} is held by another server{}; stop that one first, or choose another data folder",
        folder.display(),
        pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    Held {
        /// The data folder.
        folder: PathBuf,
        /// The holder, where it is known.
        pid: Option<u32>,
    },
    /// Something lies where the cluster should be.
    #[error(
        "{} is not a PostgreSQL cluster (it has no PG_VERSION) and not empty; it was left as it is. \
         Move it away, or choose another data folder",
        folder.display()
    )]
    Foreign {
        /// What should be a cluster.
        folder: PathBuf,
    },
    /// The data are of another major version.
    #[error(
        "the data in {} were made by PostgreSQL {data}, but the programs in {} are of PostgreSQL {programs}. \
         Set the folder of the programs of PostgreSQL {data}, or carry the data over with pg_upgrade",
        folder.display(), bin.display()
    )]
    OtherVersion {
        /// The cluster.
        folder: PathBuf,
        /// The major version that made it.
        data: String,
        /// The programs' folder.
        bin: PathBuf,
        /// Their major version.
        programs: u32,
    },
    /// A socket folder that could be somebody else's.
    #[error(
        "{} cannot hold the database's socket: {fault}. It should be a folder of the database's account with \
         mode 0700; remove it, or choose a data folder with a shorter path",
        folder.display()
    )]
    Socket {
        /// The socket's folder.
        folder: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// A program of PostgreSQL failed.
    #[error("{} failed ({status}): {said}", program.display())]
    Failed {
        /// The program.
        program: PathBuf,
        /// How it ended.
        status: String,
        /// What it said.
        said: String,
    },
    /// The server ended before it was ready.
    #[error("PostgreSQL ended before it was ready ({status}). The end of {}:\n{said}", log.display())]
    Ended {
        /// How it ended.
        status: String,
        /// The log.
        log: PathBuf,
        /// The log's last lines.
        said: String,
    },
    /// The server runs, but nobody answers.
    #[error(
        "PostgreSQL was started but did not answer within {seconds} seconds. The end of {}:\n{said}",
        log.display()
    )]
    Silent {
        /// How long it was given.
        seconds: u64,
        /// The log.
        log: PathBuf,
        /// The log's last lines.
        said: String,
    },
    /// A statement failed while the database and its roles were made.
    #[error("the database could not be set up while {doing}: {source}")]
    Setup {
        /// What was being done.
        doing: &'static str,
        /// What PostgreSQL said.
        source: sqlx::Error,
    },
    /// The file system refused.
    #[error("{doing} {} failed: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ClusterError {
    /// For `map_err`: the file system refused to do something to a path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            doing,
            path: path.to_path_buf(),
            source,
        }
    }

    /// A program that ended with a failure, with what it wrote.
    pub(super) fn failed(program: &Path, output: &Output) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
        let said = match (text(&output.stderr), text(&output.stdout)) {
            (errors, other) if errors.is_empty() && other.is_empty() => {
                "it said nothing".to_owned()
            }
            (errors, other) if errors.is_empty() => other,
            (errors, _) => errors,
        };
        Self::Failed {
            program: program.to_path_buf(),
            status: output.status.to_string(),
            said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_programs_name_a_package_for_each_system() {
        let text = ClusterError::ProgramsMissing {
            looked_at: "nowhere".into(),
        }
        .to_string();
        for hint in [
            "apt-get install postgresql",
            "dnf install postgresql-server",
            "brew install postgresql@17",
            "Looked at: nowhere",
        ] {
            assert!(text.contains(hint), "{hint} in {text}");
        }
    }

    #[test]
    fn a_held_folder_names_its_holder_where_known() {
        let held = |pid| {
            ClusterError::Held {
                folder: "/d".into(),
                pid,
            }
            .to_string()
        };
        assert!(held(Some(7)).contains("/d is held by another server (process 7);"));
        assert!(held(None).contains("held by another server;"));
    }
}
