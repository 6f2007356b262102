//! `rapporteur token`.

use std::collections::HashMap;

use anyhow::Context;
use clap::{Args, Subcommand};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, PgPool};
use uuid::Uuid;

use super::database::Database;
use super::settings;
use crate::server;
use crate::views::DEFINITIONS;
use access::issuing::{self, ListedToken, Terms};
use access::{NewToken, Principal, Role, Scope};
use domain::PartyId;

/// How many tokens are read at a time.
const PAGE: i64 = 500;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    new: New,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a token; what `rapporteur token` does without a subcommand
    New(New),
    /// List all tokens, without their secrets
    List(settings::Database),
    /// Revoke a token, and those that were made with it
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct New {
    /// administrator, officer, focal_point, contributor, mission or donor
    #[arg(long, required = true)]
    role: Option<Role>,
    /// The party for which the holder acts, by its code, such as FIN; not for the Secretariat
    #[arg(long)]
    party: Option<String>,
    /// What the token is for
    #[arg(long, required = true)]
    name: Option<String>,
    /// What it may be used for: figures, read, write; may be given more than once. read and write if left out
    #[arg(long = "scope")]
    scopes: Vec<Scope>,
    /// In how many days it ends
    #[arg(long, default_value_t = issuing::USUAL_DAYS, value_parser = clap::value_parser!(i64).range(1..=issuing::MOST_DAYS))]
    days: i64,
    #[command(flatten)]
    database: settings::Database,
}

#[derive(Debug, Args)]
struct Revoke {
    /// Its id, which `rapporteur token list` shows
    id: Uuid,
    #[command(flatten)]
    database: settings::Database,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let printed = match &arguments.command {
        Some(Command::List(database)) => with(database, list).await?,
        Some(Command::Revoke(asked)) => {
            let revoke = async |connection: &mut PgConnection| revoke(connection, asked.id).await;
            with(&asked.database, revoke).await?
        }
        Some(Command::New(new)) => make(new).await?,
        None => make(&arguments.new).await?,
    };
    super::print(&printed)
}

/// Works on the database, which is brought up to date first.
async fn with(
    settings: &settings::Database,
    work: impl AsyncFnOnce(&mut PgConnection) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    let database = Database::reach(settings, "main").await?;
    let done = async {
        server::prepare(&database.owner, &DEFINITIONS).await?;
        let pool = PgPool::connect_with(database.owner.clone()).await?;
        let mut connection = pool.acquire().await?;
        let done = work(&mut connection).await;
        drop(connection);
        pool.close().await;
        done
    }
    .await;
    database.stop().await?;
    done
}

async fn make(new: &New) -> anyhow::Result<String> {
    let (Some(role), Some(name)) = (new.role, &new.name) else {
        anyhow::bail!("a token needs --role and --name");
    };
    let make = async |connection: &mut PgConnection| {
        let principal = Principal {
            id: clock::new_id(),
            role,
            party: party(connection, role, new.party.as_deref()).await?,
        };
        let usual = Terms::default();
        let terms = Terms {
            scopes: match new.scopes.as_slice() {
                [] => usual.scopes,
                scopes => scopes.iter().copied().collect(),
            },
            expires_at: issuing::in_days(new.days),
            ..usual
        };
        let name = name.clone();
        let minted = issuing::issue(connection, &NewToken { principal, name }, &terms).await?;
        Ok(format!("{}\n", minted.token))
    };
    with(&new.database, make).await
}

async fn party(
    connection: &mut PgConnection,
    role: Role,
    code: Option<&str>,
) -> anyhow::Result<Option<PartyId>> {
    match (role, code) {
        (role, Some(code)) if !role.is_secretariat() => {
            let party = PartyId::from_code(&code.to_uppercase());
            let known = sqlx::query_scalar!(
                "select exists (select from log.event where stream = $1)",
                party.0
            )
            .fetch_one(connection)
            .await?;
            anyhow::ensure!(
                known == Some(true),
                "--party is {code:?}, and no such party is registered"
            );
            Ok(Some(party))
        }
        (_, Some(_)) => {
            anyhow::bail!("--party is for parties' roles; the Secretariat acts for no party")
        }
        (role, None) if role.is_secretariat() => Ok(None),
        (role, None) => anyhow::bail!("--role {} needs --party, such as FIN", role.as_str()),
    }
}

async fn list(connection: &mut PgConnection) -> anyhow::Result<String> {
    let codes = sqlx::query!(r#"select id as "id!", code as "code!" from views.parties"#)
        .fetch_all(&mut *connection)
        .await?;
    let codes = codes.into_iter().map(|party| (party.id, party.code));
    let codes: HashMap<Uuid, String> = codes.collect();
    let mut lines = String::new();
    let mut after = None;
    loop {
        let tokens = issuing::list(&mut *connection, None, after, PAGE).await?;
        let Some(last) = tokens.last() else {
            return Ok(lines);
        };
        after = Some(last.id);
        for token in &tokens {
            lines.push_str(&line(token, &codes));
        }
    }
}

/// What there is to say of a token, in columns that a tab parts.
fn line(token: &ListedToken, codes: &HashMap<Uuid, String>) -> String {
    let end = match (&token.revoked_at, &token.expires_at) {
        (Some(time), _) => format!("revoked {time}"),
        (None, Some(time)) => format!("until {time}"),
        (None, None) => "without end".to_owned(),
    };
    let used = token.last_used_at.as_ref();
    let used = used.map_or_else(|| "never used".to_owned(), |time| format!("used {time}"));
    let party = token.party.map_or_else(String::new, |id| {
        let code = codes.get(&id);
        format!(" {}", code.cloned().unwrap_or_else(|| id.to_string()))
    });
    let scopes = token.scopes.join(",");
    // A name is what somebody wrote: it must not break the line, nor speak to the terminal.
    let name = token.name.replace(char::is_control, " ");
    format!(
        "{}\t{}{party}\t{scopes}\t{end}\t{used}\t{name}\n",
        token.id, token.role
    )
}

async fn revoke(connection: &mut PgConnection, id: Uuid) -> anyhow::Result<String> {
    let mut transaction = connection.begin().await?;
    issuing::find(&mut *transaction, id)
        .await?
        .with_context(|| format!("there is no token {id}; `rapporteur token list` shows them"))?;
    issuing::revoke(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok(format!("Revoked {id}.\n"))
}
