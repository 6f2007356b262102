//! The directory: who stands behind the ids that events name. It can forget; the log cannot.

pub mod address;
mod details;
mod identities;
mod traces;

use serde::Serialize;
use sqlx::{PgConnection, PgExecutor, PgPool, Postgres, Transaction};
use utoipa::ToSchema;

use domain::{Fault, Lang, PersonId};

pub use details::Details;
pub use identities::{BoundPerson, Identity};
pub use traces::Traces;

/// A person, as the directory knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PersonView)]
pub struct Person {
    /// What events name.
    pub id: PersonId,
    /// As they write it.
    pub name: String,
    /// Their address; no two persons have the same one.
    pub email: String,
    /// Where they can be called.
    pub telephone: Option<String>,
    /// What they are, and where.
    pub function: Option<String>,
    /// In which they are written to: ar, zh, en, fr, ru, es
    #[schema(value_type = domain::Lang)]
    pub language: Lang,
}

/// Somebody to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// In which they are written to.
    pub language: Lang,
}

/// What came of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The directory has it.
    Done,
    /// There is no such person, or they were erased.
    Unknown,
    /// What the person would be then has faults.
    Faulty(Vec<Fault>),
    /// Somebody else has that address.
    AddressTaken,
}

/// Reads and keeps persons.
#[derive(Clone, Debug)]
pub struct Directory {
    pool: PgPool,
}

impl Directory {
    /// The directory of this database.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// A transaction in its database.
    pub async fn begin(&self) -> sqlx::Result<Transaction<'static, Postgres>> {
        self.pool.begin().await
    }

    /// A person; `None` for one who is unknown or was erased.
    pub async fn person(&self, id: PersonId) -> sqlx::Result<Option<Person>> {
        let row = sqlx::query!(
            r#"select id, name as "name!", email as "email!", telephone, function, language
                 from directory.person where id = $1 and erased_at is null"#,
            id.0
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| Person {
            id: PersonId(row.id),
            name: row.name,
            email: row.email,
            telephone: row.telephone,
            function: row.function,
            language: row.language.parse().unwrap_or(Lang::En),
        }))
    }

    /// Who has this address, however its letters are cased and its host is written.
    pub async fn at(&self, email: &str) -> sqlx::Result<Option<PersonId>> {
        Ok(holders(&self.pool, email).await?.first().copied())
    }

    /// Who has this address, added if nobody has. Whoever is there already keeps what the directory says of them.
    pub async fn find_or_add(&self, new: &NewPerson) -> sqlx::Result<PersonId> {
        let NewPerson {
            name,
            email,
            language,
        } = new.clone();
        let details = Details {
            name,
            email,
            telephone: None,
            function: None,
            language,
        };
        Ok(self.find_or_add_details(&details).await?.0)
    }

    /// As [`Directory::find_or_add`], with all that is known; answers too whether they were added.
    pub async fn find_or_add_details(&self, new: &Details) -> sqlx::Result<(PersonId, bool)> {
        // Somebody may be there in a form in which addresses were kept before.
        let there = self.at(&new.email).await?.map(|person| person.0);
        // The id does not tell when it was made: a party that invites somebody is not to learn that they were known before.
        // Nor does the time that it takes, so who was there is written too, as they were.
        let id = clock::untimed_id()
            .map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
        let found = sqlx::query!(
            r#"insert into directory.person as there (id, name, email, telephone, function, language)
               values ($1, $2, coalesce((select p.email from directory.person p where p.id = $7::uuid), $3), $4, $5, $6)
               on conflict (lower(email)) do update set created_at = there.created_at
               returning id"#,
            id,
            new.name,
            new.email,
            new.telephone,
            new.function,
            new.language.as_str(),
            there,
        )
        .fetch_one(&self.pool)
        .await?;
        Ok((PersonId(found.id), found.id == id))
    }

    /// Corrects what is known of a person; one who was erased stays so. What they become is made of what they are at that
    /// moment, so that of two who correct different things at once both have their way.
    pub async fn correct(
        &self,
        id: PersonId,
        by: impl FnOnce(Person) -> Result<Details, Vec<Fault>> + Send,
    ) -> sqlx::Result<Correction> {
        let mut transaction = self.pool.begin().await?;
        let row = sqlx::query!(
            r#"select name as "name!", email as "email!", telephone, function, language
                 from directory.person where id = $1 and erased_at is null for update"#,
            id.0
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else {
            return Ok(Correction::Unknown);
        };
        let is = Person {
            id,
            name: row.name,
            email: row.email,
            telephone: row.telephone,
            function: row.function,
            language: row.language.parse().unwrap_or(Lang::En),
        };
        let held = is.email.clone();
        let mut to = match by(is) {
            Ok(to) => to,
            Err(faults) => return Ok(Correction::Faulty(faults)),
        };
        let holders = holders(&mut *transaction, &to.email).await?;
        if holders.iter().any(|holder| *holder != id) {
            if address::normal_form(&held).as_ref() != Some(&to.email) {
                return Ok(Correction::AddressTaken);
            }
            // The correction leaves the address as it is. Two persons may have the same one from before addresses had one form:
            // each keeps it as it is written.
            to.email = held;
        }
        let done = sqlx::query_scalar!(
            r#"select directory.correct($1, $2, $3, $4, $5, $6) as "done!""#,
            id.0,
            to.name,
            to.email,
            to.telephone,
            to.function,
            to.language.as_str(),
        )
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(if done {
            Correction::Done
        } else {
            Correction::AddressTaken
        })
    }
}

/// Whoever has this address: several, where it was kept in several forms before there was one. First those who come in by a
/// link, then those who have been there for longest.
async fn holders(executor: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "select id from directory.person p
          where lower(email) in (select lower(form) from unnest($1::text[]) as form)
          order by exists (select from access.account a where a.person = p.id and a.until is null) desc, created_at, id",
        &address::forms(email)
    );
    let ids = ids.fetch_all(executor).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Forgets what the directory knows of a person, and says whether it still knew; none where there never was such a person.
pub async fn forget(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        "update directory.person
            set name = null, email = null, telephone = null, function = null, language = 'en',
                erased_at = coalesce(erased_at, now())
          where id = $1
         returning erased_at = now() as \"now!\"",
        person.0
    )
    .fetch_optional(connection)
    .await
}
