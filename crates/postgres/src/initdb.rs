//! Making a cluster: beside its place, complete, and on the disk before it gets its name, so that a
//! half-made cluster is never taken for a good one.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::account::Account;
use super::error::ClusterError;
use super::folder::{Folder, data_version, make_private};
use super::programs::Programs;
use super::roles::SUPERUSER;

const UNFINISHED: &str = "postgres.unfinished-";

/// Nobody gets this far who cannot enter the socket's folder; over a network nobody gets anywhere.
const HBA: &str = "\
# The folder of the socket (mode 0700) decides who can connect. Nothing listens on a port.
local all all trust
";

/// Defaults for a small machine. They stand in the cluster's postgresql.conf, so that whoever runs it can
/// change them there or with ALTER SYSTEM; what must not be changed is given to the server when it starts.
const DEFAULTS: &str = "

# Rapporteur's defaults, written when the cluster was made; change them to suit the machine.
shared_buffers = 256MB
max_connections = 200
wal_level = replica
max_wal_size = 2GB
# So that a commit finds most of what it has to flush on disk already.
wal_writer_delay = 1ms
jit = off
logging_collector = off
log_line_prefix = '%m [%p] %q%u@%d '
log_timezone = 'UTC'
timezone = 'UTC'
";

/// Makes the cluster of a data folder unless it is there. The caller holds the folder's lock.
pub(super) async fn ensure(
    folder: &Folder,
    programs: &Programs,
    account: &Account,
) -> Result<(), ClusterError> {
    sweep(folder);
    let cluster = folder.cluster();
    if cluster.join("PG_VERSION").exists() {
        return check_version(folder, programs);
    }
    match fs::read_dir(&cluster).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return Err(ClusterError::Foreign { folder: cluster }),
        // An empty folder gives way when the cluster gets its name.
        Ok(false) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(ClusterError::io("reading", &cluster)(error)),
    }
    tracing::info!(folder = %cluster.display(), version = programs.major(), "making a PostgreSQL cluster");
    // The process id keeps an initdb that outlived its parent from writing into a later one's folder.
    let unfinished = folder.join(&format!("{UNFINISHED}{}", std::process::id()));
    make_private(&unfinished, account)?;
    let made = make(&unfinished, programs, account).await;
    let named = made.and_then(|()| {
        fs::rename(&unfinished, &cluster).map_err(ClusterError::io("renaming", &unfinished))?;
        File::open(folder.path())
            .and_then(|parent| parent.sync_all())
            .map_err(ClusterError::io("syncing", folder.path()))
    });
    if named.is_err() {
        // Best effort: the next start sweeps as well.
        let _ = fs::remove_dir_all(&unfinished);
    }
    named
}

fn check_version(folder: &Folder, programs: &Programs) -> Result<(), ClusterError> {
    let cluster = folder.cluster();
    let data = data_version(folder.path());
    if data == Some(programs.major()) {
        return Ok(());
    }
    let path = cluster.join("PG_VERSION");
    let text = fs::read_to_string(&path).map_err(ClusterError::io("reading", &path))?;
    Err(ClusterError::OtherVersion {
        folder: cluster,
        data: text.trim().to_owned(),
        bin: programs.bin().to_path_buf(),
        programs: programs.major(),
    })
}

async fn make(cluster: &Path, programs: &Programs, account: &Account) -> Result<(), ClusterError> {
    let superuser = format!("--username={SUPERUSER}");
    let arguments = [
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
        "--no-sync", // once, below, with the files that are changed here
        &superuser,
    ];
    initdb(&arguments, cluster, programs, account).await?;
    let hba = cluster.join("pg_hba.conf");
    fs::write(&hba, HBA).map_err(ClusterError::io("writing", &hba))?;
    let compression = wal_compression(cluster, programs, account).await?;
    let conf = cluster.join("postgresql.conf");
    OpenOptions::new()
        .append(true)
        .open(&conf)
        .and_then(|mut file| {
            file.write_all(DEFAULTS.as_bytes())?;
            writeln!(file, "wal_compression = {compression}")
        })
        .map_err(ClusterError::io("writing", &conf))?;
    initdb(&["--sync-only"], cluster, programs, account).await
}

/// `lz4` where these programs were built with it: `on` means pglz, on which writers spend an eighth of their time after
/// each checkpoint.
async fn wal_compression(
    cluster: &Path,
    programs: &Programs,
    account: &Account,
) -> Result<&'static str, ClusterError> {
    let program = programs.path("postgres");
    let mut command = account.command(&program);
    command.args(["-C", "wal_compression", "-c", "wal_compression=lz4", "-D"]);
    command.arg(cluster);
    let output = tokio::process::Command::from(command)
        .kill_on_drop(true)
        .output()
        .await
        .map_err(ClusterError::io("running", &program))?;
    Ok(if output.status.success() { "lz4" } else { "on" })
}

async fn initdb(
    arguments: &[&str],
    cluster: &Path,
    programs: &Programs,
    account: &Account,
) -> Result<(), ClusterError> {
    let program = programs.path("initdb");
    let mut command = account.command(&program);
    command.args(arguments).arg("-D").arg(cluster);
    let output = tokio::process::Command::from(command)
        .kill_on_drop(true)
        .output()
        .await
        .map_err(ClusterError::io("running", &program))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(ClusterError::failed(&program, &output))
    }
}

/// Removes clusters that were never finished. Their names are ours, and nothing in them was ever used.
fn sweep(folder: &Folder) {
    let entries = fs::read_dir(folder.path()).into_iter().flatten().flatten();
    for entry in entries {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let path = entry.path();
            tracing::info!(folder = %path.display(), "removing a cluster that was never finished");
            if let Err(error) = fs::remove_dir_all(&path) {
                tracing::warn!(folder = %path.display(), %error, "it could not be removed");
            }
        }
    }
}
