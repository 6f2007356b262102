//! Finding PostgreSQL's server programs on a machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::{ClusterError, OLDEST};
use super::places::{self, leading_number};

const NEEDED: [&str; 3] = ["initdb", "postgres", "pg_ctl"];

/// The server programs of one PostgreSQL installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    bin: PathBuf,
    version: Version,
}

/// A version such as 15.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u32,
    minor: u32,
}

/// What was found in one folder.
enum Finding {
    Good(Programs),
    Lacks(Vec<&'static str>),
    TooOld(Version),
    Unusable(String),
}

impl Programs {
    /// Finds the programs: in the folder that was set and nowhere else, or else what `pg_config --bindir`
    /// names, then where the systems' packages put them (newest first), then along PATH.
    ///
    /// `data` is the major version that made the data to be served ([`super::data_version`]): where several
    /// versions are installed, the one that can read the data is taken.
    ///
    /// # Errors
    /// Names what was looked at and which package to install; or what the set folder lacks; or the versions
    /// that are too old.
    pub fn find(setting: Option<&Path>, data: Option<u32>) -> Result<Self, ClusterError> {
        match setting {
            Some(folder) => Self::of_setting(folder),
            None => choose(places::candidates(), data, Self::examine),
        }
    }

    /// The folder that holds the programs.
    #[must_use]
    pub fn bin(&self) -> &Path {
        &self.bin
    }

    /// The major version.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.version.major
    }

    pub(super) fn path(&self, program: &str) -> PathBuf {
        self.bin.join(program)
    }

    fn of_setting(folder: &Path) -> Result<Self, ClusterError> {
        // Relative to where the setting was written, not to the folders that the programs are started in.
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let fault = match Self::examine(&folder) {
            Finding::Good(programs) => return Ok(programs),
            Finding::Lacks(_) if !folder.is_dir() => "it is not a folder".to_owned(),
            Finding::Lacks(missing) => format!("it has no {}", missing.join(", no ")),
            Finding::TooOld(version) => format!("it holds PostgreSQL {version}"),
            Finding::Unusable(fault) => fault,
        };
        Err(ClusterError::ProgramsSetting { folder, fault })
    }

    fn examine(bin: &Path) -> Finding {
        let missing: Vec<_> = NEEDED
            .into_iter()
            .filter(|name| !is_executable(&bin.join(name)))
            .collect();
        if !missing.is_empty() {
            return Finding::Lacks(missing);
        }
        let postgres = bin.join("postgres");
        let output = Command::new(&postgres)
            .arg("--version")
            .stdin(Stdio::null())
            .output();
        let said = match output {
            Ok(output) if output.status.success() => output.stdout,
            Ok(output) => {
                return Finding::Unusable(format!(
                    "{} --version: {}",
                    postgres.display(),
                    output.status
                ));
            }
            Err(error) => {
                return Finding::Unusable(format!("{} --version: {error}", postgres.display()));
            }
        };
        let said = String::from_utf8_lossy(&said);
        match Version::parse(&said) {
            Some(version) if version.major >= OLDEST => Finding::Good(Self {
                bin: bin.to_path_buf(),
                version,
            }),
            Some(version) => Finding::TooOld(version),
            None => Finding::Unusable(format!(
                "{} names no version: {}",
                postgres.display(),
                said.trim()
            )),
        }
    }
}

