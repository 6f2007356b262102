//! Answers: when each was changed last.

use sqlx::PgPool;
use uuid::Uuid;

use super::{number, position, replies};

/// Who asks for when answers changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeReader {
    /// The reply's party.
    Party,
    /// The Secretariat, which enters it.
    Secretariat,
}

/// The position of the last event up to `as_of` (null: now) that gave, changed or cleared a reply's answer to a question;
/// 0 where there is none. To the Secretariat only what it typed itself is told of one answer: what its party saved, and what
/// came and went when the pen changed hands, shows in each question alike, as the event by which that was told.
pub async fn changed(
    pool: &PgPool,
    reply: Uuid,
    question: &str,
    as_of: Option<u64>,
    hand: ChangeReader,
) -> sqlx::Result<u64> {
    match hand {
        ChangeReader::Party => given(pool, reply, question, as_of).await,
        ChangeReader::Secretariat => {
            let typed = typed(pool, reply, question, as_of).await?;
            Ok(typed.max(replies::last_told_position(pool, reply, as_of).await?))
        }
    }
}

async fn given(
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

/// The same, of what the Secretariat saved and did nothing else with.
async fn typed(
    pool: &PgPool,
    reply: Uuid,
    question: &str,
    as_of: Option<u64>,
) -> sqlx::Result<u64> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(
                  (select a.since from log.event e join views.answer a on a.since = e.position and a.question = $2
                    where e.stream = $1 and e.position <= coalesce($3, e.position)
                      and e.envelope::json #>> '{actor,role}' in ('administrator', 'officer')
                      and e.command <> all(array(select t.command from log.event t
                                                  where t.stream = $1 and t.kind <> all($4::text[])))
                    order by e.version desc limit 1), 0) as "changed!""#,
        reply,
        question,
        number(as_of),
        replies::SAVED as &[&str]
    )
    .fetch_one(pool)
    .await?;
    Ok(position(found))
}
