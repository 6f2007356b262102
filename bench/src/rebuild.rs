//! How many events a second a rebuild of all views projects, beside the old views and with their swap.

use std::path::PathBuf;

use clap::Args;
use event_log::views;
use rapporteur::views::DEFINITIONS;

use crate::cluster::Private;
use crate::fill;
use crate::machine;
use crate::sample::{Spread, verdict};

const BAR: f64 = 100_000.0;

#[derive(Debug, Args)]
pub struct Arguments {
    /// How many events the log has.
    #[arg(long, default_value_t = 500_000, value_parser = clap::value_parser!(i64).range(1..))]
    events: i64,
    /// How many times they are rebuilt.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("rebuild", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let database = private.prepared().await?;
    fill::fill(&private, &database, arguments.events).await?;
    let mut rates = Vec::new();
    for _ in 0..arguments.rounds {
        private.checkpoint().await?;
        let rebuilt = views::rebuild(&database.owner, &DEFINITIONS).await?;
        rates.push(rebuilt.events as f64 * 1e3 / rebuilt.milliseconds as f64);
    }
    private.stop().await?;
    let rate = Spread::from_samples(rates);
    println!(
        "medians over {} rounds (least to most)\n\n\
         | events | rebuilt a second | bar | |\n| --- | --- | --- | --- |\n| {} | {} | {BAR} | {} |",
        arguments.rounds,
        arguments.events,
        rate.say(0),
        verdict(rate.median() >= BAR)
    );
    Ok(())
}
