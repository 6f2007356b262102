//! The server process: started as a child, awaited, stopped.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::time::{Instant, sleep};

use super::account::Account;
use super::error::ClusterError;
use super::log;
use super::programs::Programs;
use super::quiet;
use super::socket::PORT;

const POLL: Duration = Duration::from_millis(15);

/// How long a server may say nothing at all. One that recovers answers so, and may take as long as it needs.
const SILENCE: Duration = Duration::from_mins(1);

/// How long processes of a killed server may be in the way of a new one.
const OLD_PROCESSES: Duration = Duration::from_secs(30);

/// How long a fast stop may take, with its checkpoint.
const STOP: Duration = Duration::from_mins(1);

/// How often an immediate stop is looked after, and how long between: ten seconds in all.
const DROP_LOOKS: u32 = 2000;
const DROP_PAUSE: Duration = Duration::from_millis(5);

/// A running server. Dropped without [`Postmaster::stop`] it is stopped at once, without a checkpoint.
#[derive(Debug)]
pub(super) struct Postmaster {
    child: Child,
    cluster: PathBuf,
    programs: Programs,
    account: Account,
}

/// What a server needs to know of its place.
pub(super) struct ServerPaths<'a> {
    pub(super) cluster: &'a Path,
    pub(super) sockets: &'a Path,
    pub(super) log: &'a Path,
}

