//! The end of all of somebody's access at once, and what an administrator looks at before.

use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use super::invalidation::{self, Kind};
use super::sessions::MOST_DAYS;

/// What was ended; nothing of what was over before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AccessEnded)]
pub struct EndedAccess {
    /// Tokens that show the person or that they made, and those that were made with one of these.
    pub tokens: i64,
    /// Accounts.
    pub accounts: i64,
    /// Sessions.
    pub sessions: i64,
    /// Links that were not used yet.
    pub links: i64,
}

/// An account: in what capacity a person comes in by a link. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AccountView)]
pub struct ListedAccount {
    /// Its id.
    pub id: Uuid,
    /// focal_point, contributor, mission, donor
    #[schema(value_type = crate::Role)]
    pub role: String,
    /// For which party.
    pub party: Uuid,
    /// Since when.
    #[schema(format = DateTime)]
    pub since: String,
    /// When it ended; null while the person comes in by it.
    #[schema(format = DateTime)]
    pub until: Option<String>,
}

/// A session that holds. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HeldSession)]
pub struct ListedSession {
    /// Its id.
    pub id: Uuid,
    /// The account by which the person came in; null where that was single sign-on.
    pub account: Option<Uuid>,
    /// When it began.
    #[schema(format = DateTime)]
    pub since: String,
    /// When it was last used, to the hour.
    #[schema(format = DateTime)]
    pub last_used: String,
    /// Until when it holds if it is not used any more.
    #[schema(format = DateTime)]
    pub until: String,
}

/// Ends all of somebody's access: revokes every token that shows them or that they made, with those that were made with one
/// of these; ends their accounts, sessions and unused links. What is over stays as it is. `None` where nobody has this id:
/// neither the directory nor a token nor a session. To be followed, after the commit, by [`super::Invalidation::forget`].
///
/// # Errors
/// The database does not answer.
pub async fn end_all(
    connection: &mut PgConnection,
    person: Uuid,
) -> sqlx::Result<Option<EndedAccess>> {
    if !is_known(&mut *connection, person).await? {
        return Ok(None);
    }
    // Accounts first, since no session begins and no link is sent without one.
    let accounts = sqlx::query!(
        "update access.account set until = now() where person = $1 and until is null",
        person
    )
    .execute(&mut *connection)
    .await?;
    let links = sqlx::query!(
        "update access.link set ended_at = now()
          where person = $1 and used_at is null and ended_at is null and expires_at > now()",
        person
    )
    .execute(&mut *connection)
    .await?;
    let sessions = sqlx::query!(
        "update access.session s set ended_at = now()
          where (s.person = $1 or s.account in (select id from access.account where person = $1))
            and s.ended_at is null and s.expires_at > now()",
        person
    )
    .execute(&mut *connection)
    .await?;
    let tokens = sqlx::query!(
        "with recursive ended (id) as (
             select id from access.token where principal = $1 or maker = $1
             union
             select made.id from access.token made join ended on made.made_with = ended.id)
         update access.token set revoked_at = now()
          where id in (select id from ended) and revoked_at is null and (expires_at is null or expires_at > now())",
        person
    )
    .execute(&mut *connection)
    .await?;
    for kind in [Kind::Tokens, Kind::Sessions] {
        invalidation::notify(&mut *connection, kind).await?;
    }
    let count = |done: sqlx::postgres::PgQueryResult| i64::try_from(done.rows_affected());
    let counted = (|| {
        Ok::<_, std::num::TryFromIntError>(EndedAccess {
            tokens: count(tokens)?,
            accounts: count(accounts)?,
            sessions: count(sessions)?,
            links: count(links)?,
        })
    })();
    counted
        .map(Some)
        .map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Whether the id is known: to the directory, where an erased person counts too, or from a token or a session.
///
/// # Errors
/// The database does not answer.
pub async fn is_known(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select (exists (select from directory.person where id = $1)
                   or exists (select from access.token where principal = $1 or maker = $1)
                   or exists (select from access.session where person = $1)) as "is_known!""#,
        person
    )
    .fetch_one(connection)
    .await
}

/// Somebody's accounts, those that have ended too, the oldest first.
///
/// # Errors
/// The database does not answer.
pub async fn accounts(pool: &PgPool, person: Uuid) -> sqlx::Result<Vec<ListedAccount>> {
    sqlx::query_as!(
        ListedAccount,
        r#"select id, role, party, log.rfc3339(since) as "since!", log.rfc3339(until) as until
             from access.account where person = $1 order by access.account.since, id"#,
        person
    )
    .fetch_all(pool)
    .await
}

/// Somebody's sessions that hold, the oldest first.
///
/// # Errors
/// The database does not answer.
pub async fn sessions(pool: &PgPool, person: Uuid) -> sqlx::Result<Vec<ListedSession>> {
    sqlx::query_as!(
        ListedSession,
        r#"select s.id, s.account, log.rfc3339(s.created_at) as "since!", log.rfc3339(s.last_seen_at) as "last_used!",
                  log.rfc3339(least(s.expires_at, s.created_at + make_interval(days => $2))) as "until!"
             from access.session s left join access.account a on a.id = s.account
            where coalesce(a.person, s.person) = $1 and a.until is null and s.ended_at is null and s.expires_at > now()
              and s.created_at + make_interval(days => $2) > now()
            order by s.created_at, s.id"#,
        person,
        MOST_DAYS
    )
    .fetch_all(pool)
    .await
}
