//! The audit of reads: who read what is restricted, and when.
//!
//! A read is noted in memory, one entry for each principal, operation, object and minute, and written every
//! [few seconds](FLUSH) in one statement: a dashboard that asks a thousand times a minute costs one row. What is noted and
//! not yet written is bounded twice: by number, and by age. Where either bound is reached it is written before the next
//! read is answered, and where it cannot be, that read is refused: reads are never answered unrecorded because the
//! database is away. So a process that crashes loses no more than [five seconds'](OLDEST) reads, and one that is stopped
//! loses none. A read whose write was broken off may be counted twice, but
//! is never left out.
//!
//! The server never deletes what is recorded and cannot: only the owner of the schema can, and decides for how long
//! reads are kept.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use sqlx::PgPool;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Principal;

/// How often what was noted is written.
const FLUSH: Duration = Duration::from_secs(2);
/// How old what is noted and not yet written may be before further reads wait for it.
const OLDEST: Duration = Duration::from_secs(5);
/// How long a read waits for what was noted to be written, before it is refused.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many entries may be noted and not yet written.
const MOST: usize = 10_000;

/// A read, to the minute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct ReadByMinute {
    principal: Uuid,
    role: &'static str,
    party: Option<Uuid>,
    operation: &'static str,
    object: Option<Uuid>,
    /// Minutes since 1970.
    minute: i64,
}

/// What was noted and is not yet written.
#[derive(Default)]
struct PendingReads {
    reads: HashMap<ReadByMinute, i64>,
    /// When the first of them was noted; none where nothing is noted.
    since: Option<Instant>,
}

impl PendingReads {
    fn add(&mut self, read: ReadByMinute, count: i64, since: Instant) {
        *self.reads.entry(read).or_default() += count;
        self.since = Some(self.since.map_or(since, |known| known.min(since)));
    }

    fn is_due(&self) -> bool {
        self.reads.len() >= MOST || self.since.is_some_and(|since| since.elapsed() > OLDEST)
    }
}

/// Records reads.
pub struct Audit {
    pool: PgPool,
    noted: Mutex<PendingReads>,
    /// Held by whoever writes: a second one, at the same time, would take what the first is still writing for written.
    writing: tokio::sync::Mutex<()>,
}

/// Reads that are being written. What is still in it when it is dropped was not written, and is noted again.
struct ReadsBeingWritten<'a> {
    audit: &'a Audit,
    noted: PendingReads,
}

impl Drop for ReadsBeingWritten<'_> {
    fn drop(&mut self) {
        let noted = std::mem::take(&mut self.noted);
        if let Some(since) = noted.since {
            let mut all = self.audit.lock();
            for (read, count) in noted.reads {
                all.add(read, count, since);
            }
        }
    }
}

/// Which recorded reads.
#[derive(Clone, Debug, Default)]
pub struct ReadFilter {
    /// Of this reply, collection or letter.
    pub object: Option<Uuid>,
    /// By this principal.
    pub principal: Option<Uuid>,
    /// In this minute or later: RFC 3339.
    pub since: Option<String>,
    /// Recorded before this one.
    pub before: Option<i64>,
}

/// Reads by one principal of one thing in one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReadView)]
pub struct RecordedRead {
    /// Later ones have higher numbers, with gaps.
    #[serde(skip)]
    pub id: i64,
    /// The minute in which it was read, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    pub minute: String,
    /// Who.
    pub principal: Uuid,
    /// In which role.
    #[schema(value_type = crate::Role)]
    pub role: String,
    /// Acting for which party; null for the Secretariat.
    pub party: Option<Uuid>,
    /// What was asked: an operation's id in this document.
    pub operation: String,
    /// The reply, the letter, or the collection whose replies were listed or whose figures were read before they were
    /// released; null for the event feed.
    pub object: Option<Uuid>,
    /// How often in that minute.
    pub count: i64,
}

impl Audit {
    /// The audit of this database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            noted: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, PendingReads> {
        // A panic between two lines of this file leaves nothing half done.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a read that is about to be answered.
    ///
    /// # Errors
    /// Too many reads are noted, or one for too long, and they cannot be written: then this read must not be answered.
    pub async fn record(
        &self,
        principal: &Principal,
        operation: &'static str,
        object: Option<Uuid>,
    ) -> sqlx::Result<()> {
        if self.lock().is_due() {
            let flushed = tokio::time::timeout(PATIENCE, self.flush()).await;
            flushed.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        }
        let read = ReadByMinute {
            principal: principal.id,
            role: principal.role.as_str(),
            party: principal.party.map(|party| party.0),
            operation,
            object,
            minute: clock::now().as_second().div_euclid(60),
        };
        self.lock().add(read, 1, clock::stopwatch());
        Ok(())
    }

    /// Writes what was noted.
    ///
    /// # Errors
    /// The database does not answer; what was noted still is.
    pub async fn flush(&self) -> sqlx::Result<()> {
        let _one_at_a_time = self.writing.lock().await;
        let mut taken = ReadsBeingWritten {
            audit: self,
            noted: std::mem::take(&mut *self.lock()),
        };
        if !taken.noted.reads.is_empty() {
            self.write(&taken.noted.reads).await?;
        }
        taken.noted = PendingReads::default();
        Ok(())
    }

    async fn write(&self, reads: &HashMap<ReadByMinute, i64>) -> sqlx::Result<()> {
        let (mut minutes, mut principals, mut roles, mut parties) =
            (vec![], vec![], vec![], vec![]);
        let (mut operations, mut objects, mut counts) = (vec![], vec![], vec![]);
        for (read, count) in reads {
            minutes.push(read.minute);
            principals.push(read.principal);
            roles.push(read.role.to_owned());
            parties.push(read.party);
            operations.push(read.operation.to_owned());
            objects.push(read.object);
            counts.push(*count);
        }
        // In one order, so that two processes never wait for each other in a circle.
        sqlx::query!(
            "insert into audit.read as known (minute, principal, role, party, operation, object, count)
             select to_timestamp(minute * 60), principal, role, party, operation, object, count
               from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::bigint[])
                    as noted (minute, principal, role, party, operation, object, count)
              order by 1, 2, 3, 4, 5, 6
                 on conflict (minute, principal, role, party, operation, object)
                 do update set count = known.count + excluded.count",
            &minutes,
            &principals,
            &roles,
            parties.as_slice() as &[Option<Uuid>],
            &operations,
            objects.as_slice() as &[Option<Uuid>],
            &counts,
        )
        .execute(&self.pool)
        .await
        .map(|_| ())
    }

    /// Writes what was noted, again and again. Ends only when aborted.
    pub async fn keep_flushing(&self) {
        loop {
            tokio::time::sleep(FLUSH).await;
            if let Err(error) = self.flush().await {
                tracing::warn!(%error, "reads could not be recorded; further reads of what is restricted will be refused");
            }
        }
    }

    /// Recorded reads, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn list(&self, filter: &ReadFilter, limit: i64) -> sqlx::Result<Vec<RecordedRead>> {
        self.flush().await?;
        sqlx::query_as!(
            RecordedRead,
            r#"select id, log.rfc3339(minute) as "minute!", principal, role, party, operation, object, count
                 from audit.read
                where ($1::uuid is null or object = $1) and ($2::uuid is null or principal = $2)
                  and ($3::text is null or minute >= date_trunc('minute', $3::text::timestamptz))
                  and ($4::bigint is null or id < $4)
                order by id desc limit $5"#,
            filter.object,
            filter.principal,
            filter.since,
            filter.before,
            limit
        )
        .fetch_all(&self.pool)
        .await
    }
}
