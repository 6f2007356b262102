//! `rapporteur verify`.

use std::fmt::Write;

use anyhow::Context;
use clap::Args;
use sqlx::postgres::PgPoolOptions;

use super::database::Database;
use super::settings;
use event_log::verify::{ExpectedRoot, Verification, verify};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Print one line of JSON
    #[arg(long)]
    json: bool,
    /// A root that was noted earlier, as this command prints it, to compare the log with; may be given several times
    #[arg(long, value_name = "POSITION:ROOT")]
    expect: Vec<ExpectedRoot>,
    #[command(flatten)]
    database: settings::Database,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let database = Database::reach(&arguments.database, "main").await?;
    let verified = walk(&database, &arguments.expect).await;
    database.stop().await?;
    let verified = verified?;
    let said = if arguments.json {
        serde_json::to_string(&verified)? + "\n"
    } else {
        summary(&verified)
    };
    super::print(&said)?;
    anyhow::ensure!(
        verified.found == 0,
        "the log does not hold: {} finding(s)",
        verified.found
    );
    Ok(())
}

/// It only reads, so it does so with the application's rights, and brings no schema up to date.
async fn walk(database: &Database, expected: &[ExpectedRoot]) -> anyhow::Result<Verification> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(database.application.clone())
        .await?;
    let verified = verify(&pool, expected)
        .await
        .context("the log cannot be read");
    pool.close().await;
    verified
}

fn summary(verified: &Verification) -> String {
    let mut said = String::new();
    for finding in &verified.findings {
        let _ = writeln!(
            said,
            "{}: {}: {}",
            finding.position, finding.code, finding.detail
        );
    }
    let unlisted = verified.found - verified.findings.len() as u64;
    if unlisted > 0 {
        let _ = writeln!(said, "and {unlisted} more");
    }
    let holds = if verified.found == 0 {
        "The log holds"
    } else {
        "The log does not hold"
    };
    let _ = writeln!(
        said,
        "{holds}: {} events up to position {}, {} commitments to contents, {} of them redacted, {} deleted, {} roots as they \
         were noted, {} findings.",
        verified.events,
        verified.position,
        verified.commitments,
        verified.redacted,
        verified.deleted,
        verified.roots,
        verified.found
    );
    if let Some(root) = verified.root {
        let _ = writeln!(
            said,
            "Its root, to be noted elsewhere and compared with --expect: {}:{root}",
            verified.position
        );
    }
    said
}
