//! The command line: one file per subcommand.

mod database;
mod demo;
mod events;
mod export;
mod logging;
mod openapi;
mod policy;
mod rebuild;
mod serve;
mod settings;
mod token;
mod transport;
mod types;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use self::export::Export;
use self::logging::LogFormat;

/// Gathers information on the use and application of United Nations standards and norms in crime prevention and criminal
/// justice, as ECOSOC resolution 2004/28 asks.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version)]
struct Arguments {
    /// What the log on standard error says: error, warn, info, debug, or a filter such as rapporteur=debug,sqlx=warn
    #[arg(
        long,
        env = "RAPPORTEUR_LOG",
        default_value = logging::USUAL,
        hide_default_value = true,
        global = true
    )]
    log: String,
    /// How the lines of the log are written
    #[arg(
        long,
        env = "RAPPORTEUR_LOG_FORMAT",
        value_enum,
        default_value = "text",
        global = true
    )]
    log_format: LogFormat,
    /// Where traces are sent over OTLP (HTTP, protobuf), for example http://127.0.0.1:4318; nowhere if left out. Takes a program
    /// that was built with the feature `otlp`
    #[arg(long, env = "RAPPORTEUR_OTLP_ENDPOINT", global = true)]
    otlp_endpoint: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API; makes and runs a private PostgreSQL unless --database-url names one
    Serve(serve::Arguments),
    /// As serve, with a collection played from a real note verbale of 2011 (made-up answers)
    Demo(demo::Arguments),
    /// Build the views anew beside the old ones, and swap
    Rebuild(rebuild::Arguments),
    /// Check that the log is whole, in order, and what its hashes and commitments say; fails where it is not
    Verify(verify::Arguments),
    /// Make, list and revoke access tokens
    Token(Box<token::Arguments>),
    /// Print the API's document (OpenAPI 3.1)
    Openapi,
    /// Print who may do what: the table of docs/access.md
    Policy,
    /// Print every kind of event in plain words: docs/events.md
    Events,
    /// Print what each type of question says and takes: docs/question-types.md
    Types,
}

/// Runs what the command line says.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let format = arguments.log_format;
    let export = match begin_log(&arguments) {
        Ok(export) => export,
        Err(error) => return fail(format, &error),
    };
    let done = match arguments.command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Rebuild(arguments) => rebuild::run(arguments).await,
        Command::Verify(arguments) => verify::run(arguments).await,
        Command::Token(arguments) => token::run(*arguments).await,
        Command::Openapi => openapi::run(),
        Command::Policy => policy::run(),
        Command::Events => events::run(),
        Command::Types => types::run(),
    };
    export.end();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(format, &error),
    }
}

/// Begins to log, and to send traces where that is wished.
fn begin_log(arguments: &Arguments) -> anyhow::Result<Export> {
    let filter = EnvFilter::try_new(&arguments.log).map_err(|error| {
        anyhow::anyhow!(
            "--log (RAPPORTEUR_LOG) is {:?}, which is no filter: {error}; expected for example info, or \
             rapporteur=debug,sqlx=warn",
            arguments.log
        )
    })?;
    let endpoint = arguments.otlp_endpoint.as_deref();
    let endpoint = endpoint.filter(|endpoint| !endpoint.trim().is_empty());
    let (export, layer) = Export::begin(endpoint)?;
    logging::begin(filter, arguments.log_format, layer);
    Ok(export)
}

/// Says why nothing more is done, in the form of the lines before.
fn fail(format: LogFormat, error: &anyhow::Error) -> ExitCode {
    let message = format!("rapporteur: {error:#}");
    let line = match format {
        LogFormat::Text => message,
        LogFormat::Json => serde_json::json!({"level": "ERROR", "message": message}).to_string(),
    };
    let _ = writeln!(std::io::stderr(), "{line}");
    ExitCode::FAILURE
}

/// Prints to standard output; a closed pipe is the reader's wish, not an error.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done.and_then(|()| std::io::stdout().flush())?),
    }
}
