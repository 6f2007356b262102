//! The API over HTTP, as its users have it: the product and this load are processes of their own, with every middleware and
//! without limits on how often one caller may ask. Beside each figure stands its yardstick, measured in the same round.

pub mod bare;
mod client;
mod load;
mod product;
mod rows;
mod scene;

use std::path::PathBuf;

use clap::Args;

use crate::cluster::{Folder, Private};
use crate::http::product::Server;
use crate::http::rows::{ROWS, Round, Row};
use crate::http::scene::Scene;
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
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("http", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let folder = Folder::new("http-product")?;
    let data = folder.path().join("data");
    let product = Server::product(&arguments.program, &data, bin.as_deref()).await?;
    let bare = Server::bare().await?;
    let scene = Scene::set(product.address, product::owner(&data)?).await?;
    let is_wanted = |row: &Row| {
        arguments
            .only
            .as_deref()
            .is_none_or(|part| row.name().contains(part))
    };
    let rows: Vec<Row> = ROWS.into_iter().filter(is_wanted).collect();
    let mut measured = Vec::new();
    for number in 1..=arguments.rounds {
        let round =
            Round::measure(&private, &product, &bare, &scene, &rows, arguments.seconds).await?;
        eprintln!("round {number} of {}", arguments.rounds);
        measured.push(round);
    }
    product.stop().await?;
    bare.stop().await?;
    private.stop().await?;
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
        let of = |value: fn(&rows::Figure) -> f64, decimals| {
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
    println!("\n| ratio | measured | bar | |\n| --- | --- | --- | --- |");
    for ratio in rows::RATIOS.iter().filter(|ratio| ratio.is_of(rows)) {
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
