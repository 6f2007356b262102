//! What questionnaires cost: their rules in process, without any server, and what is large over HTTP.

mod made;
mod over_http;
mod rules;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::machine;
use crate::sample::{Sample, Spread, verdict};

const PRODUCT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/rapporteur");

#[derive(Debug, Args)]
pub struct Arguments {
    /// The program; `cargo build --release` makes it.
    #[arg(long, default_value = PRODUCT)]
    program: PathBuf,
    /// How many times everything is measured.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only what needs no server.
    #[arg(long)]
    in_process: bool,
}

/// A thing that is measured, and how long it may take.
pub struct Row {
    pub name: &'static str,
    /// The most milliseconds that half of all may take; none: there is no bar.
    pub half: Option<f64>,
    /// The most that all but a hundredth may.
    pub most: Option<f64>,
}

impl Row {
    /// One with a bar for the half.
    pub const fn within(name: &'static str, milliseconds: f64) -> Self {
        Self {
            name,
            half: Some(milliseconds),
            most: None,
        }
    }

    /// One that is told beside the others.
    pub const fn beside(name: &'static str) -> Self {
        Self {
            name,
            half: None,
            most: None,
        }
    }

    /// Whether it is within its bars; none: there are none.
    fn holds(&self, half: f64, most: f64) -> Option<bool> {
        let bars = [(self.half, half), (self.most, most)];
        let mut bars = bars
            .iter()
            .filter_map(|(bar, value)| Some(*value <= (*bar)?))
            .peekable();
        bars.peek()?;
        Some(bars.all(|holds| holds))
    }

    fn bars(&self) -> String {
        match (self.half, self.most) {
            (Some(half), None) => format!("p50 {half}"),
            (Some(half), Some(most)) => format!("p50 {half}, p99 {most}"),
            (None, Some(most)) => format!("p99 {most}"),
            (None, None) => String::new(),
        }
    }
}

/// What one round found.
pub type Round = Vec<(Row, Sample)>;

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    machine::describe(None).await?;
    let mut rounds = Vec::new();
    for number in 1..=arguments.rounds {
        let mut round = rules::round()?;
        if !arguments.in_process {
            round.extend(over_http::round(&arguments.program, bin.as_deref()).await?);
        }
        rounds.push(round);
        eprintln!("round {number} of {}", arguments.rounds);
    }
    print(&rounds);
    Ok(())
}

fn print(rounds: &[Round]) {
    println!(
        "medians over {} rounds (least to most)\n\n\
         | what | times | p50 ms | p99 ms | bar ms | |\n| --- | --- | --- | --- | --- | --- |",
        rounds.len()
    );
    let Some(first) = rounds.first() else { return };
    for (place, (row, sample)) in first.iter().enumerate() {
        let samples = || rounds.iter().filter_map(|round| Some(round.get(place)?.1));
        let half = Spread::from_samples(samples().filter_map(|sample| sample.p50));
        let most = Spread::from_samples(samples().filter_map(|sample| sample.p99));
        let decimals = if half.median() < 1.0 { 4 } else { 1 };
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            row.name,
            sample.count,
            half.say(decimals),
            most.say(decimals),
            row.bars(),
            row.holds(half.median(), most.median()).map_or("", verdict)
        );
    }
}

/// How long something takes each time.
fn repeated<T>(
    times: usize,
    mut work: impl FnMut(usize) -> anyhow::Result<T>,
) -> anyhow::Result<Sample> {
    let mut all = Vec::with_capacity(times);
    let whole = clock::stopwatch();
    for turn in 0..times {
        let watch = clock::stopwatch();
        std::hint::black_box(work(turn)?);
        all.push(watch.elapsed());
    }
    Ok(Sample::new(
        all,
        whole.elapsed().max(Duration::from_nanos(1)),
    ))
}
