//! What the sender of letters tells of itself.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Outbox;

/// What has become of letters since the start, and how many wait.
#[derive(Debug, Default)]
pub struct SenderMetrics {
    /// Letters that the server took.
    pub sent: AtomicU64,
    /// Attempts that failed.
    pub failures: AtomicU64,
    /// Letters that were queued when the sender last looked.
    pub waiting: AtomicU64,
}

impl SenderMetrics {
    pub(super) fn count(&self, is_sent: bool) {
        let counter = if is_sent { &self.sent } else { &self.failures };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl Outbox {
    /// What the sender of its letters tells.
    pub fn metrics(&self) -> &SenderMetrics {
        &self.metrics
    }

    /// Counts the letters that are queued.
    pub(super) async fn count_waiting(&self) -> sqlx::Result<()> {
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "waiting!" from mail.letter where state = 'queued'"#
        )
        .fetch_one(&self.pool)
        .await?;
        let waiting = u64::try_from(waiting).unwrap_or(0);
        self.metrics.waiting.store(waiting, Ordering::Relaxed);
        Ok(())
    }
}
