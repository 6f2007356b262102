//! Answers: when each was changed last.

use sqlx::PgPool;
use uuid::Uuid;

use super::{number, position};

/// The position of the last event up to `as_of` (null: now) that gave, changed or cleared a reply's answer to a question;
/// 0 where there is none.
///
/// # Errors
/// The database does not answer.
pub async fn changed(
    pool: &PgPool,
    reply: Uuid,
    question: &str,
    as_of: Option<u64>,
) -> sqlx::Result<u64> {
    let found = sqlx::query_scalar!(
        // From the reply's last event back: its answers are found by its stream.
        r#"select coalesce(
                  (select a.since from log.event e join views.answer a on a.since = e.position and a.question = $2
                    where e.stream = $1 and e.position <= coalesce($3, e.position)
                    order by e.version desc limit 1), 0) as "changed!""#,
        reply,
        question,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(position(found))
}
