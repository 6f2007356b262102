//! Programs that are measured from outside, each a process of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::port;

/// How the owner of a running server's data reaches its database.
pub fn owner(data: &Path) -> anyhow::Result<PgConnectOptions> {
    postgres::running(data).context("the server's PostgreSQL does not run")
}

/// A server that runs.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Rapporteur on a folder of its own, with its private PostgreSQL, as operators run it but without limits on how often one
    /// caller may ask; or with those of an address.
    pub async fn product(
        program: &Path,
        folder: &Path,
        bin: Option<&Path>,
        bounds_addresses: bool,
    ) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command
            .args(["serve", "--port", "0", "--data-dir"])
            .arg(folder)
            .args(["--principal-limit", "0", "--log", "warn"]);
        if !bounds_addresses {
            command.args(["--address-limit", "0", "--failure-limit", "0"]);
        }
        if let Some(bin) = bin {
            command.env("RAPPORTEUR_POSTGRES_BIN", bin);
        }
        Self::start(command, " is ready at http://").await
    }

    /// The bare application of this very program.
    pub async fn bare() -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("bare");
        Self::start(command, "http://").await
    }

    /// A program that does not say when it is ready: it is when something listens where it was told to.
    pub async fn at(address: SocketAddr, mut command: Command) -> anyhow::Result<Self> {
        let child = command.kill_on_drop(true).spawn();
        let name = command.as_std().get_program().display();
        let mut child = child.with_context(|| format!("running {name}"))?;
        port::listening(address, &mut child).await?;
        Ok(Self { child, address })
    }

    async fn start(mut command: Command, before: &str) -> anyhow::Result<Self> {
        let name = command.as_std().get_program().to_owned();
        let mut child = command
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("running {}", name.display()))?;
        let output = child.stdout.take().context("it has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once(before) {
                let address = address.trim().trim_end_matches('/');
                return Ok(Self {
                    child,
                    address: address.parse().context("its address")?,
                });
            }
        }
        bail!("{} ended before it was ready", name.display())
    }

    /// Its process.
    pub fn process(&self) -> anyhow::Result<u32> {
        self.child.id().context("it has ended")
    }

    /// Has it end by itself.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let process = self.process()?.to_string();
        Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .await?;
        self.child.wait().await?;
        Ok(())
    }
}
