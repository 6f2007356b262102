//! The API over HTTP, as its users have it: the product and this load are processes of their own, with every middleware and
//! without limits on how often one caller may ask. Beside each figure stands its yardstick, measured in the same round.

pub mod bare;
mod bars;
pub mod client;
mod history;
mod load;
mod loads;
mod odk;
pub mod product;
mod round;
mod rows;
pub mod scene;
mod stage;
mod stranger;

use std::path::PathBuf;

use clap::Args;

use crate::cluster::Private;
use crate::http::bars::{RATIOS, TAILS};
use crate::http::round::{Figure, Round};
use crate::http::rows::{ROWS, Row};
use crate::http::stage::Stage;
use crate::machine;
use crate::sample::{Spread, verdict};

const PRODUCT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/rapporteur");

#[derive(Debug, Args)]
pub struct Arguments {
    /// The program; `cargo build --release` makes it.
    #[arg(long, default_value = PRODUCT)]
    program: PathBuf,
    /// How long each load is measured, after a second of warming up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many times everything is measured.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Only the rows whose name has this in it.
    #[arg(long)]
    only: Option<String>,
    /// Replies that were saved 20,000 times too, and a stranger beside: minutes more.
    #[arg(long)]
    history: bool,
    #[command(flatten)]
    odk: odk::Arguments,
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("http", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let is_wanted = |row: &Row| {
        let only = arguments.only.as_deref();
        only.is_none_or(|part| row.name().contains(part))
            && (arguments.odk.odk.is_some() || !row.is_of_odk())
            && (arguments.history || !(row.is_of_history() || row.is_limited()))
    };
    let rows: Vec<Row> = ROWS.into_iter().filter(is_wanted).collect();
    let program = &arguments.program;
    let stage = Stage::start(private, program, bin.as_deref(), &arguments.odk, &rows).await?;
    let mut measured = Vec::new();
    for number in 1..=arguments.rounds {
        measured.push(Round::measure(&stage, &rows, arguments.seconds).await?);
        eprintln!("round {number} of {}", arguments.rounds);
    }
    stage.stop().await?;
    print(&rows, &measured);
    Ok(())
}

fn print(rows: &[Row], rounds: &[Round]) {
    println!(
        "medians over {} rounds (least to most)\n\n\
         | what | a second | p50 ms | p99 ms | server µs | PostgreSQL µs |\n| --- | --- | --- | --- | --- | --- |",
        rounds.len()
    );
    for row in rows.iter().copied() {
        let of = |value: fn(&Figure) -> f64, decimals| {
            Spread::from_samples(rounds.iter().map(|round| value(round.figure(row)))).say(decimals)
        };
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            row.name(),
            of(|figure| figure.sample.rate, 0),
            of(|figure| figure.sample.p50.unwrap_or(f64::NAN), 2),
            of(|figure| figure.sample.p99.unwrap_or(f64::NAN), 2),
            of(|figure| figure.server, 0),
            of(|figure| figure.database, 0),
        );
    }
    tails(rows, rounds);
    println!("\n| ratio | measured | bar | |\n| --- | --- | --- | --- |");
    for ratio in RATIOS.iter().filter(|ratio| ratio.is_of(rows)) {
        let values = rounds.iter().map(|round| ratio.value(round));
        let spread = Spread::from_samples(values);
        println!(
            "| {} | {} | {} | {} |",
            ratio.name,
            spread.say(3),
            ratio.bar,
            verdict(ratio.holds(spread.median()))
        );
    }
}

/// How much longer the slowest hundredth waits than half of all do.
fn tails(rows: &[Row], rounds: &[Round]) {
    println!("\n| p99 over another | measured | bar | |\n| --- | --- | --- | --- |");
    for tail in TAILS.iter().filter(|tail| tail.is_of(rows)) {
        let spread = Spread::from_samples(rounds.iter().map(|round| tail.value(round)));
        let holds = verdict(spread.median() <= tail.bar);
        println!(
            "| {} | {} | {} | {holds} |",
            tail.name,
            spread.say(2),
            tail.bar
        );
    }
}
