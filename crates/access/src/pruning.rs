//! Old links and sessions are deleted: once they open nothing, nobody needs them for long. So is what was stored on days past.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgQueryResult;

/// How often.
const PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// Deletes links and sessions that have opened nothing for ninety days. What says that somebody came in, or was invited, is
/// kept: of each account the last session, and of each account and collection the last invitation.
///
/// # Errors
/// The database does not answer.
pub async fn prune(pool: &PgPool) -> sqlx::Result<u64> {
    let sessions = sqlx::query!(
        "delete from access.session s
          where least(s.ended_at, s.expires_at) < now() - interval '90 days'
            and (s.account is null
                 or exists (select from access.session later
                             where later.account = s.account and (later.created_at, later.id) > (s.created_at, s.id)))"
    )
    .execute(pool)
    .await?;
    let links = sqlx::query!(
        "delete from access.link l
          where least(l.used_at, l.ended_at, l.expires_at) < now() - interval '90 days'
            and (l.purpose = 'sign_in'
                 or exists (select from access.link later
                             where later.account = l.account and later.collection = l.collection
                               and (later.created_at, later.id) > (l.created_at, l.id)))"
    )
    .execute(pool)
    .await?;
    let ways = sqlx::query!("delete from access.sign_on where expires_at < now()")
        .execute(pool)
        .await?;
    let days = sqlx::query!("delete from access.intake where day < current_date - 2")
        .execute(pool)
        .await?;
    // Of commands that were refused: what was recorded within a day of the wish has been passed by whoever writes letters.
    sqlx::query!(
        "delete from access.invitation_wish w
          where w.created_at < (select e.time - interval '1 day'
                                  from following.follower f join log.event e on e.position = f.position
                                 where f.name = 'letters')"
    )
    .execute(pool)
    .await?;
    let rows = [sessions, links, ways, days];
    Ok(rows.iter().map(PgQueryResult::rows_affected).sum())
}

/// Prunes, again and again. Ends only when aborted.
pub async fn keep_pruning(pool: PgPool) {
    loop {
        match prune(&pool).await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "old links, sessions and counts were deleted"),
            Err(error) => {
                tracing::warn!(%error, "old links, sessions and counts could not be deleted")
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
