//! UmaDB, the yardstick of appends: durable, in one order without gaps, each under a condition.

#[cfg(feature = "umadb")]
mod appends;

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

use crate::port;
use crate::sample::Sample;

/// By how many clients it is measured.
pub const CLIENTS: [usize; 3] = [1, 64, 256];

/// A server that runs.
pub struct Umadb {
    address: String,
    /// Where it is not another's.
    child: Option<Child>,
}

impl Umadb {
    /// The server at an address; or a program, which is started on a file in a folder, with its own settings.
    pub async fn at(place: &str, folder: &Path) -> anyhow::Result<Self> {
        if cfg!(not(feature = "umadb")) {
            bail!("UmaDB is measured by a benchmark that is built with --features umadb");
        }
        if !Path::new(place).is_file() {
            return Ok(Self {
                address: place.to_owned(),
                child: None,
            });
        }
        let address = port::free()?;
        let mut child = Command::new(place)
            .args(["--listen", &address.to_string(), "--db-path"])
            .arg(folder.join("umadb"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("running {place}"))?;
        port::listening(address, &mut child).await?;
        Ok(Self {
            address: address.to_string(),
            child: Some(child),
        })
    }

    /// So many clients for so long, after a second of warming up, each on a connection of its own.
    #[cfg(feature = "umadb")]
    pub async fn run(&self, clients: usize, seconds: u64) -> anyhow::Result<Sample> {
        appends::run(&self.address, clients, seconds).await
    }

    /// There is no client to measure with.
    #[cfg(not(feature = "umadb"))]
    pub async fn run(&self, _clients: usize, _seconds: u64) -> anyhow::Result<Sample> {
        bail!("there is no client of {}", self.address)
    }

    /// Ends it, where it was started here.
    pub async fn stop(self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child {
            child.kill().await?;
        }
        Ok(())
    }
}
