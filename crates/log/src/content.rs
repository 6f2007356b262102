//! Contents: words and documents beside the log, to which events commit by a salted hash.

use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::ReadError;
use super::numbers::number;

/// A content to store with the event that names it.
#[derive(Clone, Debug)]
pub struct NewContent {
    /// Its id, a UUIDv7.
    pub id: Uuid,
    /// Random bytes that keep the commitment from being guessed for short words.
    pub salt: [u8; 16],
    /// For example `text/plain` or `application/json`.
    pub media_type: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
}

impl NewContent {
    /// A new content with a fresh id and salt.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    pub fn new(media_type: &'static str, body: Vec<u8>) -> Result<Self, getrandom::Error> {
        Ok(Self {
            id: clock::new_id(),
            salt: clock::random()?,
            media_type,
            body,
        })
    }

    /// What events hold of it: SHA-256 of salt and body, in hexadecimal.
    pub fn commitment(&self) -> String {
        commitment(&self.salt, &self.body)
    }
}

/// SHA-256 of salt and body, in hexadecimal.
pub fn commitment(salt: &[u8], body: &[u8]) -> String {
    hex::encode(
        Sha256::new()
            .chain_update(salt)
            .chain_update(body)
            .finalize(),
    )
}

/// The bodies of those of `ids` that are stored, by id.
///
/// # Errors
/// The database does not answer.
pub async fn bodies(
    pool: &PgPool,
    ids: &[Uuid],
) -> Result<std::collections::HashMap<Uuid, Vec<u8>>, ReadError> {
    let rows = sqlx::query!("select id, body from log.content where id = any($1)", ids)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.body)).collect())
}

/// Those of `ids` that are stored.
///
/// # Errors
/// The database does not answer.
pub async fn stored_ids(
    pool: &PgPool,
    ids: &[Uuid],
) -> Result<std::collections::HashSet<Uuid>, ReadError> {
    let rows = sqlx::query_scalar!("select id from log.content where id = any($1)", ids)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The media type of a content that is stored and that an event names; `None` where there is none.
///
/// # Errors
/// The database does not answer.
pub async fn media_type(pool: &PgPool, id: Uuid) -> Result<Option<String>, ReadError> {
    let media_type = sqlx::query_scalar!(
        "select media_type from log.content where id = $1 and not exists (select from log.upload where content = $1)",
        id
    )
    .fetch_optional(pool)
    .await?;
    Ok(media_type)
}

/// Where the event stands with which a content was deleted, if it was: it went with the file to which it belonged.
///
/// # Errors
/// The database does not answer.
pub async fn deleted(pool: &PgPool, id: Uuid) -> Result<Option<u64>, ReadError> {
    let position = sqlx::query_scalar!("select position from log.deletion where content = $1", id)
        .fetch_optional(pool)
        .await?;
    Ok(position.map(number))
}
