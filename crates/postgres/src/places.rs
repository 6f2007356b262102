//! Where machines keep PostgreSQL's server programs.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Folders that systems put the programs into: (parent, prefix of the versioned folder, rest). An empty
/// prefix with an empty rest is the parent itself.
const PLACES: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),         // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                  // PostgreSQL's own packages on Fedora, RHEL
    ("/usr/bin", "", ""),                       // Fedora's packages
    ("/opt/homebrew/opt", "postgresql", "bin"), // Homebrew on Apple silicon
    ("/usr/local/opt", "postgresql", "bin"),    // Homebrew on Intel
    ("/usr/local/pgsql/bin", "", ""),           // built from source
];

/// The folders to look at, each once, in order.
pub(super) fn candidates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = pg_config().into_iter().collect();
    for (parent, prefix, rest) in PLACES {
        found.extend(installed(Path::new(parent), prefix, rest));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    found.extend(env::split_paths(&path).filter(|folder| folder.is_absolute()));
    let mut seen = BTreeSet::new();
    found.retain(|folder| seen.insert(folder.clone()));
    found
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config")
        .arg("--bindir")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let folder = PathBuf::from(said.trim());
    (output.status.success() && folder.is_absolute()).then_some(folder)
}

/// The folders `parent/prefix*/rest`, newest version first; where there are none, the pattern itself, so
/// that an error can say that it was looked at.
fn installed(parent: &Path, prefix: &str, rest: &str) -> Vec<PathBuf> {
    if rest.is_empty() {
        return vec![parent.to_path_buf()];
    }
    let mut versions: Vec<(u32, String)> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| {
            let version = name.strip_prefix(prefix)?.trim_start_matches('@');
            let number = leading_number(version).map(|(number, _)| number);
            // Homebrew's plain `postgresql` is an alias, so it comes after the numbered ones.
            (number.is_some() || version.is_empty()).then(|| (number.unwrap_or(0), name.clone()))
        })
        .collect();
    versions.sort_by(|one, other| other.cmp(one));
    if versions.is_empty() {
        return vec![parent.join(format!("{prefix}*")).join(rest)];
    }
    versions
        .into_iter()
        .map(|(_, name)| parent.join(name).join(rest))
        .collect()
}

/// Splits the number off that a text begins with.
pub(super) fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    digits.parse().ok().map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versioned_folders_come_newest_first() {
        let parent = env::temp_dir().join(format!("rapporteur-programs-{}", std::process::id()));
        for name in ["9.6", "15", "17", "notes"] {
            fs::create_dir_all(parent.join(name)).unwrap();
        }
        let names: Vec<_> = installed(&parent, "", "bin")
            .iter()
            .map(|path| path.strip_prefix(&parent).unwrap().to_owned())
            .collect();
        fs::remove_dir_all(&parent).unwrap();
        assert_eq!(names, ["17/bin", "15/bin", "9.6/bin"].map(PathBuf::from));
        assert_eq!(
            installed(&parent, "pgsql-", "bin"),
            [parent.join("pgsql-*/bin")]
        );
    }
}
