//! What a process knows of access by heart, and when it must forget it.
//!
//! A process caches what it looked up (tokens, sessions) so that a request costs no query. Whoever ends one of them
//! calls [`notify`] in the same transaction and [`Invalidation::forget`] after its commit: the first reaches every other
//! process over LISTEN/NOTIFY within milliseconds, the second makes it exact in the process that did it.
//!
//! | channel | payload | what is forgotten |
//! | --- | --- | --- |
//! | `access` | `tokens` | every cached token |
//! | `access` | `sessions` | every cached session |
//! | `access` | anything else | everything: a newer process knows of things that this one does not |
//!
//! A process that has lost its listening connection forgets everything when it listens again. Until it notices, the short
//! time for which a cached entry is trusted ([`TRUSTED`]) is the bound.
//!
//! A cache does not drop entries: it stores each with the [generation](Invalidation::generation) that was current *before*
//! the entry was looked up, and takes only entries of the current one. So a look-up that overlaps a revocation cannot
//! leave behind what it read before.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::PgExecutor;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};

/// The channel.
const CHANNEL: &str = "access";

/// How long what was looked up is trusted without a further look: the longest that a revocation can go unnoticed in a process that hears no
/// notifications.
pub const TRUSTED: Duration = Duration::from_secs(1);

/// What is cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tokens by their hash.
    Tokens,
    /// Sessions.
    Sessions,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Tokens, Self::Sessions];

    /// The payload.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Sessions => "sessions",
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::Tokens => 0,
            Self::Sessions => 1,
        }
    }
}

/// Tells this process's caches what holds no longer. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Invalidation(Arc<[AtomicU64; Kind::ALL.len()]>);

impl Invalidation {
    /// The generation of what is cached now.
    pub fn generation(&self, kind: Kind) -> u64 {
        self.0[kind.index()].load(Ordering::Acquire)
    }

    /// Forgets what is cached of a kind, in this process, at once.
    pub fn forget(&self, kind: Kind) {
        self.0[kind.index()].fetch_add(1, Ordering::AcqRel);
    }

    fn heard(&self, payload: &str) {
        let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == payload);
        match known {
            Some(kind) => self.forget(kind),
            None => self.forget_all(),
        }
    }

    fn forget_all(&self) {
        Kind::ALL.into_iter().for_each(|kind| self.forget(kind));
    }

    /// Listens for what other processes end. Ends only when aborted.
    pub async fn listen(self, connect: PgConnectOptions) {
        loop {
            if let Err(error) = self.hear(&connect).await {
                tracing::warn!(%error, "nothing is heard of revocations by other processes; trying again");
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    async fn hear(&self, connect: &PgConnectOptions) -> sqlx::Result<()> {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(connect.clone())
            .await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        // Notifications that were sent while nobody listened are lost, so anything cached may have ended.
        self.forget_all();
        while let Some(heard) = listener.try_recv().await? {
            self.heard(heard.payload());
        }
        Ok(())
    }
}

/// Tells every process, when the transaction commits, to forget what it has cached of a kind.
///
/// # Errors
/// The database does not answer.
pub async fn notify(executor: impl PgExecutor<'_>, kind: Kind) -> sqlx::Result<()> {
    sqlx::query!(
        r#"select pg_notify($1, $2)::text as "void""#,
        CHANNEL,
        kind.as_str()
    )
    .fetch_one(executor)
    .await
    .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_forgets_everything_and_a_known_one_only_itself() {
        let invalidation = Invalidation::default();
        let generations = || Kind::ALL.map(|kind| invalidation.generation(kind));
        invalidation.heard("tokens");
        assert_eq!(generations(), [1, 0]);
        invalidation.heard("sessions");
        assert_eq!(generations(), [1, 1]);
        invalidation.heard("");
        invalidation.clone().heard("badges");
        assert_eq!(generations(), [3, 3]);
    }
}
