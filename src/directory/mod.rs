//! The directory: who stands behind the ids that events name. It can forget; the log cannot.

mod identities;

use sqlx::PgPool;

use crate::clock;
use crate::domain::{Lang, PersonId};

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
        sqlx::query!(
            "insert into directory.person (id, name, email, language) values ($1, $2, $3, $4)
             on conflict (lower(email)) do nothing",
            clock::new_id(),
            new.name,
            new.email,
            new.language.as_str(),
        )
        .execute(&self.pool)
        .await?;
        self.at(&new.email).await?.ok_or(sqlx::Error::RowNotFound)
    }
}
