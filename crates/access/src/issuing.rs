//! Making, listing and revoking tokens. A token's secret is in the answer to whoever makes it, and nowhere else.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgExecutor, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use super::invalidation::{self, Kind};
use super::{Principal, Scopes, Secret, tokens};

/// For how many days a token is good where its maker does not say.
pub const USUAL_DAYS: i64 = 365;
/// For how many days a token is good at most: three years.
pub const MOST_DAYS: i64 = 3 * 365;

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Whom it shows.
    pub principal: Principal,
    /// What it is for, in the words of whoever makes it.
    pub name: String,
}

/// What a token is good for.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How much of its principal's rights it may use.
    pub scopes: Scopes,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The principal who makes it; none where the command line does.
    pub maker: Option<Uuid>,
    /// The token that its maker shows, if it is one: when that is revoked, so is this one.
    pub made_with: Option<Uuid>,
    /// The identity at an issuer of single sign-on through which its maker came in: it holds only as long as that
    /// [stands](super::standing) as it does.
    pub identity: Option<Uuid>,
}

impl Default for Terms {
    /// All that its principal may do, for a year.
    fn default() -> Self {
        Self {
            scopes: Scopes::ALL,
            expires_at: in_days(USUAL_DAYS),
            maker: None,
            made_with: None,
            identity: None,
        }
    }
}

/// The moment that is so many days from now.
pub fn in_days(days: i64) -> Timestamp {
    let now = clock::now();
    now.checked_add(SignedDuration::from_hours(24 * days))
        .unwrap_or(now)
}

/// A token as it is shown, once.
#[derive(Clone)]
pub struct IssuedToken {
    /// The token's id, under which it is listed and revoked.
    pub id: Uuid,
    /// The secret: `rpt_` and 64 hexadecimal digits.
    pub token: String,
}

/// Without the secret.
impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("IssuedToken")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A token, without its secret. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TokenView)]
pub struct ListedToken {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// Whom it shows.
    pub principal: Uuid,
    /// In which role.
    #[schema(value_type = crate::Role)]
    pub role: String,
    /// Acting for which party.
    pub party: Option<Uuid>,
    /// How much of the principal's rights it may use: figures, read, write.
    #[schema(value_type = Vec<crate::Scope>)]
    pub scopes: Vec<String>,
    /// The principal who made it; null where the command line did.
    pub maker: Option<Uuid>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it ends; null for one that does not.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// When it was last used, to the minute; null if never.
    #[schema(format = DateTime)]
    pub last_used_at: Option<String>,
    /// When it was revoked; null if it was not.
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
    /// Whether it was made through single sign-on: then it is revoked when the issuer gives its maker another role or party, or
    /// none, and opens nothing while the maker was not seen for thirty days.
    #[serde(rename = "through_sign_on", default)]
    pub is_through_sign_on: bool,
}

impl ListedToken {
    /// Whether it belongs to this principal: it shows the principal, or the principal made it.
    pub fn is_of(&self, principal: Uuid) -> bool {
        self.principal == principal || self.maker == Some(principal)
    }
}

/// Makes a token with the usual terms.
///
/// # Errors
/// The database does not answer, or refuses.
pub async fn mint(pool: &PgPool, new: &NewToken) -> sqlx::Result<IssuedToken> {
    issue(pool, new, &Terms::default()).await
}

/// Makes a token.
///
/// # Errors
/// The database does not answer, or refuses.
pub async fn issue(
    executor: impl PgExecutor<'_>,
    new: &NewToken,
    terms: &Terms,
) -> sqlx::Result<IssuedToken> {
    let secret = Secret::new(tokens::PREFIX)?;
    let minted = IssuedToken {
        id: clock::new_id(),
        token: secret.reveal().to_owned(),
    };
    let hash = secret.hash();
    sqlx::query!(
        "insert into access.token (id, hash, principal, role, party, name, scopes, maker, made_with, identity, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::timestamptz)",
        minted.id,
        hash.as_slice(),
        new.principal.id,
        new.principal.role.as_str(),
        new.principal.party.map(|party| party.0),
        new.name,
        &terms.scopes.names(),
        terms.maker,
        terms.made_with,
        terms.identity,
        terms.expires_at.to_string(),
    )
    .execute(executor)
    .await?;
    Ok(minted)
}

