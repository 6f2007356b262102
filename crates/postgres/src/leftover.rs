//! What an earlier server left behind: the record that a running PostgreSQL keeps of itself, and a
//! PostgreSQL that outlived its parent.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::account::Account;
use super::error::ClusterError;
use super::postmaster;
use super::programs::Programs;
use super::socket;

/// How long processes of a killed server may take to end.
const ORPHANS: Duration = Duration::from_secs(30);

/// PostgreSQL's postmaster.pid.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pid: u32,
    port: u16,
    /// The folder of the socket.
    pub(super) socket: PathBuf,
    /// Whether the server takes connections.
    pub(super) ready: bool,
}

impl Record {
    /// Reads the record of a cluster; None without a server, or with one that has only begun.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(path(cluster)).ok()?)
    }

    /// Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        Some(Self {
            pid: lines.first()?.parse().ok()?,
            port: lines.get(3)?.parse().ok()?,
            socket: PathBuf::from(lines.get(4)?),
            ready: lines.get(7).is_some_and(|status| *status == "ready"),
        })
    }

    /// Whether somebody listens on the server's socket. A record outlives a server that was killed.
    pub(super) fn answers(&self) -> bool {
        UnixStream::connect(socket::file(&self.socket, self.port)).is_ok()
    }
}

/// Stops the PostgreSQL of this cluster that outlived its parent, and removes what would keep a new one from
/// starting. The caller holds the folder's lock, so no living server of ours uses the cluster.
pub(super) async fn clear(
    cluster: &Path,
    sockets: &Path,
    programs: &Programs,
    account: &Account,
) -> Result<(), ClusterError> {
    let begun = Instant::now();
    while let Some(record) = Record::read(cluster) {
        match at_work(cluster, &record) {
            ClusterUse::Server => {
                tracing::warn!(
                    pid = record.pid,
                    "stopping a PostgreSQL whose parent ended without stopping it"
                );
                let stopped = postmaster::stop(cluster, programs, account).await;
                // A server that ended by itself meanwhile could not be stopped, which is as well.
                if stopped.is_err() && matches!(at_work(cluster, &record), ClusterUse::Server) {
                    return stopped;
                }
            }
            // They notice within moments that their server is gone; a long query may take longer.
            ClusterUse::Orphans if begun.elapsed() < ORPHANS => {
                sleep(Duration::from_millis(20)).await
            }
            ClusterUse::Nothing => return forget(cluster, sockets, &record),
            // PostgreSQL itself refuses to start while old processes use its shared memory.
            ClusterUse::Orphans | ClusterUse::Unknown => break,
        }
    }
    Ok(())
}

/// Who works on a cluster.
enum ClusterUse {
    /// The server that its record names.
    Server,
    /// Processes of a server that was killed.
    Orphans,
    /// Certainly no process at all.
    Nothing,
    /// This system does not tell.
    Unknown,
}

/// A process id alone proves nothing, since ids come round again (in a container within minutes). Every
/// process of PostgreSQL has the cluster as its working folder, which Linux tells; elsewhere an answering
/// socket in our private folder is proof enough that the server lives.
fn at_work(cluster: &Path, record: &Record) -> ClusterUse {
    let processes = Path::new("/proc");
    let works_here = |process: &Path| {
        fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == cluster)
            && fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "postgres")
    };
    if works_here(&processes.join(record.pid.to_string())) || record.answers() {
        return ClusterUse::Server;
    }
    match fs::read_dir(processes) {
        Ok(entries) if processes.join("self/cwd").exists() => {
            if entries.flatten().any(|entry| works_here(&entry.path())) {
                ClusterUse::Orphans
            } else {
                ClusterUse::Nothing
            }
        }
        _ => ClusterUse::Unknown,
    }
}

/// Removes the record of a dead server where its process id is still taken (by another process, or by its
/// own remains that nobody has collected): PostgreSQL would take that process for a living server and refuse
/// to start. Only called when no process works on the cluster; a record whose id is free is left to
/// PostgreSQL, which checks its shared memory too.
fn forget(cluster: &Path, sockets: &Path, record: &Record) -> Result<(), ClusterError> {
    if !Path::new("/proc").join(record.pid.to_string()).exists() {
        return Ok(());
    }
    tracing::info!(
        pid = record.pid,
        "removing the record of a PostgreSQL that was killed"
    );
    for path in [socket::lock(sockets, socket::PORT), path(cluster)] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(ClusterError::io("removing", &path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn path(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_by_its_lines() {
        let text = "71\n/d/postgres\n1700000000\n5432\n/d/run\n\n  123  4\nready   \n";
        let record = Record::parse(text).unwrap();
        assert_eq!(
            record,
            Record {
                pid: 71,
                port: 5432,
                socket: "/d/run".into(),
                ready: true
            }
        );
        assert!(
            !Record::parse(&text.replace("ready   ", "starting"))
                .unwrap()
                .ready
        );
        assert_eq!(Record::parse("71\n/d/postgres\n"), None);
        assert_eq!(Record::parse(""), None);
    }
}
