//! Sessions: who opened a link stays in for thirty days after the last use, and for ninety in all. Who came in by single sign-on in the
//! browser stays in for as many hours as the settings give, however much the session is used, and no longer than the issuer
//! stands by what it said of them (see [`standing`](super::standing)).

use std::collections::HashMap;

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Principal;
use super::accounts;
use super::joint_lookup::{self, JointLookup, Lookup};
use super::secret::{self, Secret, SecretHash};
use super::standing::{self, UNSEEN_DAYS};
use domain::PartyId;

/// What a session's secret begins with, by which it is told from a token.
pub const PREFIX: &str = "rps_";

/// How long a session lasts after its last use.
pub const DAYS: i32 = 30;

/// How long a session lasts at most, however much it is used.
pub const MOST_DAYS: i32 = 90;

/// A session that has just begun.
#[derive(Debug)]
pub struct OpenedSession {
    /// What shows it.
    pub secret: Secret,
    /// Whom it shows.
    pub session: Session,
}

/// A session that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// Who acts in it.
    pub principal: Principal,
    /// The identity at an issuer of single sign-on by which they came in; none where that was a link.
    pub identity: Option<Uuid>,
    /// When it began, RFC 3339 in UTC.
    pub since: String,
    /// Until when it holds if it is not used any more, RFC 3339 in UTC.
    pub until: String,
    /// Until when it holds at most, RFC 3339 in UTC.
    pub at_most: String,
    /// Whether this use has moved its end on.
    pub is_renewed: bool,
}

/// Finds and ends sessions.
pub struct Sessions {
    pool: PgPool,
    lookup: JointLookup<SessionLookup>,
}

impl Sessions {
    /// The sessions of this database, looked up in `lookups`.
    pub fn new(pool: PgPool, lookups: PgPool) -> Self {
        Self {
            lookup: JointLookup::new(SessionLookup(lookups)),
            pool,
        }
    }

