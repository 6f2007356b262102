//! Accounts: in what capacity a person may come in by a link.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::invalidation::{self, Kind};
use super::{Principal, Role, issuing};
use domain::{PartyId, PersonId};

/// A person in a role for a party. Somebody who has several acts in one at a time, which they choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub person: PersonId,
    /// In what capacity.
    pub role: Role,
    /// For whom.
    pub party: PartyId,
}

impl Account {
    /// The principal that acts through this account.
    pub fn principal(&self) -> Principal {
        Principal {
            id: self.person.0,
            role: self.role,
            party: Some(self.party),
        }
    }
}

/// The accounts that a person can come in by, the oldest first: those whose office stands; none once the person is erased.
///
/// # Errors
/// The database does not answer.
pub(super) async fn of_person(pool: &PgPool, person: PersonId) -> sqlx::Result<Vec<Account>> {
    let rows = sqlx::query!(
        "select a.id, a.role, a.party from access.account a where a.person = $1 and access.lets_in(a) order by a.since, a.id",
        person.0
    )
    .fetch_all(pool)
    .await?;
    let accounts = rows.into_iter().map(|row| {
        Ok(Account {
            id: row.id,
            person,
            role: role(&row.role)?,
            party: PartyId(row.party),
        })
    });
    accounts.collect()
}

/// The account of a person in a role for a party, made or opened anew where it is not there.
///
/// # Errors
/// The database does not answer, or refuses: the Secretariat has no accounts.
pub(super) async fn open(
    connection: &mut PgConnection,
    person: PersonId,
    role: Role,
    party: PartyId,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into access.account (id, person, role, party) values ($1, $2, $3, $4)
         on conflict (person, role, party) do update set until = null returning id",
        clock::new_id(),
        person.0,
        role.as_str(),
        party.0
    )
    .fetch_one(connection)
    .await
}

/// Whether a principal who came in by a session still can, and keeps that so until the transaction ends.
///
/// # Errors
/// The database does not answer.
pub async fn holds(connection: &mut PgConnection, principal: &Principal) -> sqlx::Result<bool> {
    // Locked before the office is looked at, as it is by whoever ends the account: so no token is made meanwhile that nobody
    // would revoke.
    let locked = sqlx::query_scalar!(
        "select id from access.account
          where person = $1 and role = $2 and party = $3 and until is null for share",
        principal.id,
        principal.role.as_str(),
        principal.party.map(|party| party.0)
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(account) = locked else {
        return Ok(false);
    };
    sqlx::query_scalar!(
        r#"select access.lets_in(a) as "lets_in!" from access.account a where id = $1"#,
        account
    )
    .fetch_one(connection)
    .await
}

/// Ends the accounts whose office has ended, and the sessions, links and tokens that let somebody in through them. An account
/// ends together with its office; this catches what a process left open that was cut short in between, or a program that did
/// not end accounts yet. To be followed by [`super::Invalidation::forget`].
///
/// # Errors
/// The database does not answer.
pub async fn end_without_office(pool: &PgPool) -> sqlx::Result<()> {
    let over = sqlx::query!(
        "select person, role, party from access.account where until is null and not access.stands(role, party, person)"
    )
    .fetch_all(pool)
    .await?;
    for account in over {
        let mut transaction = pool.begin().await?;
        let (person, party) = (PersonId(account.person), PartyId(account.party));
        end_account(&mut transaction, person, role(&account.role)?, party).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Ends the accounts of a person who is erased, and with them their links and sessions: none opens anything once its account
/// has ended. Sessions that stand on no account end too.
///
/// # Errors
/// The database does not answer.
pub async fn end_accounts(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "with ended as (update access.session set ended_at = now() where person = $1 and ended_at is null)
         update access.account set until = now() where person = $1 and until is null",
        person.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a person's account in a role for a party, if they have one, and what lets them in in that capacity: sessions, links
/// and tokens, for good. If they are invited again, they begin
/// with none of these. To be followed, after the commit, by
/// [`super::Invalidation::forget`].
///
/// # Errors
/// The database does not answer.
pub async fn end_account(
    connection: &mut PgConnection,
    person: PersonId,
    role: Role,
    party: PartyId,
) -> sqlx::Result<()> {
    let account = sqlx::query_scalar!(
        "update access.account set until = coalesce(until, now())
          where person = $1 and role = $2 and party = $3 returning id",
        person.0,
        role.as_str(),
        party.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(account) = account {
        sqlx::query!(
            "with ended as (update access.link set ended_at = now()
                             where account = $1 and used_at is null and ended_at is null)
             update access.session set ended_at = now() where account = $1 and ended_at is null",
            account
        )
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query!(
        "update access.session set ended_at = now() where person = $1 and role = $2 and party = $3 and ended_at is null",
        person.0,
        role.as_str(),
        party.0
    )
    .execute(&mut *connection)
    .await?;
    let principal = Principal {
        id: person.0,
        role,
        party: Some(party),
    };
    issuing::revoke_as(&mut *connection, &principal).await?;
    invalidation::notify(connection, Kind::Sessions).await
}

/// A stored role.
pub(super) fn role(stored: &str) -> sqlx::Result<Role> {
    stored
        .parse()
        .map_err(|error: String| sqlx::Error::Decode(error.into()))
}
