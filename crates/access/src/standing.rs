//! What the issuers of single sign-on last said of each identity, and the tokens that hold only as long as that stays so.
//!
//! Somebody who comes in by an issuer's token has a role for as long as that token lasts: minutes. A token of our own that
//! they make with it would outlive whatever the issuer takes away later. So it is bound to their identity, twice:
//!
//! - when the issuer says something else of the identity (another role or party, or none), every token that is bound to it
//!   is revoked, and every session that began with it ends, for good;
//! - while the identity was not [seen](UNSEEN_DAYS), none that is bound to it opens anything: of somebody who is removed at
//!   the issuer nothing is ever said again.
//!
//! An issuer's token that was issued before the last one that was heard says what was so once, and changes nothing.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::invalidation::{self, Invalidation, Kind};
use super::{Principal, Role};
use domain::PartyId;

/// For how many days a token that was made through single sign-on opens something after its identity was last seen.
pub const UNSEEN_DAYS: i32 = 30;

/// What an issuer gives an identity: a role, and a party where the role is a party's; or nothing that lets it in.
pub type IssuerGrant = Option<(Role, Option<PartyId>)>;

/// Remembers what issuers say.
pub struct Standings {
    pool: PgPool,
    invalidation: Invalidation,
}

impl Standings {
    /// Of this database; `invalidation` hears what is revoked.
    pub fn new(pool: PgPool, invalidation: Invalidation) -> Self {
        Self { pool, invalidation }
    }

    /// Hears what a token that was issued at this time (seconds since 1970) says of an identity. That nothing has
    /// changed is written at most once an hour.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn hear(&self, identity: Uuid, given: IssuerGrant, issued: i64) -> sqlx::Result<()> {
        let (role, party) = stored(given);
        let is_known = sqlx::query_scalar!(
            r#"select (issued_at > to_timestamp($4::bigint)
                       or (role is not distinct from $2 and party is not distinct from $3
                           and seen_at > now() - interval '1 hour')) as "is_known!"
                 from access.standing where identity = $1"#,
            identity,
            role,
            party,
            issued
        )
        .fetch_optional(&self.pool)
        .await?;
        if is_known == Some(true) {
            return Ok(());
        }
        let mut transaction = self.pool.begin().await?;
        sqlx::query!(
            "insert into access.standing (identity, role, party, issued_at)
             values ($1, $2, $3, to_timestamp($4::bigint)) on conflict do nothing",
            identity,
            role,
            party,
            issued
        )
        .execute(&mut *transaction)
        .await?;
        // Locked before tokens are looked for, as it is by whoever makes one: so none is made meanwhile.
        let before = sqlx::query!(
            "select role, party from access.standing
              where identity = $1 and issued_at <= to_timestamp($2::bigint) for update",
            identity,
            issued
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(before) = before else {
            return Ok(());
        };
        sqlx::query!(
            "update access.standing set role = $2, party = $3, issued_at = to_timestamp($4::bigint), seen_at = now()
              where identity = $1",
            identity,
            role,
            party,
            issued
        )
        .execute(&mut *transaction)
        .await?;
        let is_changed = (before.role.as_deref(), before.party) != (role, party);
        if is_changed {
            sqlx::query!(
                "update access.token set revoked_at = now() where identity = $1 and revoked_at is null",
                identity
            )
            .execute(&mut *transaction)
            .await?;
            sqlx::query!(
                "update access.session set ended_at = now() where identity = $1 and ended_at is null",
                identity
            )
            .execute(&mut *transaction)
            .await?;
            for kind in [Kind::Tokens, Kind::Sessions] {
                invalidation::notify(&mut *transaction, kind).await?;
            }
        }
        transaction.commit().await?;
        if is_changed {
            self.invalidation.forget(Kind::Tokens);
            self.invalidation.forget(Kind::Sessions);
        }
        Ok(())
    }
}

/// Whether an identity still stands as a token or a session is about to be made through it, and keeps that so until the transaction
/// ends: as this principal, or as whatever it was when the token was made that is shown.
///
/// # Errors
/// The database does not answer.
pub async fn holds(
    connection: &mut PgConnection,
    identity: Uuid,
    principal: Option<&Principal>,
) -> sqlx::Result<bool> {
    let standing = sqlx::query!(
        "select role, party from access.standing where identity = $1 for share",
        identity
    )
    .fetch_optional(connection)
    .await?;
    let Some(standing) = standing else {
        return Ok(false);
    };
    Ok(match principal {
        None => standing.role.is_some(),
        Some(principal) => {
            let party = principal.party;
            let (role, party) = stored(Some((principal.role, party)));
            (standing.role.as_deref(), standing.party) == (role, party)
        }
    })
}

fn stored(given: IssuerGrant) -> (Option<&'static str>, Option<Uuid>) {
    given.map_or((None, None), |(role, party)| {
        (Some(role.as_str()), party.map(|party| party.0))
    })
}
