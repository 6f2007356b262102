//! The data folder: where it is by default, how it is made, and the lock on it.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use super::account::{self, Account};
use super::error::ClusterError;

/// The cluster within a data folder.
const CLUSTER: &str = "postgres";

/// Where data are kept when no folder is set: for root below /var/lib, where the database's account can
/// reach them; for others below `$XDG_DATA_HOME` or `~/.local/share`.
#[must_use]
pub fn default_data_dir(name: &str) -> PathBuf {
    let below = if account::effective_uid().is_ok_and(|uid| uid == 0) {
        Some(PathBuf::from("/var/lib"))
    } else {
        // A relative XDG_DATA_HOME is invalid and to be ignored, says its specification.
        env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| env::home_dir().map(|home| home.join(".local/share")))
    };
    below.unwrap_or_default().join("rapporteur").join(name)
}

/// The major version of PostgreSQL that made the data in a data folder, if there are any.
#[must_use]
pub fn data_version(data_dir: &Path) -> Option<u32> {
    let text = fs::read_to_string(data_dir.join(CLUSTER).join("PG_VERSION")).ok()?;
    text.trim().parse().ok()
}

/// A data folder that exists, by its canonical path.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder where it is missing.
    pub(super) fn make(data_dir: &Path) -> Result<Self, ClusterError> {
        make_all(data_dir)?;
        let path = data_dir
            .canonicalize()
            .map_err(ClusterError::io("finding", data_dir))?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// PostgreSQL's PGDATA.
    pub(super) fn cluster(&self) -> PathBuf {
        self.path.join(CLUSTER)
    }

    pub(super) fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    pub(super) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Lets another account pass through the folder, and nobody else. A folder that holds other things than
    /// ours (`/root`, given by mistake) keeps its permissions.
    pub(super) fn admit(&self, account: &Account) -> Result<(), ClusterError> {
        if !account.is_other() || !self.is_ours()? {
            return Ok(());
        }
        let path = &self.path;
        let meta = fs::metadata(path).map_err(ClusterError::io("reading", path))?;
        if meta.uid() == account.uid() || meta.mode() & 0o001 != 0 {
            return Ok(());
        }
        chown(path, None, Some(account.gid())).map_err(ClusterError::io("giving away", path))?;
        fs::set_permissions(path, Permissions::from_mode((meta.mode() & 0o700) | 0o010))
            .map_err(ClusterError::io("changing the permissions of", path))
    }

    /// Whether the folder holds nothing, or a cluster, or only the lock of a start that got no further.
    fn is_ours(&self) -> Result<bool, ClusterError> {
        let entries = fs::read_dir(&self.path).map_err(ClusterError::io("reading", &self.path))?;
        let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        Ok(names.iter().any(|name| name == CLUSTER) || names.iter().all(|name| name == "lock"))
    }

    /// Takes the folder for as long as the returned file is open. The system lets go of the lock when the
    /// process ends, however it ends.
    pub(super) fn lock(&self) -> Result<File, ClusterError> {
        let path = self.path.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(ClusterError::io("opening", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Only for the message: a holder that cannot be read is an unknown holder.
                let _ = file.read_to_string(&mut holder);
                return Err(ClusterError::Held {
                    folder: self.path.clone(),
                    pid: holder.trim().parse().ok(),
                });
            }
            Err(TryLockError::Error(source)) => {
                return Err(ClusterError::io("locking", &path)(source));
            }
        }
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(ClusterError::io("writing", &path))?;
        Ok(file)
    }
}

/// Makes a folder of mode 0700 and the parents that it lacks, with 0755 for root's, whose folders another
/// account has to pass; permissions of what exists are left alone.
fn make_all(folder: &Path) -> Result<(), ClusterError> {
    let folder = std::path::absolute(folder).map_err(ClusterError::io("finding", folder))?;
    let missing: Vec<_> = folder
        .ancestors()
        .take_while(|path| !path.is_dir())
        .collect();
    let root = account::effective_uid()? == 0;
    for path in missing.into_iter().rev() {
        let mode = if root && path != folder { 0o755 } else { 0o700 };
        DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(path)
            .and_then(|()| fs::set_permissions(path, Permissions::from_mode(mode)))
            .map_err(ClusterError::io("making the folder", path))?;
    }
    Ok(())
}

/// Makes one folder of mode 0700 that belongs to an account; it must not exist.
pub(super) fn make_private(path: &Path, account: &Account) -> Result<(), ClusterError> {
    DirBuilder::new()
        .mode(0o700)
        .create(path)
        .map_err(ClusterError::io("making the folder", path))?;
    account.give(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_once_and_names_its_holder() {
        let path = env::temp_dir().join(format!("rapporteur-lock-{}", std::process::id()));
        let folder = Folder::make(&path).unwrap();
        let held = folder.lock().unwrap();
        let refused = folder.lock().unwrap_err();
        drop(held);
        let again = folder.lock();
        fs::remove_dir_all(&path).unwrap();
        assert!(
            matches!(refused, ClusterError::Held { pid: Some(pid), .. } if pid == std::process::id())
        );
        assert!(again.is_ok());
    }

    #[test]
    fn the_default_folder_ends_in_the_name() {
        assert!(default_data_dir("demo").ends_with("rapporteur/demo"));
    }

    #[test]
    fn a_folder_without_a_cluster_has_no_version() {
        assert_eq!(data_version(Path::new("/nowhere/at/all")), None);
    }
}
