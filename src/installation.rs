//! What an installation alone knows: its secret, and what is made with it. It lies in the database, so that whoever restores a
//! backup has it, and whoever reads the public views has not.

use std::collections::HashSet;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgPool};
use uuid::Uuid;

use domain::Ids;

/// The secret and what was made before it.
pub struct Installation {
    secret: [u8; 32],
    plain: HashSet<Uuid>,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum InstallationError {
    /// The log holds what was made with a secret that is not there.
    #[error(
        "the log has streams whose ids were made with this installation's secret, and access.installation is empty; restore \
         the tables access.installation and access.plain_stream from the same backup as the log"
    )]
    SecretLost,
    /// The database does not answer, or refuses.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Installation {
    /// Makes the secret, once, and notes which streams are older. To be called once the views are this program's: from then on
    /// no older program appends, so what is noted is all.
    pub async fn make(owner: &PgConnectOptions) -> Result<(), InstallationError> {
        let mut connection = owner.connect().await?;
        let mut transaction = connection.begin().await?;
        let is_made =
            sqlx::query_scalar!(r#"select exists (select from access.installation) as "is_made!""#)
                .fetch_one(&mut *transaction)
                .await?;
        if is_made {
            return Ok(());
        }
        // The row that every append locks first.
        sqlx::query!("select from log.head for update")
            .execute(&mut *transaction)
            .await?;
        let is_lost = sqlx::query_scalar!(
            r#"select exists (select from log.event where version = 1 and get_byte(uuid_send(stream), 6) >> 4 = 8)
                   and not exists (select from access.installation) as "is_lost!""#
        )
        .fetch_one(&mut *transaction)
        .await?;
        if is_lost {
            return Err(InstallationError::SecretLost);
        }
        // Three times 122 random bits of the database's, so that no statement carries the secret.
        let made = sqlx::query!(
            "insert into access.installation (secret, since)
             select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
                    position
               from log.head
             on conflict do nothing"
        )
        .execute(&mut *transaction)
        .await?;
        if made.rows_affected() == 1 {
            sqlx::query!(
                "insert into access.plain_stream (stream)
                 select stream from log.event where version = 1 and get_byte(uuid_send(stream), 6) >> 4 = 5"
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(connection.close().await?)
    }

    /// This database's.
    ///
    /// # Errors
    /// The database does not answer, or there is none.
    pub async fn load(pool: &PgPool) -> sqlx::Result<Self> {
        let secret = sqlx::query_scalar!("select secret from access.installation")
            .fetch_one(pool)
            .await?;
        let plain = sqlx::query_scalar!("select stream from access.plain_stream")
            .fetch_all(pool)
            .await?;
        let secret = secret.try_into();
        Ok(Self {
            secret: secret
                .map_err(|_| sqlx::Error::Decode("the secret has another length".into()))?,
            plain: plain.into_iter().collect(),
        })
    }

    /// What makes its ids.
    pub fn ids(&self) -> Ids {
        Ids::new(&key(&self.secret, "ids"), self.plain.clone())
    }

    /// The key that seals letters.
    pub fn letters(&self) -> [u8; 32] {
        letters_key(&self.secret)
    }
}

/// The key that seals letters, of a secret of whatever length.
pub fn letters_key(secret: &[u8]) -> [u8; 32] {
    key(secret, "letters")
}

/// A key for one purpose: who learns it learns none of the others. What is longer than a block of HMAC's is hashed first.
fn key(secret: &[u8], purpose: &str) -> [u8; 32] {
    let secret: [u8; 32] = Sha256::digest(secret).into();
    let mut block = [0; 64];
    block[..32].copy_from_slice(&secret);
    let mac = Hmac::<Sha256>::new(&block.into()).chain_update(purpose);
    mac.finalize().into_bytes().into()
}
