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
    /// officer or focal_point
    #[arg(long)]
    role: Role,
    /// The party for which a focal point acts, by its code, such as FIN
    #[arg(long, required_if_eq("role", "focal_point"))]
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
        (Role::FocalPoint, Some(code)) => {
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
            anyhow::bail!("--party is for focal points; an officer acts for the Secretariat")
        }
        (_, None) => None,
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
