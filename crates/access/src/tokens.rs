//! Finding whom a token shows.
//!
//! A token is 256 random bits, kept only as their SHA-256 hash and found by it. That is no timing oracle: what time a
//! look-up takes depends on the hash, whose bits nobody can choose without trying 2^n secrets for n of them. So no secret
//! is ever compared with another, in constant time or otherwise.

use std::time::{Duration, Instant};

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::invalidation::{Invalidation, Kind, TRUSTED};
use super::standing::UNSEEN_DAYS;
use super::{Credential, Principal, Role, Scopes, secret};
use domain::PartyId;

/// What a token begins with.
pub(super) const PREFIX: &str = "rpt_";

/// What a token showed when it was looked up.
#[derive(Clone, Copy)]
struct CachedCredential {
    credential: Credential,
    /// The generation before the look-up.
    generation: u64,
    /// Until when it is trusted without another look.
    until: Instant,
}

/// Finds principals by token.
pub struct Tokens {
    pool: PgPool,
    known: Cache<[u8; 32], CachedCredential>,
    invalidation: Invalidation,
}

impl Tokens {
    /// Tokens of this database; `invalidation` says when what was looked up holds no longer.
    pub fn new(pool: PgPool, invalidation: Invalidation) -> Self {
        Self {
            pool,
            known: Cache::new(4096),
            invalidation,
        }
    }

    /// What the token shows; `None` for one that is unknown, expired or revoked, whose identity was not seen for long, or whose
    /// principal's office has ended since it was made. One that stands on an office is looked up each time, as sessions are, so that its end is
    /// its end at once, in every process.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn credential(&self, token: &str) -> sqlx::Result<Option<Credential>> {
        if !secret::is_formed(token, PREFIX) {
            return Ok(None);
        }
        let hash = hash(token);
        let generation = self.invalidation.generation(Kind::Tokens);
        let asked_at = clock::stopwatch();
        if let Some(known) = self.known.get(&hash)
            && known.generation == generation
            && asked_at < known.until
        {
            return Ok(Some(known.credential));
        }
        let row = sqlx::query!(
            r#"select t.id, t.principal, t.role, t.party, t.scopes, t.identity,
                      extract(epoch from least(t.expires_at, s.seen_at + make_interval(days => $2)) - now())::float8
                          as seconds_left,
                      (t.last_used_at is null or t.last_used_at < now() - interval '1 minute') as "is_use_unnoted!"
                 from access.token t left join access.standing s on s.identity = t.identity
                where t.hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
                  and (t.identity is null or s.seen_at > now() - make_interval(days => $2))
                  and not access.has_ended_since(t.role, t.party, t.principal, t.created_at)"#,
            hash.as_slice(),
            UNSEEN_DAYS
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else {
            self.known.remove(&hash);
            return Ok(None);
        };
        let Ok(role) = row.role.parse::<Role>() else {
            return Ok(None);
        };
        let credential = Credential {
            principal: Principal {
                id: row.principal,
                role,
                party: row.party.map(PartyId),
            },
            scopes: row
                .scopes
                .iter()
                .filter_map(|scope| scope.parse().ok())
                .collect::<Scopes>(),
            token: Some(row.id),
            identity: row.identity,
        };
        if !role.is_office() {
            let left = row.seconds_left.map_or(TRUSTED, |seconds| {
                Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
            });
            self.known.insert(
                hash,
                CachedCredential {
                    credential,
                    generation,
                    until: asked_at + left.min(TRUSTED),
                },
            );
        }
        if row.is_use_unnoted {
            // Off the request's path: it neither waits for this nor fails with it.
            tokio::spawn(note_use(self.pool.clone(), row.id));
        }
        Ok(Some(credential))
    }
}

/// Notes that a token is used, at most once a minute over all processes.
async fn note_use(pool: PgPool, id: Uuid) {
    let noted = sqlx::query!(
        "update access.token set last_used_at = now()
          where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')",
        id
    )
    .execute(&pool)
    .await;
    if let Err(error) = noted {
        tracing::debug!(%error, token = %id, "the use of a token could not be noted");
    }
}

/// What is kept of a token.
pub(super) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
