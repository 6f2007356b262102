//! Digests: how often somebody is told by letter what waits, and up to where they were told.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use domain::PersonId;

domain::code_enum! {
    /// How often somebody is told what waits for them.
    pub enum DigestFrequency {
        /// As soon as something comes in.
        AtOnce = "at_once",
        /// Once a day at most.
        Daily = "daily",
        /// Not by letter.
        Never = "never",
    }
}

/// Somebody who is to be told.
#[derive(Clone, Copy, Debug)]
pub struct DueDigest {
    /// Who.
    pub person: PersonId,
    /// Up to where they were told.
    pub position: u64,
}

/// How often somebody is told; who never said so, not at all.
///
/// # Errors
/// The database does not answer.
pub async fn frequency(pool: &PgPool, person: PersonId) -> sqlx::Result<DigestFrequency> {
    let every = sqlx::query_scalar!("select every from mail.digest where person = $1", person.0);
    match every.fetch_optional(pool).await? {
        Some(every) => every
            .parse()
            .map_err(|error| sqlx::Error::Decode(Box::new(error))),
        None => Ok(DigestFrequency::Never),
    }
}

/// Sets how often somebody is told, of what comes after a position if they were told nothing before. `identity` is by which they
/// came in through single sign-on, if so.
///
/// # Errors
/// The database does not answer.
pub async fn set(
    pool: &PgPool,
    person: PersonId,
    every: DigestFrequency,
    position: u64,
    identity: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mail.digest as there (person, every, position, identity) values ($1, $2, $3, $4)
         on conflict (person) do update set every = $2, due_at = now(), identity = $4,
             position = case there.every when 'never' then $3 else there.position end",
        person.0,
        every.as_str(),
        i64::try_from(position).unwrap_or(i64::MAX),
        identity
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Somebody who is to be told of what came up to a position; nobody else takes them until the transaction ends. Who was erased, or
/// is no officer any more by token or single sign-on, is nobody.
///
/// # Errors
/// The database does not answer.
pub async fn take(connection: &mut PgConnection, head: u64) -> sqlx::Result<Option<DueDigest>> {
    let due = sqlx::query!(
        "select d.person, d.position from mail.digest d
          where d.every <> 'never' and d.due_at <= now() and d.position < $1
            and exists (select from directory.person p where p.id = d.person and p.erased_at is null)
            and (exists (select from access.token t
                          where t.principal = d.person and t.role in ('officer', 'administrator') and t.revoked_at is null
                            and (t.expires_at is null or t.expires_at > now()))
                 or exists (select from access.standing s
                             where s.identity = d.identity and s.role in ('officer', 'administrator')
                               and s.seen_at > now() - interval '30 days'))
          order by d.person limit 1 for update of d skip locked",
        i64::try_from(head).unwrap_or(i64::MAX)
    )
    .fetch_optional(connection)
    .await?;
    Ok(due.map(|due| DueDigest {
        person: PersonId(due.person),
        position: u64::try_from(due.position).unwrap_or_default(),
    }))
}

/// Notes that somebody was told of what came up to a position, by a letter or because nothing did.
///
/// # Errors
/// The database does not answer.
pub async fn told(
    connection: &mut PgConnection,
    person: PersonId,
    head: u64,
    by_letter: bool,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update mail.digest
            set position = $2,
                due_at = case when $3 and every = 'daily' then now() + interval '1 day' else due_at end
          where person = $1",
        person.0,
        i64::try_from(head).unwrap_or(i64::MAX),
        by_letter
    )
    .execute(connection)
    .await?;
    Ok(())
}
