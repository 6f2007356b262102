//! Uploads: contents that are stored before the event that names them, because they are large and the writer, behind
//! whom all appends wait, should not carry them.
//!
//! An upload that no event names is cleared away: at once where that is known, and in any case by the first upload that
//! comes an hour later. The event ends it in its own transaction, and cannot be recorded where the upload is gone.

use sqlx::PgPool;
use uuid::Uuid;

use super::{NewContent, ReadError};

/// Stores a content before it is named.
///
/// # Errors
/// The database does not answer.
pub async fn store(pool: &PgPool, content: &NewContent) -> Result<(), ReadError> {
    discard(pool, Uuid::nil()).await?;
    let mut transaction = pool.begin().await?;
    // First, for what is stored already cannot be declared an upload.
    sqlx::query!("insert into log.upload (content) values ($1)", content.id)
        .execute(&mut *transaction)
        .await?;
    sqlx::query!(
        "insert into log.content (id, position, salt, media_type, body) values ($1, 0, $2, $3, $4)",
        content.id,
        &content.salt,
        content.media_type,
        content.body,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Clears away an upload that no event names or will name, and those that were left for an hour. One that an event has
/// named is left alone.
///
/// # Errors
/// The database does not answer.
pub async fn discard(pool: &PgPool, content: Uuid) -> Result<(), ReadError> {
    sqlx::query!("select log.discard_uploads($1)", content)
        .execute(pool)
        .await?;
    Ok(())
}
