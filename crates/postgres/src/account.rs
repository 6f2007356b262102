//! The account of the operating system that PostgreSQL runs as: one's own, or another when one is root,
//! since PostgreSQL refuses root.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::ClusterError;
use super::programs::Programs;

/// Tried in this order when root names no account. macOS prefixes the accounts of services.
const USUAL: [&str; 3] = ["postgres", "_postgres", "nobody"];

/// Who runs PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    name: String,
    uid: u32,
    gid: u32,
    /// Whether this program is root and has to become the account.
    switch: bool,
}

impl Account {
    /// Chooses the account: for anybody but root, oneself. For root: the one that was set, or the owner of
    /// the cluster that is already there, or `postgres`, or `nobody`.
    pub(super) fn choose(setting: Option<&str>, cluster: &Path) -> Result<Self, ClusterError> {
        let own = effective_uid()?;
        if own != 0 {
            return Self::own(own, setting);
        }
        if let Some(name) = setting {
            return Self::other(name)?.ok_or_else(|| ClusterError::Account {
                fault: format!("there is no account {name}"),
            });
        }
        if let Ok(owner) = fs::metadata(cluster)
            && owner.uid() != 0
        {
            return Ok(Self {
                name: format!("uid {}", owner.uid()),
                uid: owner.uid(),
                gid: owner.gid(),
                switch: true,
            });
        }
        for name in USUAL {
            if let Some(account) = Self::other(name)? {
                return Ok(account);
            }
        }
        Err(ClusterError::Account {
            fault: format!("none of {} exists", USUAL.join(", ")),
        })
    }

    fn own(uid: u32, setting: Option<&str>) -> Result<Self, ClusterError> {
        let account = Self {
            name: format!("uid {uid}"),
            uid,
            gid: id(&["-g"])?.unwrap_or(uid),
            switch: false,
        };
        match setting {
            Some(wanted) if id(&["-u", wanted])? != Some(uid) => Err(ClusterError::NotRoot {
                wanted: wanted.to_owned(),
            }),
            _ => Ok(account),
        }
    }

    fn other(name: &str) -> Result<Option<Self>, ClusterError> {
        let (Some(uid), Some(gid)) = (id(&["-u", name])?, id(&["-g", name])?) else {
            return Ok(None);
        };
        if uid == 0 {
            return Err(ClusterError::Account {
                fault: format!("{name} has root's user id"),
            });
        }
        Ok(Some(Self {
            name: name.to_owned(),
            uid,
            gid,
            switch: true,
        }))
    }

    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    pub(super) fn gid(&self) -> u32 {
        self.gid
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the account is not the one that this program runs as.
    pub(super) fn is_other(&self) -> bool {
        self.switch
    }

    /// A command that runs as the account, away from this terminal's Ctrl-C and from whatever the
    /// environment says to PostgreSQL's programs, with messages in English.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("PG")) {
                command.env_remove(name);
            }
        }
        command
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(Stdio::null())
            .process_group(0);
        if self.switch {
            // Set together, these also drop root's supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Gives a file or folder to the account.
    pub(super) fn give(&self, path: &Path) -> Result<(), ClusterError> {
        if !self.switch {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid)).map_err(ClusterError::io("giving away", path))
    }

    /// Checks that the account, where it is another than this program's, can run the programs and reach the
    /// data folder, by trying; the permission bits alone do not know access control lists.
    pub(super) fn check_reach(
        &self,
        programs: &Programs,
        folder: &Path,
    ) -> Result<(), ClusterError> {
        if !self.switch {
            return Ok(());
        }
        let postgres = programs.path("postgres");
        self.try_in(&postgres, Path::new("/")).map_err(|source| {
            ClusterError::ProgramsOutOfReach {
                account: self.name.clone(),
                program: postgres.clone(),
                source,
            }
        })?;
        self.try_in(&postgres, folder)
            .map_err(|_| ClusterError::OutOfReach {
                account: self.name.clone(),
                folder: folder.to_path_buf(),
                parent: self
                    .obstacle(folder)
                    .unwrap_or_else(|| folder.to_path_buf()),
            })
    }

    fn try_in(&self, postgres: &Path, folder: &Path) -> io::Result<()> {
        let status = self
            .command(postgres)
            .current_dir(folder)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(status.to_string()))
        }
    }

    /// The topmost folder on the way that does not let the account pass.
    fn obstacle(&self, folder: &Path) -> Option<PathBuf> {
        let mut way: Vec<_> = folder.ancestors().collect();
        way.reverse();
        way.into_iter()
            .find(|step| {
                fs::metadata(step).is_ok_and(|meta| {
                    !may_pass((self.uid, self.gid), (meta.uid(), meta.gid()), meta.mode())
                })
            })
            .map(Path::to_path_buf)
    }
}

/// Whether (uid, gid) may pass through a folder with an owner and a mode.
fn may_pass(who: (u32, u32), owner: (u32, u32), mode: u32) -> bool {
    let bit = match (who.0 == owner.0, who.1 == owner.1) {
        (true, _) => 0o100,
        (false, true) => 0o010,
        (false, false) => 0o001,
    };
    mode & bit != 0
}

/// Whom the system takes this program for. The standard library does not tell; Linux's /proc does, and
/// every Unix has `id`.
pub(super) fn effective_uid() -> Result<u32, ClusterError> {
    let of_proc = fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| uid_of_status(&status));
    match of_proc {
        Some(uid) => Ok(uid),
        None => id(&["-u"])?.ok_or_else(|| ClusterError::Account {
            fault: "`id -u` does not say who runs this program".to_owned(),
        }),
    }
}

/// The second number of the line `Uid: real effective saved filesystem`.
fn uid_of_status(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Asks `id`, which knows accounts from every source that the system uses; None when it knows none.
fn id(arguments: &[&str]) -> Result<Option<u32>, ClusterError> {
    // By its usual path first, so that an emptied PATH does no harm.
    let program = ["/usr/bin/id", "/bin/id"]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .unwrap_or("id");
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(ClusterError::io("running", Path::new(program)))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effective_uid_is_the_second_number() {
        assert_eq!(uid_of_status("Name:\tx\nUid:\t1\t2\t3\t4\n"), Some(2));
        assert_eq!(uid_of_status("Name:\tx\n"), None);
    }

    #[test]
    fn the_owner_counts_before_the_group_and_the_group_before_others() {
        assert!(may_pass((5, 5), (5, 9), 0o700));
        assert!(!may_pass((5, 5), (5, 5), 0o011));
        assert!(may_pass((5, 5), (0, 5), 0o710));
        assert!(!may_pass((5, 5), (0, 5), 0o701));
        assert!(may_pass((5, 5), (0, 0), 0o701));
        assert!(!may_pass((5, 5), (0, 0), 0o710));
    }

    #[test]
    fn an_account_that_does_not_exist_has_no_id() {
        assert_eq!(id(&["-u", "no-such-account-here"]).unwrap(), None);
        assert!(id(&["-u"]).unwrap().is_some());
    }
}
