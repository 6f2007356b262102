//! Commands outside the log (tokens, links, the directory), done once for each Idempotency-Key.
//!
//! What such a command answered is kept beside what it did, in the same transaction, so a repetition gets the same answer
//! and does nothing. Secrets are not kept: the caller of [`run_once`] leaves them out of the answer that is remembered. A repetition is
//! answered only after a commit that waits until the row that it is answered from is safe.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use event_log::{CommandId, barrier};

/// How often old answers are swept.
const SWEEP: Duration = Duration::from_secs(3600);

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandOutcome<T, A> {
    /// It was done now. The first field is what this answer alone carries, such as a secret; the second is what every
    /// repetition is answered too.
    Now(T, A),
    /// It was done before, and answered this.
    Before(A),
}

/// Why a command was not done.
#[derive(Debug)]
pub enum CommandFailure<E> {
    /// A rule refuses it; nothing is remembered.
    Refused(E),
    /// The key was used for another request.
    KeyReused,
    /// The database does not answer, or what it remembers cannot be read.
    Database(sqlx::Error),
}

impl<E> From<sqlx::Error> for CommandFailure<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Does `work` in a transaction, unless the command was done before. Two that come at once wait for each other. A command
/// without a key is simply done.
///
/// # Errors
/// [`CommandFailure`]; then nothing was done.
pub async fn run_once<T, A, E>(
    pool: &PgPool,
    principal: Uuid,
    command: CommandId,
    work: impl AsyncFnOnce(&mut PgConnection) -> Result<(T, A), E>,
) -> Result<CommandOutcome<T, A>, CommandFailure<E>>
where
    A: Serialize + DeserializeOwned,
{
    let mut transaction = pool.begin().await?;
    if let Some(request) = command.request {
        let claimed = sqlx::query!(
            "insert into access.idempotency (command, principal, request) values ($1, $2, $3) on conflict do nothing",
            command.id,
            principal,
            request.as_slice()
        )
        .execute(&mut *transaction)
        .await?;
        if claimed.rows_affected() == 0 {
            let done = earlier_outcome(&mut transaction, command.id, &request).await?;
            barrier::write(&mut *transaction).await?;
            transaction.commit().await?;
            return Ok(done);
        }
    }
    let (shown_once, answer) = work(&mut transaction)
        .await
        .map_err(CommandFailure::Refused)?;
    if command.request.is_some() {
        let text = serde_json::to_string(&answer).map_err(unreadable)?;
        sqlx::query!(
            "update access.idempotency set answer = $2 where command = $1",
            command.id,
            text
        )
        .execute(&mut *transaction)
        .await?;
    }
    // Work that finds everything done already writes nothing.
    barrier::write(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(CommandOutcome::Now(shown_once, answer))
}

async fn earlier_outcome<T, A: DeserializeOwned, E>(
    connection: &mut PgConnection,
    command: Uuid,
    request: &[u8],
) -> Result<CommandOutcome<T, A>, CommandFailure<E>> {
    let row = sqlx::query!(
        r#"select request, answer as "answer!" from access.idempotency where command = $1"#,
        command
    )
    .fetch_one(connection)
    .await?;
    if row.request != request {
        return Err(CommandFailure::KeyReused);
    }
    let answer = serde_json::from_str(&row.answer).map_err(unreadable)?;
    Ok(CommandOutcome::Before(answer))
}

fn unreadable(error: serde_json::Error) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}

/// Forgets answers older than seven days, again and again. Ends only when aborted.
pub async fn sweep(pool: PgPool) {
    loop {
        let swept = sqlx::query!(
            "delete from access.idempotency where created_at < now() - interval '7 days'"
        )
        .execute(&pool)
        .await;
        if let Err(error) = swept {
            tracing::warn!(%error, "old answers of commands outside the log could not be swept");
        }
        tokio::time::sleep(SWEEP).await;
    }
}
