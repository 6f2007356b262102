//! Finding whom a token shows.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use quick_cache::sync::Cache;
use sqlx::PgPool;
use uuid::Uuid;

use super::invalidation::{Invalidation, Kind, TRUSTED};
use super::joint_lookup::{self, JointLookup, Lookup};
use super::secret::{self, SecretHash};
use super::standing::UNSEEN_DAYS;
use super::{Credential, Principal, Role, Scopes};
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
    lookup: JointLookup<TokenLookup>,
    known: Cache<SecretHash, CachedCredential>,
    invalidation: Invalidation,
}

impl Tokens {
    /// Tokens of this database, looked up in `lookups`; `invalidation` says when what was looked up holds no longer.
    pub fn new(pool: PgPool, lookups: PgPool, invalidation: Invalidation) -> Self {
        Self {
            lookup: JointLookup::new(TokenLookup(lookups)),
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
        let hash = secret::hash(token);
        let generation = self.invalidation.generation(Kind::Tokens);
        let asked_at = clock::stopwatch();
        if let Some(known) = self.known.get(&hash)
            && known.generation == generation
            && asked_at < known.until
        {
            return Ok(Some(known.credential));
        }
        let Some(found) = self.lookup.find(hash).await? else {
            self.known.remove(&hash);
            return Ok(None);
        };
        if !found.credential.principal.role.is_office() {
            self.known.insert(
                hash,
                CachedCredential {
                    credential: found.credential,
                    generation,
                    until: asked_at + found.left.min(TRUSTED),
                },
            );
        }
        if let (true, Some(id)) = (found.is_use_unnoted, found.credential.token) {
            // Off the request's path: it neither waits for this nor fails with it.
            tokio::spawn(note_use(self.pool.clone(), id));
        }
        Ok(Some(found.credential))
    }
}

/// What a token shows now.
#[derive(Clone, Copy)]
struct FoundToken {
    credential: Credential,
    /// For how long, if nothing happens.
    left: Duration,
    /// Whether it is time to note that it is used.
    is_use_unnoted: bool,
}

/// Finds tokens that hold.
struct TokenLookup(PgPool);

impl Lookup for TokenLookup {
    type Found = FoundToken;

    async fn find(&self, keys: &[SecretHash]) -> sqlx::Result<HashMap<SecretHash, FoundToken>> {
        let rows = sqlx::query!(
            r#"select t.hash, t.id, t.principal, t.role, t.party, t.scopes, t.identity,
                      extract(epoch from least(t.expires_at, s.seen_at + make_interval(days => $2)) - now())::float8
                          as seconds_left,
                      (t.last_used_at is null or t.last_used_at < now() - interval '1 minute') as "is_use_unnoted!"
                 from access.token t left join access.standing s on s.identity = t.identity
                where t.hash = any($1) and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
                  and (t.identity is null or s.seen_at > now() - make_interval(days => $2))
                  and not access.has_ended_since(t.role, t.party, t.principal, t.created_at)"#,
            keys as &[SecretHash],
            UNSEEN_DAYS
        )
        .fetch_all(&self.0)
        .await?;
        let mut found = HashMap::new();
        for row in rows {
            // A role of another program's shows nobody here.
            let Ok(role) = row.role.parse::<Role>() else {
                continue;
            };
            let scopes = row.scopes.iter().filter_map(|scope| scope.parse().ok());
            let credential = Credential {
                principal: Principal {
                    id: row.principal,
                    role,
                    party: row.party.map(PartyId),
                },
                scopes: scopes.collect::<Scopes>(),
                token: Some(row.id),
                identity: row.identity,
            };
            let token = FoundToken {
                credential,
                left: row.seconds_left.map_or(TRUSTED, |seconds| {
                    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
                }),
                is_use_unnoted: row.is_use_unnoted,
            };
            found.extend(joint_lookup::keyed(&row.hash, token));
        }
        Ok(found)
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
