//! From a checkout of ODK Central's backend to one that runs, by its own scripts.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::cluster::Private;
use crate::http::product::Server;
use crate::port;

/// Who may do everything there.
pub const EMAIL: &str = "measurement@example.org";

/// Nothing but this machine reaches it.
pub const PASSWORD: &str = "a measurement";

/// A database of its own, and who owns it; the extensions are those that its own script makes.
const ROLE: &str = "create role odk_central login";
const DATABASE: &str = "create database odk_central owner odk_central";
const EXTENSIONS: &str =
    "create extension citext; create extension pg_trgm; create extension pgrowlocks";

/// A checkout with a database, and somebody who may sign in.
pub struct Checkout {
    folder: PathBuf,
    /// The folder of PostgreSQL's socket.
    sockets: PathBuf,
    /// A folder for what it writes while it runs.
    home: PathBuf,
}

impl Checkout {
    /// Makes its database on a cluster, and whoever signs in.
    pub async fn install(folder: &Path, private: &Private) -> anyhow::Result<Self> {
        let mut superuser = private.superuser().await?;
        for statement in [ROLE, DATABASE] {
            sqlx::raw_sql(statement).execute(&mut superuser).await?;
        }
        let mut superuser = private.superuser_in("odk_central").await?;
        sqlx::raw_sql(EXTENSIONS)
            .execute(&mut superuser)
            .await
            .context("ODK Central needs extensions that come with PostgreSQL's contrib")?;
        let home = private.folder().join("odk");
        std::fs::create_dir(&home)?;
        let checkout = Self {
            folder: folder.to_owned(),
            sockets: private.sockets()?,
            home,
        };
        checkout.run(&["lib/bin/run-migrations.js"], "").await?;
        let account = |task| ["lib/bin/cli.js", "--email", EMAIL, task];
        // It asks for the password.
        let password = format!("{PASSWORD}\n");
        checkout.run(&account("user-create"), &password).await?;
        checkout.run(&account("user-promote"), "").await?;
        Ok(checkout)
    }

    /// Starts it, as its distribution does: by its process manager, with so many workers.
    pub async fn serve(&self, workers: usize) -> anyhow::Result<Server> {
        let address = port::free()?;
        let said = File::create(self.home.join("said"))?;
        let mut command = self.node();
        command
            .args(["node_modules/pm2/bin/pm2-runtime", "pm2.config.js"])
            .env("WORKER_COUNT", workers.to_string())
            .env("PM2_HOME", &self.home)
            .env("NODE_CONFIG", settings(address.port()))
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said);
        let server = Server::at(address, command).await;
        server.with_context(|| {
            let said = std::fs::read_to_string(self.home.join("said"));
            format!("ODK Central said:\n{}", said.unwrap_or_default())
        })
    }

    /// Runs one of its scripts to the end.
    async fn run(&self, script: &[&str], input: &str) -> anyhow::Result<()> {
        let name = script.join(" ");
        let mut child = self
            .node()
            .args(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("running node {name}"))?;
        let mut answers = child.stdin.take().context("it has no input")?;
        answers.write_all(input.as_bytes()).await?;
        drop(answers);
        let output = child.wait_with_output().await?;
        if !output.status.success() {
            bail!(
                "ODK Central's {name}: {}\n{}{}",
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(())
    }

    /// In the checkout, on its database, in production.
    fn node(&self) -> Command {
        let mut command = Command::new("node");
        command
            .current_dir(&self.folder)
            .env("NODE_ENV", "production")
            .env("PGHOST", &self.sockets)
            .env("PGPORT", "5432")
            .env("PGUSER", "odk_central")
            .env("PGDATABASE", "odk_central");
        command
    }
}

/// Has PostgreSQL know what the tables hold, as it does by itself on a server that has run for minutes.
pub async fn analyze(private: &Private) -> anyhow::Result<()> {
    let mut superuser = private.superuser_in("odk_central").await?;
    sqlx::raw_sql("vacuum analyze")
        .execute(&mut superuser)
        .await?;
    Ok(())
}

/// Over its defaults; what else they name (mail, another server that renders forms) is not asked for anything here.
fn settings(port: u16) -> String {
    json!({ "default": { "server": { "port": port } } }).to_string()
}