impl Postmaster {
    /// Starts the server and waits until it takes connections; also gives the first one.
    pub(super) async fn start(
        place: &ServerPaths<'_>,
        programs: &Programs,
        account: &Account,
        options: &PgConnectOptions,
    ) -> Result<(Self, PgConnection), ClusterError> {
        log::put_aside(place.log)?;
        let begun = Instant::now();
        loop {
            let log_from = fs::metadata(place.log).map_or(0, |meta| meta.len());
            let mut server = Self::spawn(place, programs, account)?;
            match server.ready(place.log, log_from, options).await {
                Ok(connection) => return Ok((server, connection)),
                Err(ClusterError::Ended { said, .. })
                    if in_the_way(&said) && begun.elapsed() < OLD_PROCESSES =>
                {
                    tracing::info!("waiting for processes of an earlier PostgreSQL to end");
                    sleep(Duration::from_millis(200)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn spawn(
        place: &ServerPaths<'_>,
        programs: &Programs,
        account: &Account,
    ) -> Result<Self, ClusterError> {
        let program = programs.path("postgres");
        let output = log::open(place.log)?;
        let errors = output
            .try_clone()
            .map_err(ClusterError::io("opening", place.log))?;
        let child = account
            .command(&program)
            .arg("-D")
            .arg(place.cluster)
            .args(settings(place.sockets))
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(errors))
            .spawn()
            .map_err(ClusterError::io("running", &program))?;
        Ok(Self {
            child,
            cluster: place.cluster.to_path_buf(),
            programs: programs.clone(),
            account: account.clone(),
        })
    }

    async fn ready(
        &mut self,
        file: &Path,
        from: u64,
        options: &PgConnectOptions,
    ) -> Result<PgConnection, ClusterError> {
        let mut heard = Instant::now();
        let mut told = heard;
        loop {
            match options.connect().await {
                Ok(connection) => return Ok(connection),
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("57P03") => {
                    heard = Instant::now();
                    if told.elapsed() > Duration::from_secs(5) {
                        told = heard;
                        tracing::info!("PostgreSQL is recovering from an earlier crash");
                    }
                }
                Err(sqlx::Error::Io(_)) => {}
                Err(source) => {
                    return Err(ClusterError::Setup {
                        doing: "connecting",
                        source,
                    });
                }
            }
            let ended = self.child.try_wait().map_err(ClusterError::io(
                "watching",
                &self.programs.path("postgres"),
            ))?;
            if let Some(status) = ended {
                return Err(ClusterError::Ended {
                    status: status.to_string(),
                    log: file.to_path_buf(),
                    said: log::last_lines(file, from),
                });
            }
            if heard.elapsed() > SILENCE {
                return Err(ClusterError::Silent {
                    seconds: SILENCE.as_secs(),
                    log: file.to_path_buf(),
                    said: log::last_lines(file, from),
                });
            }
            sleep(POLL).await;
        }
    }

    /// Disconnects whoever is connected, writes everything to its place, and ends the server.
    pub(super) async fn stop(mut self) -> Result<(), ClusterError> {
        let begun = Instant::now();
        if self.ended()?.is_none() {
            let command = self.stop_command("fast");
            pg_ctl(command, &self.programs).await?;
        }
        while begun.elapsed() < STOP {
            match self.ended()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => {
                    return Err(ClusterError::Failed {
                        program: self.programs.path("postgres"),
                        status: status.to_string(),
                        said: "it did not end cleanly; the next start recovers".to_owned(),
                    });
                }
                None => sleep(Duration::from_millis(5)).await,
            }
        }
        Err(ClusterError::Failed {
            program: self.programs.path("postgres"),
            status: format!("still there after {} seconds", STOP.as_secs()),
            said: "it did not stop when it was asked to; the next start recovers".to_owned(),
        })
    }

    fn ended(&mut self) -> Result<Option<ExitStatus>, ClusterError> {
        self.child.try_wait().map_err(ClusterError::io(
            "watching",
            &self.programs.path("postgres"),
        ))
    }

    /// Only asks: the child itself tells when it has ended.
    fn stop_command(&self, mode: &str) -> Command {
        let mut command = stop_command(&self.cluster, &self.programs, &self.account, mode);
        command.arg("--no-wait");
        command
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // An immediate stop ends the server's other processes too, which a kill would leave behind.
        let asked = self.stop_command("immediate").output();
        if asked.is_ok_and(|output| output.status.success()) {
            for _ in 0..DROP_LOOKS {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    return;
                }
                std::thread::sleep(DROP_PAUSE);
            }
        }
        // Too young to have left the record by which pg_ctl finds it, or stuck.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Stops a server that is no child of this program, and waits until it has ended.
pub(super) async fn stop(
    cluster: &Path,
    programs: &Programs,
    account: &Account,
) -> Result<(), ClusterError> {
    let mut command = stop_command(cluster, programs, account, "fast");
    command.args(["--wait", "-t", &STOP.as_secs().to_string()]);
    pg_ctl(command, programs).await
}

async fn pg_ctl(command: Command, programs: &Programs) -> Result<(), ClusterError> {
    let program = programs.path("pg_ctl");
    let output = tokio::process::Command::from(command)
        .output()
        .await
        .map_err(ClusterError::io("running", &program))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(ClusterError::failed(&program, &output))
    }
}

fn stop_command(cluster: &Path, programs: &Programs, account: &Account, mode: &str) -> Command {
    let mut command = account.command(&programs.path("pg_ctl"));
    command
        .args(["stop", "--silent", "-m", mode, "-D"])
        .arg(cluster);
    command
}

/// What holds whatever the cluster's own files say: nothing listens on a port, the socket is private, what was committed is
/// on the disk, and no data are in the log.
fn settings(sockets: &Path) -> Vec<OsString> {
    let mut folder = OsString::from("unix_socket_directories=");
    folder.push(sockets);
    let port = format!("port={PORT}");
    let fixed = [
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "fsync=on",
        "full_page_writes=on",
        "synchronous_commit=on",
        &port,
    ];
    fixed
        .into_iter()
        .map(OsString::from)
        .chain([folder])
        .chain(quiet::SETTINGS.map(|(name, value)| format!("{name}={value}").into()))
        .flat_map(|setting| [OsString::from("-c"), setting])
        .collect()
}

/// Whether a server ended because processes of an earlier one have not ended yet.
fn in_the_way(said: &str) -> bool {
    said.contains("is still in use")
        || (said.contains("lock file") && said.contains("already exists"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_listened_on_commits_are_durable_and_no_data_are_logged() {
        let settings = settings(Path::new("/d/run"));
        for wanted in [
            "listen_addresses=",
            "unix_socket_directories=/d/run",
            "fsync=on",
            "synchronous_commit=on",
            "log_error_verbosity=terse",
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0",
        ] {
            assert!(settings.iter().any(|setting| setting == wanted), "{wanted}");
        }
    }

    #[test]
    fn old_processes_are_told_from_other_faults() {
        assert!(in_the_way(
            "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"
        ));
        assert!(in_the_way(
            "FATAL:  lock file \"postmaster.pid\" already exists"
        ));
        assert!(!in_the_way("FATAL:  could not map shared memory"));
    }
}
