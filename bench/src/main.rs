//! Measured comparisons of Rapporteur with what PostgreSQL does alone, on a private cluster in a temporary folder.
//!
//! Every figure that has a bar is a ratio taken in one run, its two sides in turn, because machines differ and other
//! work disturbs. See bench/README.md.

mod cluster;
mod cpu;
mod fill;
mod focal_points;
mod growth;
mod http;
mod load;
mod log;
mod machine;
mod pgbench;
mod port;
mod questionnaire;
mod rebuild;
mod sample;
mod start;
mod umadb;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// The folder of PostgreSQL's server programs and pgbench.
    #[arg(long, global = true, env = "RAPPORTEUR_POSTGRES_BIN")]
    postgres_bin: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Appends through the log with views inline, beside single-row INSERTs of the same row by pgbench.
    Log(log::Arguments),
    /// What an append costs in a long log, beside a short one.
    Growth(growth::Arguments),
    /// How many events a second a rebuild of all views projects.
    Rebuild(rebuild::Arguments),
    /// The API over HTTP: saves, whole replies, figures and lists, beside a bare actix-web and the log in process.
    Http(http::Arguments),
    /// What questionnaires cost: their rules in process, and large tables and drafts over HTTP.
    Questionnaire(questionnaire::Arguments),
    /// Focal points at their pages, all at once.
    FocalPoints(focal_points::Arguments),
    /// The bare actix-web application, until it is ended.
    #[command(hide = true)]
    Bare,
    /// How long the program takes to be ready, and the memory it holds.
    Start(start::Arguments),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let bin = arguments.postgres_bin;
    let work = async {
        match arguments.what {
            What::Log(arguments) => log::run(arguments, bin).await,
            What::Growth(arguments) => growth::run(arguments, bin).await,
            What::Rebuild(arguments) => rebuild::run(arguments, bin).await,
            What::Http(arguments) => http::run(arguments, bin).await,
            What::Questionnaire(arguments) => questionnaire::run(arguments, bin).await,
            What::FocalPoints(arguments) => focal_points::run(arguments, bin).await,
            What::Bare => http::bare::serve().await,
            What::Start(arguments) => start::run(arguments, bin).await,
        }
    };
    // Dropped, the work stops its servers and removes its folders.
    tokio::select! {
        done = work => done,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
    }
}