    /// The session that a secret shows, whose end this use moves on; `None` for one that is unknown, over or signed out,
    /// whose account has ended, or whose issuer does not stand by it any more, or whose person was erased. It is looked up each time, so that its end is its end at once;
    /// that it was used is written at most once an hour.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn find(&self, secret: &str) -> sqlx::Result<Option<Session>> {
        if !secret::is_formed(secret, PREFIX) {
            return Ok(None);
        }
        let found = self.lookup.find(secret::hash(secret)).await?;
        let Some((mut session, is_due)) = found else {
            return Ok(None);
        };
        if is_due
            && let Some(until) = self.renew(session.id).await?
            && session.identity.is_none()
        {
            session.until = until;
            session.is_renewed = true;
        }
        Ok(Some(session))
    }

    async fn renew(&self, id: Uuid) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar!(
            r#"update access.session
                  set last_seen_at = now(),
                      expires_at = case when account is null then expires_at else
                          least(now() + make_interval(days => $2), created_at + make_interval(days => $3)) end
                where id = $1 and ended_at is null and expires_at > now() and last_seen_at < now() - interval '1 hour'
               returning log.rfc3339(expires_at) as "until!""#,
            id,
            DAYS,
            MOST_DAYS
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Ends a session: what shows it opens nothing any more.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end(&self, id: Uuid) -> sqlx::Result<()> {
        sqlx::query!(
            "update access.session set ended_at = now() where id = $1 and ended_at is null",
            id
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Finds sessions, and whether it is time to note that they are used.
struct SessionLookup(PgPool);

impl Lookup for SessionLookup {
    type Found = (Session, bool);

    async fn find(&self, keys: &[SecretHash]) -> sqlx::Result<HashMap<SecretHash, Self::Found>> {
        let rows = sqlx::query!(
            r#"select s.hash, s.id, s.identity, coalesce(a.person, s.person) as "person!", coalesce(a.role, s.role) as "role!",
                      coalesce(a.party, s.party) as party, log.rfc3339(s.created_at) as "since!",
                      log.rfc3339(least(s.expires_at, m.most)) as "until!", log.rfc3339(m.most) as "at_most!",
                      s.last_seen_at < now() - interval '1 hour' as "is_due!"
                 from access.session s
                 left join access.account a on a.id = s.account
                 left join access.standing i
                        on i.identity = s.identity and i.role = s.role and i.party is not distinct from s.party
                cross join lateral (
                      select case when s.account is null
                                  then least(s.expires_at, i.seen_at + make_interval(days => $3))
                                  else s.created_at + make_interval(days => $2) end as most) m
                where s.hash = any($1) and s.ended_at is null and s.expires_at > now() and m.most > now()
                  and case when s.account is null then i.identity is not null and access.lets_in(s)
                           else access.lets_in(a) end"#,
            keys as &[SecretHash],
            MOST_DAYS,
            UNSEEN_DAYS
        )
        .fetch_all(&self.0)
        .await?;
        let mut found = HashMap::new();
        for row in rows {
            let session = Session {
                id: row.id,
                principal: Principal {
                    id: row.person,
                    role: accounts::role(&row.role)?,
                    party: row.party.map(PartyId),
                },
                identity: row.identity,
                since: row.since,
                until: row.until,
                at_most: row.at_most,
                is_renewed: false,
            };
            found.extend(joint_lookup::keyed(&row.hash, (session, row.is_due)));
        }
        Ok(found)
    }
}

/// Begins a session in an account.
pub(super) async fn begin(
    connection: &mut PgConnection,
    account: Uuid,
) -> sqlx::Result<OpenedSession> {
    let secret = Secret::new(PREFIX)?;
    let (id, hash) = (clock::new_id(), secret.hash());
    let row = sqlx::query!(
        r#"with begun as (
               insert into access.session (id, hash, account, expires_at)
               values ($1, $2, $3, now() + make_interval(days => $4)) returning account, created_at, expires_at)
           select a.person, a.role, a.party, log.rfc3339(b.created_at) as "since!", log.rfc3339(b.expires_at) as "until!",
                  log.rfc3339(b.created_at + make_interval(days => $5)) as "at_most!"
             from begun b join access.account a on a.id = b.account"#,
        id,
        hash.as_slice(),
        account,
        DAYS,
        MOST_DAYS
    )
    .fetch_one(connection)
    .await?;
    let principal = Principal {
        id: row.person,
        role: accounts::role(&row.role)?,
        party: Some(PartyId(row.party)),
    };
    Ok(OpenedSession {
        secret,
        session: Session {
            id,
            principal,
            identity: None,
            since: row.since,
            until: row.until,
            at_most: row.at_most,
            is_renewed: false,
        },
    })
}

/// Begins a session of an identity's, for so many hours, in place of the one that the browser showed before. `None` where the
/// issuer has said something else of the identity since.
///
/// # Errors
/// The database does not answer.
pub(super) async fn begin_signed_on(
    connection: &mut PgConnection,
    identity: Uuid,
    principal: Principal,
    hours: u16,
    before: Option<&str>,
) -> sqlx::Result<Option<OpenedSession>> {
    if let Some(before) = before {
        let hash = secret::hash(before);
        sqlx::query!(
            "update access.session set ended_at = now() where hash = $1 and ended_at is null",
            hash.as_slice()
        )
        .execute(&mut *connection)
        .await?;
    }
    if !standing::holds(&mut *connection, identity, Some(&principal)).await? {
        return Ok(None);
    }
    let secret = Secret::new(PREFIX)?;
    let (id, hash) = (clock::new_id(), secret.hash());
    let row = sqlx::query!(
        r#"insert into access.session (id, hash, identity, person, role, party, expires_at)
           values ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7))
           returning log.rfc3339(created_at) as "since!", log.rfc3339(expires_at) as "until!""#,
        id,
        hash.as_slice(),
        identity,
        principal.id,
        principal.role.as_str(),
        principal.party.map(|party| party.0),
        i32::from(hours)
    )
    .fetch_one(connection)
    .await?;
    Ok(Some(OpenedSession {
        secret,
        session: Session {
            id,
            principal,
            identity: Some(identity),
            since: row.since,
            at_most: row.until.clone(),
            until: row.until,
            is_renewed: false,
        },
    }))
}
