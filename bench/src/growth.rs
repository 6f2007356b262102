//! What an append costs in a long log, beside a short one: two databases of one cluster, measured in turn.

use std::path::PathBuf;

use clap::Args;
use event_log::views;
use event_log::{Log, LogTasks};
use rapporteur::views::DEFINITIONS;
use sqlx::ConnectOptions;

use crate::cluster::{Database, Private};
use crate::fill;
use crate::load::{self, Reply};
use crate::machine;
use crate::sample::{Sample, Spread, verdict};

const SHORT: i64 = 100_000;
const WRITERS: [usize; 2] = [1, 256];

#[derive(Debug, Args)]
pub struct Arguments {
    /// How many events the long log has: ten million take some twelve gigabytes of disk, and minutes to make.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(i64).range(100_000..))]
    events: i64,
    /// How long each measurement takes, after a second of warming up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many times everything is measured.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// A filled log, opened.
struct Filled {
    log: Log,
    _tasks: LogTasks,
    replies: Vec<Reply>,
}

impl Filled {
    async fn make(private: &Private, name: &str, events: i64) -> anyhow::Result<Self> {
        let database = private.database(name).await?;
        fill::fill(private, &database, events).await?;
        let rebuilt = views::rebuild(&database.owner, &DEFINITIONS).await?;
        eprintln!(
            "built their views in {:.1} s",
            rebuilt.milliseconds as f64 / 1e3
        );
        settle(&database).await?;
        let replies = fill::replies(&database, events, WRITERS[1] as i64).await?;
        anyhow::ensure!(replies.len() == WRITERS[1], "the log has too few replies");
        let (log, _tasks) = database.log().await?;
        Ok(Self {
            log,
            _tasks,
            replies,
        })
    }

    async fn measure(&mut self, writers: usize, seconds: u64) -> anyhow::Result<Sample> {
        load::run(&self.log, &mut self.replies, writers, seconds).await
    }
}

/// Vacuums by hand what would otherwise be vacuumed while it is measured.
async fn settle(database: &Database) -> anyhow::Result<()> {
    let mut owner = database.owner.clone().connect().await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut owner).await?;
    Ok(())
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("growth", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let mut short = Filled::make(&private, "short", SHORT).await?;
    let mut long = Filled::make(&private, "long", arguments.events).await?;
    let mut samples = [(); WRITERS.len()].map(|()| Vec::new());
    for _ in 0..arguments.rounds {
        for (writers, samples) in WRITERS.iter().zip(&mut samples) {
            private.checkpoint().await?;
            let before = short.measure(*writers, arguments.seconds).await?;
            private.checkpoint().await?;
            let grown = long.measure(*writers, arguments.seconds).await?;
            samples.push((before, grown));
        }
    }
    drop((short, long));
    private.stop().await?;
    println!(
        "medians over {} rounds (least to most); µs an append are a second over events a second\n\n\
         | writers | µs an append at {SHORT} events | at {} events | ratio | bar | |\n\
         | --- | --- | --- | --- | --- | --- |",
        arguments.rounds, arguments.events
    );
    for (writers, samples) in WRITERS.iter().zip(&samples) {
        let cost = |sample: &Sample| 1e6 / sample.rate;
        let ratio = Spread::from_samples(
            samples
                .iter()
                .map(|(before, grown)| cost(grown) / cost(before)),
        );
        println!(
            "| {writers} | {} | {} | {} | 1.2 | {} |",
            Spread::from_samples(samples.iter().map(|(before, _)| cost(before))).say(1),
            Spread::from_samples(samples.iter().map(|(_, grown)| cost(grown))).say(1),
            ratio.say(2),
            verdict(ratio.median() <= 1.2)
        );
    }
    Ok(())
}
