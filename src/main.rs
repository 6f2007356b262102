//! The command line of Rapporteur.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    rapporteur::cli::run().await
}
