//! Answers: when each was changed last.

use sqlx::PgPool;
use uuid::Uuid;

use super::{number, position};

/// Whose hand writes a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Its party's.
    Party,
    /// The Secretariat's, which enters it.
    Secretariat,
}

/// The position of the last event up to `as_of` (null: now) that gave, changed or cleared a reply's answer to a question;
/// 0 where there is none. Where the Secretariat took the pen, its answers begin with that, for each question alike: what
/// its party had drafted until then shows in none of them.
///
/// # Errors
/// The database does not answer.
pub async fn changed(
    pool: &PgPool,
    reply: Uuid,
    question: &str,
    as_of: Option<u64>,
    hand: Hand,
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
    let changed = position(found);
    if hand == Hand::Party {
        return Ok(changed);
    }
    let taken = sqlx::query_scalar!(
        r#"select coalesce(
                  (select max(e.position) from log.event e
                    where e.stream = $1
                      and e.command = (select b.command from log.event b
                                        where b.stream = $1 and b.kind = 'amendment_begun'
                                          and b.position <= coalesce($2, b.position)
                                        order by b.version desc limit 1)), 0) as "taken!""#,
        reply,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(changed.max(position(taken)))
}
