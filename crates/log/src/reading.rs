//! Reading the log: a stream, a range, a command's events, a position's time. No read holds a transaction open.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::Log;
use super::append::CommandId;
use super::envelope::StoredEvent;
use super::numbers::{number, stored};

/// A read that failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database does not answer, or not as it should.
    #[error("the database does not answer: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored event is not what its kind says: the log was written by a newer program, or damaged.
    #[error("event {position} cannot be read: {why}")]
    Stored {
        /// Where it stands.
        position: u64,
        /// What is wrong with it.
        why: String,
    },
}

/// A position and the time at which it was recorded: a state of the whole system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The position; 0 before the first event.
    pub position: u64,
    /// When it was recorded; absent at position 0.
    pub time: Option<Timestamp>,
}

/// Some events, in order, and where the log ended when they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Each event's position and envelope.
    pub events: Vec<(u64, String)>,
    /// The log's head.
    pub head: u64,
}

/// A command found on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandRecord {
    /// It was recorded, at these positions.
    Recorded {
        /// The stream that it is about.
        stream: Uuid,
        /// Position of its first event; one more than `last` where it changed nothing.
        first: u64,
        /// Position of its last event.
        last: u64,
    },
    /// The key was used for another request.
    OtherRequest,
}

pub(super) fn parse(position: i64, envelope: &str) -> Result<StoredEvent, ReadError> {
    StoredEvent::read(number(position), envelope)
}

fn time(text: Option<String>) -> Option<Timestamp> {
    text.and_then(|text| text.parse().ok())
}

impl Log {
    /// The log's head.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn head(&self) -> Result<Head, ReadError> {
        let row = sqlx::query!(
            "select position, case when position > 0 then log.rfc3339(time) end as time from log.head"
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(Head {
            position: number(row.position),
            time: time(row.time),
        })
    }

    /// When a position was recorded; `None` for one that does not exist. Position 0 is before the first event.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn at(&self, position: u64) -> Result<Option<Head>, ReadError> {
        if position == 0 {
            return Ok(Some(Head {
                position,
                time: None,
            }));
        }
        let row = sqlx::query_scalar!(
            r#"select log.rfc3339(time) as "time!" from log.event where position = $1"#,
            stored(position)
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|text| Head {
            position,
            time: time(Some(text)),
        }))
    }

    /// The last position recorded at or before a time.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn position_at(&self, instant: Timestamp) -> Result<u64, ReadError> {
        // Recorded times are whole microseconds, none of them so old that PostgreSQL could not read it.
        let recordable = instant.max(Timestamp::UNIX_EPOCH);
        let beyond = i64::from(recordable.subsec_nanosecond() % 1_000);
        let recordable = recordable - SignedDuration::from_nanos(beyond);
        let position = sqlx::query_scalar!(
            r#"select log.position_at($1::text::timestamptz) as "position!""#,
            recordable.to_string()
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(number(position))
    }

    /// The events of a stream after a version and up to a position, in order.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn stream(
        &self,
        stream: Uuid,
        after_version: i32,
        until: Option<u64>,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        let rows = sqlx::query!(
            "select position, envelope from log.event
              where stream = $1 and version > $2 and ($3::bigint is null or position <= $3) order by version",
            stream,
            after_version,
            until.map(stored),
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| parse(row.position, &row.envelope))
            .collect()
    }

    /// Up to `limit` events of a stream after a position and up to another, in order. Where the first is that of one of its
    /// events, as a cursor's is, what comes before is not looked through.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn history(
        &self,
        stream: Uuid,
        after: u64,
        until: u64,
        limit: i64,
    ) -> Result<Vec<StoredEvent>, ReadError> {
        let rows = sqlx::query!(
            "select position, envelope from log.event
              where stream = $1 and position > $2 and position <= $3
                and version > coalesce((select version from log.event where position = $2 and stream = $1), 0)
              order by version limit $4",
            stream,
            stored(after),
            stored(until),
            limit,
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| parse(row.position, &row.envelope))
            .collect()
    }

    /// The events of a stream up to a position, in order, but for those of some kinds.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn history_without(
        &self,
        stream: Uuid,
        until: u64,
        kinds: &[&str],
    ) -> Result<Vec<StoredEvent>, ReadError> {
        let rows = sqlx::query!(
            "select position, envelope from log.event
              where stream = $1 and position <= $2 and kind <> all($3) order by version",
            stream,
            stored(until),
            kinds as &[&str],
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| parse(row.position, &row.envelope))
            .collect()
    }

    /// Which of these streams have events.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn existing(&self, streams: &[Uuid]) -> Result<HashSet<Uuid>, ReadError> {
        let rows = sqlx::query_scalar!(
            "select stream from log.event where stream = any($1) and version = 1",
            streams
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// Up to `limit` events after a position, in order.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn after(&self, position: u64, limit: u32) -> Result<Vec<StoredEvent>, ReadError> {
        let page = self.envelopes_after(position, limit).await?;
        page.events
            .iter()
            .map(|(position, envelope)| parse(stored(*position), envelope))
            .collect()
    }

    /// As [`Log::after`], each event as the very text that is stored, with the log's head: both of one snapshot.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn envelopes_after(&self, position: u64, limit: u32) -> Result<Page, ReadError> {
        let rows = sqlx::query!(
            r#"select h.position as head, e.position as "position?", e.envelope as "envelope?"
                 from log.head h
                 left join lateral (
                      select position, envelope from log.event
                       where position > $1 and position <= h.position order by position limit $2) as e on true
                order by e.position"#,
            stored(position),
            i64::from(limit),
        )
        .fetch_all(&self.pool)
        .await?;
        let head = rows.first().map_or(0, |row| row.head);
        let events = rows
            .into_iter()
            .filter_map(|row| Some((number(row.position?), row.envelope?)));
        Ok(Page {
            events: events.collect(),
            head: number(head),
        })
    }

    /// The first event of some kinds after a position and up to another.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn next_of(
        &self,
        kinds: &[&str],
        after: u64,
        until: u64,
    ) -> Result<Option<StoredEvent>, ReadError> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let row = sqlx::query!(
            "select position, envelope from log.event
              where position > $1 and position <= $2 and kind = any($3) order by position limit 1",
            stored(after),
            stored(until),
            &kinds,
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| parse(row.position, &row.envelope))
            .transpose()
    }

    /// Whether a command that carries a key is on record.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn find_command(
        &self,
        command: CommandId,
    ) -> Result<Option<CommandRecord>, ReadError> {
        let Some(request) = command.request else {
            return Ok(None);
        };
        let row = sqlx::query!(
            "select request, stream, first, last from log.command where id = $1",
            command.id
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| {
            if row.request == request {
                CommandRecord::Recorded {
                    stream: row.stream,
                    first: number(row.first),
                    last: number(row.last),
                }
            } else {
                CommandRecord::OtherRequest
            }
        }))
    }
}
