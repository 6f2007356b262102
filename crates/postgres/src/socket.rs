//! The folder of the database's Unix socket: private, and with a path that fits into a socket's address.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::account::{Account, effective_uid};
use super::error::ClusterError;
use super::folder::{Folder, make_private};

/// Only names the socket; nothing listens on a port.
pub(super) const PORT: u16 = 5432;

/// The shortest limit of the systems: macOS and the BSDs take 104 bytes with the closing zero, Linux 108.
const LONGEST: usize = 103;

/// The socket's file within its folder.
pub(super) fn file(folder: &Path, port: u16) -> PathBuf {
    folder.join(format!(".s.PGSQL.{port}"))
}

/// The file by which PostgreSQL claims its socket.
pub(super) fn lock(folder: &Path, port: u16) -> PathBuf {
    folder.join(format!(".s.PGSQL.{port}.lock"))
}

/// A socket's folder in use. One that lies outside the data folder is removed when the server is gone.
#[derive(Debug)]
pub(super) struct Sockets {
    path: PathBuf,
    outside: bool,
}

impl Sockets {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        if self.outside {
            // Only tidiness: an empty folder that stays is taken again.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// Makes or checks the folder for the socket of a data folder's database.
pub(super) fn prepare(folder: &Folder, account: &Account) -> Result<Sockets, ClusterError> {
    let own_runtime = if account.is_other() {
        None // Root's runtime folder keeps the database's account out.
    } else {
        std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)
    };
    let own_runtime = own_runtime.filter(|path| {
        fs::metadata(path).is_ok_and(|meta| meta.is_dir() && is_private(&meta, account))
    });
    let path = choose(folder.path(), own_runtime.as_deref());
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_private(&path, account)?,
        Err(error) => return Err(ClusterError::io("reading", &path)(error)),
        Ok(meta) => check(&path, &meta, account)?,
    }
    Ok(Sockets {
        outside: !path.starts_with(folder.path()),
        path,
    })
}

/// `run` in the data folder where that is short enough, or else a name of its own elsewhere, always the same
/// for the same data folder.
fn choose(data_dir: &Path, runtime: Option<&Path>) -> PathBuf {
    let name = format!("rapporteur-{:016x}", fnv1a(data_dir.as_os_str()));
    let short = Path::new("/tmp").join(&name);
    [
        Some(data_dir.join("run")),
        runtime.map(|path| path.join(&name)),
    ]
    .into_iter()
    .flatten()
    .find(|path| fits(path))
    .unwrap_or(short)
}

/// Whether a socket in the folder has an address that fits, and the folder can stand in PostgreSQL's
/// comma-separated setting as it is.
fn fits(folder: &Path) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
    folder.is_absolute()
        && folder.as_os_str().as_bytes().iter().all(plain)
        && file(folder, PORT).as_os_str().len() <= LONGEST
}

/// Somebody else could have made the folder first: in /tmp anybody can.
fn check(path: &Path, meta: &fs::Metadata, account: &Account) -> Result<(), ClusterError> {
    let fault = |fault: String| ClusterError::Socket {
        folder: path.to_path_buf(),
        fault,
    };
    if !meta.is_dir() {
        return Err(fault("it is not a folder".to_owned()));
    }
    if meta.mode() & 0o777 != 0o700 {
        return Err(fault(format!("its mode is {:04o}", meta.mode() & 0o777)));
    }
    if meta.uid() == account.uid() {
        return Ok(());
    }
    if meta.uid() == effective_uid()? {
        // Root was interrupted between making the folder and giving it away.
        return account.give(path);
    }
    Err(fault(format!("it belongs to uid {}", meta.uid())))
}

fn is_private(meta: &fs::Metadata, account: &Account) -> bool {
    meta.uid() == account.uid() && meta.mode() & 0o777 == 0o700
}

/// FNV-1a, 64 bits: the standard library's hash may differ from one release to the next.
fn fnv1a(text: &OsStr) -> u64 {
    text.as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_plain_path_keeps_its_socket() {
        assert_eq!(
            choose(Path::new("/srv/data"), None),
            Path::new("/srv/data/run")
        );
    }

    #[test]
    fn a_long_or_odd_path_gets_a_short_stable_one() {
        let long = PathBuf::from(format!("/srv/{}", "x".repeat(100)));
        let chosen = choose(&long, None);
        assert!(chosen.starts_with("/tmp") && fits(&chosen));
        assert_eq!(chosen, choose(&long, None));
        assert_ne!(chosen, choose(&long.join("y"), None));
        assert!(choose(&long, Some(Path::new("/run/user/7"))).starts_with("/run/user/7"));
        assert!(choose(&long, Some(&long)).starts_with("/tmp"));
        assert!(choose(Path::new("/srv/a, b"), None).starts_with("/tmp"));
    }

    #[test]
    fn the_limit_counts_the_socket_itself() {
        let room = LONGEST - "/.s.PGSQL.5432".len() - "/".len();
        assert!(fits(&Path::new("/").join("x".repeat(room))));
        assert!(!fits(&Path::new("/").join("x".repeat(room + 1))));
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(OsStr::new("")), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(OsStr::new("a")), 0xaf63_dc4c_8601_ec8c);
    }
}
