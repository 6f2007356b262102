//! The directory: who stands behind the ids that events name. It can forget; the log cannot.

mod details;
mod erasure;
mod identities;

use sqlx::PgPool;

use crate::clock;
use crate::domain::{Lang, PersonId};

pub use details::Details;
pub use erasure::Erasure;
pub use identities::{Bound, Identity};

/// A person, as the directory knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What events name.
    pub id: PersonId,
    /// As they write it.
    pub name: String,
    /// Their address, as they write it; no two persons have the same one.
    pub email: String,
    /// Where they can be called.
    pub telephone: Option<String>,
    /// What they are, and where.
    pub function: Option<String>,
    /// In which they are written to.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The directory has it.
    Done,
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

    /// A person; `None` for one who is unknown or was erased.
    ///
    /// # Errors
    /// The database does not answer.
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

    /// Who has this address, however its letters are cased.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn at(&self, email: &str) -> sqlx::Result<Option<PersonId>> {
        sqlx::query_scalar!(
            "select id from directory.person where lower(email) = lower($1)",
            email
        )
        .fetch_optional(&self.pool)
        .await
        .map(|id| id.map(PersonId))
    }

    /// Who has this address, added if nobody has. Whoever is there already keeps what the directory says of them.
    ///
    /// # Errors
    /// The database does not answer.
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
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn find_or_add_details(&self, new: &Details) -> sqlx::Result<(PersonId, bool)> {
        // The id does not tell when it was made: a party that invites somebody is not to learn that they were known before.
        // Nor does the time that it takes, so who was there is written too, as they were.
        let id = clock::untimed_id()
            .map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
        let found = sqlx::query!(
            r#"insert into directory.person as there (id, name, email, telephone, function, language)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (lower(email)) do update set created_at = there.created_at
               returning id"#,
            id,
            new.name,
            new.email,
            new.telephone,
            new.function,
            new.language.as_str(),
        )
        .fetch_one(&self.pool)
        .await?;
        Ok((PersonId(found.id), found.id == id))
    }

    /// Corrects what is known of a person; one who was erased stays so.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn correct(&self, id: PersonId, to: &Details) -> sqlx::Result<Correction> {
        let done = sqlx::query_scalar!(
            r#"select directory.correct($1, $2, $3, $4, $5, $6) as "done!""#,
            id.0,
            to.name,
            to.email,
            to.telephone,
            to.function,
            to.language.as_str(),
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(if done {
            Correction::Done
        } else {
            Correction::AddressTaken
        })
    }
}
