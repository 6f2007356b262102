//! Bearer tokens: random, shown once, kept only as a hash.

use std::time::{Duration, Instant};

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Principal, Role};
use crate::clock;
use crate::domain::{PartyId, PersonId};

/// How long a token that was looked up is taken for good: a token's revocation takes effect within this time.
const TRUSTED: Duration = Duration::from_secs(5);

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Whom it shows.
    pub principal: Principal,
    /// What it is for, in the words of whoever makes it.
    pub name: String,
}

/// A token as it is shown, once.
#[derive(Clone, Debug)]
pub struct Minted {
    /// The token's id, under which it is listed and revoked.
    pub id: Uuid,
    /// The secret: `rpt_` and 64 hexadecimal digits.
    pub token: String,
}

/// Finds principals by token.
pub struct Tokens {
    pool: PgPool,
    known: Cache<[u8; 32], (Principal, Instant)>,
}

impl Tokens {
    /// Tokens of this database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            known: Cache::new(4096),
        }
    }

    /// Whom the token shows; `None` for one that is unknown, expired or revoked.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn principal(&self, token: &str) -> sqlx::Result<Option<Principal>> {
        let hash = hash(token);
        if let Some((principal, looked_up)) = self.known.get(&hash)
            && looked_up.elapsed() < TRUSTED
        {
            return Ok(Some(principal));
        }
        let row = sqlx::query!(
            "select principal, role, party from access.token
              where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())",
            hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let principal = row.and_then(|row| {
            Some(Principal {
                id: row.principal,
                role: row.role.parse::<Role>().ok()?,
                party: row.party.map(PartyId),
            })
        });
        match principal {
            Some(principal) => self.known.insert(hash, (principal, clock::stopwatch())),
            None => {
                self.known.remove(&hash);
            }
        }
        Ok(principal)
    }
}

/// Makes a token. Its secret is in the answer and nowhere else.
///
/// # Errors
/// The database does not answer, or refuses.
pub async fn mint(pool: &PgPool, new: &NewToken) -> sqlx::Result<Minted> {
    let secret: [u8; 32] =
        clock::random().map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
    let minted = Minted {
        id: clock::new_id(),
        token: format!("rpt_{}", hex::encode(secret)),
    };
    let hash = hash(&minted.token);
    sqlx::query!(
        "insert into access.token (id, hash, principal, role, party, name) values ($1, $2, $3, $4, $5, $6)",
        minted.id,
        hash.as_slice(),
        new.principal.id,
        new.principal.role.as_str(),
        new.principal.party.map(|party| party.0),
        new.name,
    )
    .execute(pool)
    .await?;
    Ok(minted)
}

/// Revokes the tokens of a person who is erased, and forgets what they were called.
///
/// # Errors
/// The database does not answer.
pub async fn forget_tokens(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "update access.token set name = '', revoked_at = coalesce(revoked_at, now()) where principal = $1",
        person.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