impl Version {
    /// Reads the answer of `postgres --version`: `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`, `… 18beta1`.
    fn parse(said: &str) -> Option<Self> {
        let (_, after) = said.split_once("(PostgreSQL)")?;
        let word = after.split_whitespace().next()?;
        let (major, rest) = leading_number(word)?;
        let minor = rest
            .strip_prefix('.')
            .and_then(leading_number)
            .map_or(0, |(minor, _)| minor);
        Some(Self { major, minor })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The first candidate that will do, or the version that the data need wherever it comes.
fn choose(
    candidates: Vec<PathBuf>,
    data: Option<u32>,
    examine: impl Fn(&Path) -> Finding,
) -> Result<Programs, ClusterError> {
    let mut first = None;
    let mut too_old = Vec::new();
    let mut looked_at = Vec::new();
    for bin in candidates {
        match examine(&bin) {
            Finding::Good(programs) if data.is_none_or(|data| data == programs.major()) => {
                return Ok(programs);
            }
            Finding::Good(programs) => {
                first.get_or_insert(programs);
            }
            Finding::TooOld(version) => too_old.push(format!("{version} in {}", bin.display())),
            Finding::Lacks(_) => looked_at.push(bin.display().to_string()),
            Finding::Unusable(fault) => looked_at.push(format!("{} ({fault})", bin.display())),
        }
    }
    match first {
        Some(programs) => Ok(programs),
        None if !too_old.is_empty() => Err(ClusterError::ProgramsTooOld {
            found: too_old.join(", "),
        }),
        None => Err(ClusterError::ProgramsMissing {
            looked_at: looked_at.join(", "),
        }),
    }
}

fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(bin: &Path, major: u32) -> Finding {
        Finding::Good(Programs {
            bin: bin.to_path_buf(),
            version: Version { major, minor: 0 },
        })
    }

    #[test]
    fn versions_are_read_from_what_postgres_says() {
        let cases = [
            ("postgres (PostgreSQL) 15.4", Some((15, 4))),
            (
                "postgres (PostgreSQL) 17.2 (Debian 17.2-1.pgdg120+1)\n",
                Some((17, 2)),
            ),
            ("postgres (PostgreSQL) 18beta1", Some((18, 0))),
            ("postgres (PostgreSQL) 19devel", Some((19, 0))),
            ("postgres (PostgreSQL) 9.6.24", Some((9, 6))),
            ("postgres (PostgreSQL) ", None),
            ("something else 3.1", None),
        ];
        for (said, wanted) in cases {
            let version = Version::parse(said).map(|v| (v.major, v.minor));
            assert_eq!(version, wanted, "{said}");
        }
    }

    #[test]
    fn the_first_good_folder_is_taken_unless_the_data_need_another() {
        let folders = || vec!["/a".into(), "/b".into(), "/c".into()];
        let examine = |bin: &Path| match bin.to_str() {
            Some("/a") => Finding::TooOld(Version {
                major: 13,
                minor: 1,
            }),
            Some("/b") => good(bin, 17),
            _ => good(bin, 15),
        };
        let chosen = |data| choose(folders(), data, examine).unwrap().bin;
        assert_eq!(chosen(None), Path::new("/b"));
        assert_eq!(chosen(Some(15)), Path::new("/c"));
        assert_eq!(chosen(Some(16)), Path::new("/b"));
    }

    #[test]
    fn only_older_versions_are_named() {
        let error = choose(vec!["/a".into(), "/b".into()], None, |bin| {
            match bin.to_str() {
                Some("/a") => Finding::TooOld(Version {
                    major: 13,
                    minor: 1,
                }),
                _ => Finding::Lacks(NEEDED.to_vec()),
            }
        })
        .unwrap_err();
        assert!(matches!(&error, ClusterError::ProgramsTooOld { found } if found == "13.1 in /a"));
    }

    #[test]
    fn nothing_found_names_what_was_looked_at() {
        let error = choose(vec!["/a".into(), "/b".into()], None, |_| {
            Finding::Lacks(NEEDED.to_vec())
        })
        .unwrap_err();
        assert!(
            matches!(&error, ClusterError::ProgramsMissing { looked_at } if looked_at == "/a, /b")
        );
    }

    #[test]
    fn a_set_folder_is_told_what_it_lacks() {
        let error = Programs::find(Some(Path::new("/nowhere/at/all")), None).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all was set"));
        assert!(error.to_string().contains("it is not a folder"));
    }
}
