//! How long the program takes to be ready, from nothing and on existing data, and the memory it holds when idle.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::cluster::Folder;
use crate::cpu;
use crate::machine;
use crate::sample::{Spread, verdict};

const PRODUCT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/rapporteur");

#[derive(Debug, Args)]
pub struct Arguments {
    /// The program; `cargo build --release` makes it.
    #[arg(long, default_value = PRODUCT)]
    program: PathBuf,
    /// How many times it is started from nothing, and then again on the data.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

struct Started {
    child: Child,
    seconds: f64,
}

impl Started {
    /// Starts the program, and waits until it says that it is ready.
    async fn start(program: &Path, folder: &Path, bin: Option<&Path>) -> anyhow::Result<Self> {
        let watch = clock::stopwatch();
        let mut command = Command::new(program);
        command
            .args(["serve", "--port", "0", "--data-dir"])
            .arg(folder)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        if let Some(bin) = bin {
            command.env("RAPPORTEUR_POSTGRES_BIN", bin);
        }
        let mut child = command.spawn().with_context(|| {
            format!(
                "running {} (cargo build --release makes it)",
                program.display()
            )
        })?;
        let output = child.stdout.take().context("it has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if line.contains(" is ready at ") {
                let seconds = watch.elapsed().as_secs_f64();
                return Ok(Self { child, seconds });
            }
        }
        bail!("it ended before it was ready")
    }

    /// Megabytes: the program's resident memory; and, shared pages counted once, with the database's processes.
    fn memory(&self) -> anyhow::Result<(f64, f64)> {
        let process = self.child.id().context("it has ended")?;
        let mut all = 0.0;
        let mut family = vec![process];
        while let Some(process) = family.pop() {
            all += megabytes(process, "smaps_rollup", "Pss").unwrap_or(0.0);
            family.extend(cpu::children(process));
        }
        Ok((
            megabytes(process, "status", "VmRSS").context("its memory is not known")?,
            all,
        ))
    }

    async fn stop(mut self) -> anyhow::Result<()> {
        let process = self.child.id().context("it has ended")?.to_string();
        Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .await?;
        let status = self.child.wait().await?;
        anyhow::ensure!(status.success(), "it ended with {status}");
        Ok(())
    }
}

fn megabytes(process: u32, file: &str, name: &str) -> Option<f64> {
    let value = machine::field(&format!("/proc/{process}/{file}"), name)?;
    let kilobytes: f64 = value.strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    machine::describe(None).await?;
    let start = |folder: PathBuf| {
        let (program, bin) = (&arguments.program, bin.as_deref());
        async move { Started::start(program, &folder, bin).await }
    };
    let (mut nothing, mut existing) = (Vec::new(), Vec::new());
    let (mut own, mut family) = (Vec::new(), Vec::new());
    for _ in 0..arguments.rounds {
        let folder = Folder::new("start")?;
        let data = folder.path().join("data");
        let first = start(data.clone()).await?;
        nothing.push(first.seconds);
        first.stop().await?;
        let again = start(data).await?;
        existing.push(again.seconds);
        tokio::time::sleep(Duration::from_secs(3)).await;
        let (alone, all) = again.memory()?;
        own.push(alone);
        family.push(all);
        again.stop().await?;
    }
    println!(
        "medians over {} rounds (least to most)\n\n| what | measured | bar | |\n| --- | --- | --- | --- |",
        arguments.rounds
    );
    let line = |what: &str, values: Vec<f64>, unit: &str, bar: f64, decimals: usize| {
        let spread = Spread::from_samples(values);
        println!(
            "| {what} | {} {unit} | {bar} {unit} | {} |",
            spread.say(decimals),
            verdict(spread.median() <= bar)
        );
    };
    line("to ready, from nothing", nothing, "s", 4.0, 2);
    line("to ready, on existing data", existing, "s", 1.0, 2);
    line("resident memory, idle", own, "MB", 100.0, 0);
    println!(
        "| with PostgreSQL's processes, shared pages counted once | {} MB | | |",
        Spread::from_samples(family).say(0)
    );
    Ok(())
}
