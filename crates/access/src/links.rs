//! Links that open once. To look at one changes nothing, since mail scanners follow links too; to open it uses it up, for
//! a session.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Role;
use super::accounts::{self, Account};
use super::secret::{self, Secret};
use super::sessions::{self, OpenedSession};
use domain::{PartyId, PersonId};
use mail::AskedIn;

const DAY: u64 = 24 * 60 * 60;

/// How long an invitation's link opens.
pub const INVITATION_LASTS: Duration = Duration::from_secs(10 * DAY);

/// How long a link opens that somebody asked for: they wait for it, and anybody can have one sent to them.
pub const SIGN_IN_LASTS: Duration = Duration::from_secs(DAY);

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It opens one account, for work on a collection or a consultation.
    Invitation {
        /// Which account.
        account: Uuid,
        /// The role of whoever invited them.
        inviter: Role,
        /// To which.
        to: AskedIn,
        /// To which of its sections; none for a focal point, to whom all are open.
        sections: Vec<String>,
    },
    /// It opens whichever of the person's accounts they choose.
    SignIn,
}

/// A link that would open, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose it is.
    pub person: PersonId,
    /// What it is for.
    pub purpose: Purpose,
    /// The accounts of which it opens one: at least one.
    pub accounts: Vec<Account>,
    /// Until when it opens, RFC 3339 in UTC.
    pub expires: String,
}

/// Finds links by their secret.
#[derive(Clone, Debug)]
pub struct Links {
    pool: PgPool,
}

impl Links {
    /// The links of this database.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// A link that would open; `None` for one that is unknown, used, expired or ended, whose person was erased, or has no
    /// longer the office to which it invites them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn look(&self, secret: &str) -> sqlx::Result<Option<Link>> {
        let hash = secret::hash(secret);
        let row = sqlx::query!(
            r#"select l.person, l.account, l.inviter, l.collection, l.consultation, l.sections, log.rfc3339(l.expires_at) as "expires!"
                 from access.link l left join access.account a on a.id = l.account
                where l.hash = $1 and l.used_at is null and l.ended_at is null and l.expires_at > now()
                  and (l.purpose = 'sign_in'
                       or access.stands_in(a.role, coalesce(l.collection, l.consultation), a.party, a.person))"#,
            hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let person = PersonId(row.person);
        let mut accounts = accounts::of_person(&self.pool, person).await?;
        let to = AskedIn::from_stored(row.collection, row.consultation);
        let purpose = match (row.account, row.inviter, to) {
            (Some(account), Some(inviter), Some(to)) => {
                accounts.retain(|known| known.id == account);
                Purpose::Invitation {
                    account,
                    inviter: accounts::role(&inviter)?,
                    to,
                    sections: row.sections,
                }
            }
            _ => Purpose::SignIn,
        };
        let link = Link {
            person,
            purpose,
            accounts,
            expires: row.expires,
        };
        Ok(Some(link).filter(|link| !link.accounts.is_empty()))
    }

    /// Uses a link up for a session in one of its accounts. Of two who try at once, one succeeds. `None` where the link does
    /// not open, or not this account; it is then not used up.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn open(&self, secret: &str, account: Uuid) -> sqlx::Result<Option<OpenedSession>> {
        let hash = secret::hash(secret);
        let mut transaction = self.pool.begin().await?;
        let person = sqlx::query_scalar!(
            "update access.link l set used_at = now()
               from access.account a
              where l.hash = $1 and l.used_at is null and l.ended_at is null and l.expires_at > now()
                and a.id = $2 and a.person = l.person and coalesce(l.account = a.id, true)
                and access.lets_in(a)
                and (l.purpose = 'sign_in'
                     or access.stands_in(a.role, coalesce(l.collection, l.consultation), a.party, a.person))
             returning l.person",
            hash.as_slice(),
            account
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(person) = person else {
            return Ok(None);
        };
        // Whoever has come in needs none of the links in their other letters.
        end(&mut transaction, PersonId(person), None).await?;
        let opened = sessions::begin(&mut transaction, account).await?;
        transaction.commit().await?;
        Ok(Some(opened))
    }
}

/// Ends a person's unused links: those that were asked for, or those of the invitation of an account to a collection or
/// consultation.
pub(super) async fn end(
    connection: &mut PgConnection,
    person: PersonId,
    invitation: Option<(Uuid, AskedIn)>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update access.link set ended_at = now()
          where person = $1 and used_at is null and ended_at is null
            and account is not distinct from $2 and coalesce(collection, consultation) is not distinct from $3",
        person.0,
        invitation.map(|(account, _)| account),
        invitation.map(|(_, to)| to.id())
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends unused invitations to act for a party in a collection or consultation: those whose invitees no longer have the office.
///
/// # Errors
/// The database does not answer.
pub async fn end_invitations(
    connection: &mut PgConnection,
    of: AskedIn,
    party: PartyId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update access.link l set ended_at = now()
           from access.account a
          where a.id = l.account and coalesce(l.collection, l.consultation) = $1 and a.party = $2 and l.used_at is null and l.ended_at is null
            and not access.stands_in(a.role, $1, a.party, a.person)",
        of.id(),
        party.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a link in place of the earlier ones to the same, unless this very command has made one already.
pub(super) async fn make_after(
    connection: &mut PgConnection,
    person: PersonId,
    purpose: &Purpose,
    command: Uuid,
) -> sqlx::Result<Option<Secret>> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from access.link where command = $1) as "known!""#,
        command
    )
    .fetch_one(&mut *connection)
    .await?;
    if known {
        return Ok(None);
    }
    if let Purpose::Invitation { account, to, .. } = purpose {
        end(connection, person, Some((*account, *to))).await?;
    }
    make(connection, person, purpose, Some(command)).await
}

/// Makes a link. Its secret is in the answer and nowhere else. `None` where the same command has made one already.
pub(super) async fn make(
    connection: &mut PgConnection,
    person: PersonId,
    purpose: &Purpose,
    command: Option<Uuid>,
) -> sqlx::Result<Option<Secret>> {
    let secret = Secret::new("")?;
    let (account, inviter, to, sections, lasts) = match purpose {
        Purpose::Invitation {
            account,
            inviter,
            to,
            sections,
        } => (
            Some(*account),
            Some(inviter.as_str()),
            Some(*to),
            sections.as_slice(),
            INVITATION_LASTS,
        ),
        Purpose::SignIn => (None, None, None, [].as_slice(), SIGN_IN_LASTS),
    };
    let purpose = match purpose {
        Purpose::Invitation { .. } => "invitation",
        Purpose::SignIn => "sign_in",
    };
    let hash = secret.hash();
    let made = sqlx::query!(
        "insert into access.link (id, hash, purpose, person, account, inviter, collection, sections, command, expires_at, consultation)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10), $11)
         on conflict (command) do nothing",
        clock::new_id(),
        hash.as_slice(),
        purpose,
        person.0,
        account,
        inviter,
        to.and_then(AskedIn::collection),
        sections,
        command,
        lasts.as_secs_f64(),
        to.and_then(AskedIn::consultation)
    )
    .execute(connection)
    .await?;
    Ok((made.rows_affected() == 1).then_some(secret))
}
