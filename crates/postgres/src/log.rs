//! The file that PostgreSQL logs to.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::error::ClusterError;

/// A log longer than this is put aside at the next start.
const LIMIT: u64 = 16 << 20;

/// Opens the log to add to it.
pub(super) fn open(path: &Path) -> Result<File, ClusterError> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(ClusterError::io("opening", path))
}

/// Keeps the log from growing for ever: one earlier log is kept beside it.
pub(super) fn put_aside(log: &Path) -> Result<(), ClusterError> {
    if fs::metadata(log).is_ok_and(|meta| meta.len() > LIMIT) {
        fs::rename(log, log.with_extension("log.1")).map_err(ClusterError::io("renaming", log))?;
    }
    Ok(())
}

/// The last lines that were logged from a position on.
pub(super) fn last_lines(log: &Path, from: u64) -> String {
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        let near_the_end = file.metadata()?.len().saturating_sub(64 << 10);
        file.seek(SeekFrom::Start(from.max(near_the_end)))?;
        file.read_to_end(&mut bytes)
    });
    if let Err(error) = read {
        return format!("(it cannot be read: {error})");
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_those_after_the_start() {
        let path = std::env::temp_dir().join(format!("rapporteur-log-{}", std::process::id()));
        fs::write(&path, "old\n1\n2\n").unwrap();
        let said = last_lines(&path, 4);
        fs::remove_file(&path).unwrap();
        assert_eq!(said, "1\n2");
        assert!(last_lines(&path, 0).contains("cannot be read"));
    }
}
