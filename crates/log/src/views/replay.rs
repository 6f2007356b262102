//! Replaying the log into views, batch after batch, as the views get batches when they are live.
//!
//! Reading takes as long as projecting, and the events' data must be found in their envelopes: so one connection reads the next
//! batch while another one projects the last, and this program parses what it reads rather than PostgreSQL.

use std::borrow::Cow;
use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::{Connection, PgConnection};

use super::Definitions;
use super::rebuild::RebuildError;
use crate::TreeHash;

/// At most so many events in a batch: with more, it outgrows the processor's caches, and with fewer, its fixed costs show.
const EVENTS: i64 = 4_000;
/// And about so many bytes of data.
const BYTES: usize = 32 << 20;

/// A log with a hole is damaged, and its positions could no longer be told from the number of events.
const MISSING: &str = "the log does not have it";

/// What is not what was recorded must not become a figure.
const CHANGED: &str =
    "its leaf is not the hash of its envelope, so it was changed after it was recorded";

/// Events that follow one another in the log.
pub(super) struct Batch {
    /// The position before the first.
    after: i64,
    kinds: BTreeSet<String>,
    data: Vec<String>,
}

/// What the views need of an envelope.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    position: i64,
    #[serde(borrow)]
    data: &'a RawValue,
}

impl Batch {
    /// Reads what comes after a position, as far as `until` at most.
    pub(super) async fn read(
        connection: &mut PgConnection,
        after: i64,
        until: i64,
    ) -> Result<Self, RebuildError> {
        let mut batch = Self {
            after,
            kinds: BTreeSet::new(),
            data: Vec::new(),
        };
        let last = until.min(after + EVENTS);
        let mut bytes = 0;
        let mut rows = sqlx::query!(
            "select envelope, leaf from log.event where position > $1 and position <= $2 order by position",
            after,
            last
        )
        .fetch(connection);
        while bytes < BYTES
            && let Some(row) = rows.try_next().await?
        {
            let envelope = row.envelope;
            let Envelope {
                kind,
                position,
                data,
            } = serde_json::from_str(&envelope).map_err(|why| batch.fault(why.to_string()))?;
            if position != batch.until() + 1 {
                return Err(batch.fault(MISSING.to_owned()));
            }
            if row.leaf != *TreeHash::of_leaf(envelope.as_bytes()).bytes() {
                return Err(batch.fault(CHANGED.to_owned()));
            }
            if !batch.kinds.contains(&*kind) {
                batch.kinds.insert(kind.into_owned());
            }
            bytes += data.get().len();
            batch.data.push(data.get().to_owned());
        }
        if bytes < BYTES && batch.until() < last {
            return Err(batch.fault(MISSING.to_owned()));
        }
        Ok(batch)
    }

    /// What is wrong with the event that should come next.
    fn fault(&self, why: String) -> RebuildError {
        RebuildError::Poisoned {
            position: self.until() + 1,
            why,
        }
    }

    /// The position of the last event.
    pub(super) fn until(&self) -> i64 {
        self.after + places(self.data.len())
    }

    /// Projects it into the views that are being built; names the event where one cannot be projected.
    pub(super) async fn project(
        &self,
        connection: &mut PgConnection,
        definitions: &Definitions,
    ) -> Result<(), RebuildError> {
        let kinds: Vec<&String> = self.kinds.iter().collect();
        let touched = definitions.touched(&kinds);
        // Parts that are still to be projected, the first of them last.
        let whole = Some(0..self.data.len());
        let mut parts = Vec::from_iter(whole.filter(|part| !part.is_empty()));
        while let Some(part) = parts.pop() {
            let after = self.after + places(part.start);
            let mut attempt = connection.begin().await?;
            let projected = project(&mut attempt, &touched, after, &self.data[part.clone()]).await;
            let Err(error) = projected else {
                attempt.commit().await?;
                continue;
            };
            attempt.rollback().await?;
            if error.as_database_error().is_none() {
                return Err(error.into());
            }
            if part.len() == 1 {
                return Err(RebuildError::Poisoned {
                    position: after + 1,
                    why: error.to_string(),
                });
            }
            let middle = part.start + part.len() / 2;
            parts.push(middle..part.end);
            parts.push(part.start..middle);
        }
        Ok(())
    }
}

async fn project(
    connection: &mut PgConnection,
    touched: &[bool],
    after: i64,
    data: &[String],
) -> sqlx::Result<()> {
    // Not checked when this is compiled: there is no such schema then.
    sqlx::query(
        "select views_next.project($1, array_agg(position), array_agg(time), array_agg(stream), array_agg(kind),
                                   array(select data::jsonb from unnest($2::text[]) as data))
           from (select position, time, stream, kind from log.event where position > $3 and position <= $4
                  order by position) as e",
    )
    .bind(touched)
    .bind(data)
    .bind(after)
    .bind(after + places(data.len()))
    .execute(connection)
    .await?;
    Ok(())
}

/// A batch never comes near 2^63 events.
fn places(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