/// Answers when a token ends (`Some(None)`: never; `None`: it holds no longer), and keeps it from being revoked until the
/// transaction ends.
///
/// # Errors
/// The database does not answer.
pub async fn hold(
    connection: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Option<Option<Timestamp>>> {
    let row = sqlx::query!(
        "select log.rfc3339(expires_at) as expires_at from access.token
          where id = $1 and revoked_at is null and (expires_at is null or expires_at > now()) for share",
        id
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.expires_at.and_then(|time| time.parse().ok())))
}

/// A token, revoked and expired ones too.
///
/// # Errors
/// The database does not answer.
pub async fn find(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<ListedToken>> {
    sqlx::query_as!(
        ListedToken,
        r#"select id, name, principal, role, party, scopes, maker, log.rfc3339(created_at) as "created_at!",
                  log.rfc3339(expires_at) as expires_at, log.rfc3339(last_used_at) as last_used_at,
                  log.rfc3339(revoked_at) as revoked_at, identity is not null as "is_through_sign_on!"
             from access.token where id = $1"#,
        id
    )
    .fetch_optional(executor)
    .await
}

/// Tokens in the order in which they were made, revoked and expired ones too: those of a principal, or all.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    executor: impl PgExecutor<'_>,
    of: Option<Uuid>,
    after: Option<Uuid>,
    limit: i64,
) -> sqlx::Result<Vec<ListedToken>> {
    sqlx::query_as!(
        ListedToken,
        r#"select id, name, principal, role, party, scopes, maker, log.rfc3339(created_at) as "created_at!",
                  log.rfc3339(expires_at) as expires_at, log.rfc3339(last_used_at) as last_used_at,
                  log.rfc3339(revoked_at) as revoked_at, identity is not null as "is_through_sign_on!"
             from access.token
            where ($1::uuid is null or principal = $1 or maker = $1) and ($2::uuid is null or id > $2)
            order by id limit $3"#,
        of,
        after,
        limit
    )
    .fetch_all(executor)
    .await
}

/// Tokens of this name that hold.
///
/// # Errors
/// The database does not answer.
pub async fn tokens_named(
    executor: impl PgExecutor<'_>,
    name: &str,
) -> sqlx::Result<Vec<ListedToken>> {
    sqlx::query_as!(
        ListedToken,
        r#"select id, name, principal, role, party, scopes, maker, log.rfc3339(created_at) as "created_at!",
                  log.rfc3339(expires_at) as expires_at, log.rfc3339(last_used_at) as last_used_at,
                  log.rfc3339(revoked_at) as revoked_at, identity is not null as "is_through_sign_on!"
             from access.token where name = $1 and revoked_at is null and (expires_at is null or expires_at > now())
            order by id"#,
        name
    )
    .fetch_all(executor)
    .await
}

/// Revokes a token and those that were made with it; one that is revoked already stays as it is. To be followed, after
/// the commit, by [`super::Invalidation::forget`]; other processes are told.
///
/// # Errors
/// The database does not answer.
pub async fn revoke(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "with recursive ended (id) as (
             select $1::uuid
             union
             select made.id from access.token made join ended on made.made_with = ended.id)
         update access.token set revoked_at = now() where id in (select id from ended) and revoked_at is null",
        id
    )
    .execute(&mut *connection)
    .await?;
    invalidation::notify(connection, Kind::Tokens).await
}

/// Revokes every token that shows somebody in a role for a party, and those that were made with them. To be followed, after
/// the commit, by [`super::Invalidation::forget`].
///
/// # Errors
/// The database does not answer.
pub async fn revoke_as(connection: &mut PgConnection, principal: &Principal) -> sqlx::Result<()> {
    sqlx::query!(
        "with recursive ended (id) as (
             select id from access.token where principal = $1 and role = $2 and party is not distinct from $3
             union
             select made.id from access.token made join ended on made.made_with = ended.id)
         update access.token set revoked_at = now() where id in (select id from ended) and revoked_at is null",
        principal.id,
        principal.role.as_str(),
        principal.party.map(|party| party.0)
    )
    .execute(&mut *connection)
    .await?;
    invalidation::notify(connection, Kind::Tokens).await
}

/// Revokes every token that shows a principal, and forgets what the principal called them: for a person who is erased,
/// or who no longer has the role. To be followed, after the commit, by [`super::Invalidation::forget`].
///
/// # Errors
/// The database does not answer.
pub async fn revoke_all_of(connection: &mut PgConnection, principal: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update access.token set revoked_at = coalesce(revoked_at, now()), name = '' where principal = $1",
        principal
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from access.idempotency where principal = $1",
        principal
    )
    .execute(&mut *connection)
    .await?;
    invalidation::notify(connection, Kind::Tokens).await
}
