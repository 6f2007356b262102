//! Who is behind an identity at an issuer of single sign-on.

use sha2::{Digest, Sha256};

use super::Directory;
use domain::PersonId;

/// Somebody, as an issuer of single sign-on knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The issuer's URL, exactly as its tokens name it.
    pub issuer: String,
    /// The claim `sub`: theirs for good, within the issuer.
    pub subject: String,
}

impl Identity {
    /// What is kept of the subject, which can be an address. An issuer's URL has no line feed in it.
    fn hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(&self.issuer)
            .chain_update(b"\n")
            .chain_update(&self.subject)
            .finalize()
            .into()
    }
}

/// The person to whom an identity was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundPerson {
    /// Is in the directory.
    Person(PersonId),
    /// Was erased from it.
    Erased,
}

impl Directory {
    /// To whom an identity was bound; `None` for one that was not.
    pub async fn bound(&self, identity: &Identity) -> sqlx::Result<Option<BoundPerson>> {
        let hash = identity.hash();
        let row = sqlx::query!(
            r#"select p.id, p.erased_at is not null as "erased!"
                 from directory.identity i join directory.person p on p.id = i.person
                where i.issuer = $1 and i.subject_hash = $2"#,
            identity.issuer,
            hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| {
            if row.erased {
                BoundPerson::Erased
            } else {
                BoundPerson::Person(PersonId(row.id))
            }
        }))
    }

    /// Binds an identity to a person, unless it is bound already; answers to whom it is then.
    pub async fn bind(&self, identity: &Identity, person: PersonId) -> sqlx::Result<BoundPerson> {
        let hash = identity.hash();
        sqlx::query!(
            "insert into directory.identity (issuer, subject_hash, person) values ($1, $2, $3) on conflict do nothing",
            identity.issuer,
            hash.as_slice(),
            person.0
        )
        .execute(&self.pool)
        .await?;
        self.bound(identity).await?.ok_or(sqlx::Error::RowNotFound)
    }
}
