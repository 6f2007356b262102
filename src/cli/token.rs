//! `rapporteur token`.

use clap::Args;
use sqlx::PgPool;

use super::database::Database;
use super::settings;
use crate::access::{self, NewToken, Principal, Role};
use crate::clock;
use crate::domain::PartyId;
use crate::server;
use crate::views::DEFINITIONS;

#[derive(Debug, Args)]
pub struct Arguments {
    /// administrator, officer, focal_point, contributor, mission or donor
    #[arg(long)]
    role: Role,
    /// The party for which the holder acts, by its code, such as FIN; not for the Secretariat
    #[arg(long)]
    party: Option<String>,
    /// What the token is for
    #[arg(long)]
    name: String,
    #[command(flatten)]
    database: settings::Database,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let database = Database::reach(&arguments.database, "main").await?;
    let minted = mint(&arguments, &database).await;
    database.stop().await?;
    super::print(&format!("{}\n", minted?))
}

async fn mint(arguments: &Arguments, database: &Database) -> anyhow::Result<String> {
    server::prepare(&database.owner, &DEFINITIONS).await?;
    let pool = PgPool::connect_with(database.owner.clone()).await?;
    let party = match (arguments.role, &arguments.party) {
        (role, Some(code)) if !role.is_secretariat() => {
            let party = PartyId::of(&code.to_uppercase());
            let known = sqlx::query_scalar!(
                "select exists (select from log.event where stream = $1)",
                party.0
            )
            .fetch_one(&pool)
            .await?;
            anyhow::ensure!(
                known == Some(true),
                "--party is {code:?}, and no such party is registered"
            );
            Some(party)
        }
        (_, Some(_)) => {
            anyhow::bail!("--party is for parties' roles; the Secretariat acts for no party")
        }
        (role, None) if role.is_secretariat() => None,
        (role, None) => anyhow::bail!("--role {} needs --party, such as FIN", role.as_str()),
    };
    let new = NewToken {
        principal: Principal {
            id: clock::new_id(),
            role: arguments.role,
            party,
        },
        name: arguments.name.clone(),
    };
    let minted = access::mint(&pool, &new).await?;
    pool.close().await;
    Ok(minted.token)
}
