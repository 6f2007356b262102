//! A batch of appends as the arrays that `log.append` takes, and its answer.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sqlx::PgConnection;
use uuid::Uuid;

use super::append::{AppendReceipt, AppendRefusal, SealedAppend};
use super::barrier;
use super::numbers::number;
use super::stream_versions::StreamVersions;
use crate::views::Definitions;

/// What became of one append of a batch.
pub(super) type AppendOutcome = Result<AppendReceipt, AppendRefusal>;

/// A batch's outcomes, in its order, and the log's head after it.
pub(super) struct BatchOutcome {
    pub outcomes: Vec<AppendOutcome>,
    pub head: u64,
    /// The term in which the versions that this batch leaves its streams at hold; none where nothing was recorded.
    pub term: Option<i64>,
}

#[derive(Default)]
pub(super) struct Arrays<'a> {
    streams: Vec<Uuid>,
    floors: Vec<i32>,
    known: Vec<bool>,
    term: Option<i64>,
    writer: Uuid,
    names: HashMap<Uuid, StreamInBatch>,
    /// Whether some appends' fates hang on one another's.
    entangled: bool,
    command: Vec<Uuid>,
    request: Vec<Vec<u8>>,
    stream: Vec<i32>,
    expected: Vec<i32>,
    events_until: Vec<i32>,
    guards_until: Vec<i32>,
    guard_stream: Vec<i32>,
    guard_version: Vec<i32>,
    event_append: Vec<i32>,
    event_stream: Vec<Uuid>,
    event_version: Vec<i32>,
    event_kind: Vec<&'static str>,
    event_open: Vec<&'a str>,
    event_data: Vec<&'a str>,
    kinds: Vec<&'static str>,
    touched: Vec<bool>,
    content_append: Vec<i32>,
    content_id: Vec<Uuid>,
    content_salt: Vec<Vec<u8>>,
    content_media_type: Vec<&'static str>,
    content_body: Vec<Vec<u8>>,
}

/// How a batch has named a stream so far.
struct StreamInBatch {
    /// Its place among the batch's streams, counted from 0.
    place: usize,
    version: i32,
    /// Whether an append adds to it.
    grows: bool,
}

impl<'a> Arrays<'a> {
    pub(super) fn new(
        appends: &[&'a SealedAppend],
        definitions: &Definitions,
        known: &StreamVersions,
    ) -> Self {
        let mut arrays = Self::default();
        appends.iter().for_each(|append| arrays.push(append));
        let streams = arrays.streams.iter().zip(&arrays.floors);
        arrays.known = streams
            .map(|(stream, floor)| known.version(*stream) == Some(*floor))
            .collect();
        arrays.term = known.term();
        arrays.writer = known.writer();
        arrays.touched = definitions.touched(&arrays.kinds);
        arrays
    }

    /// A stream's place among those of the batch, counted from 1; some append expects it at `version`, and may add to it.
    fn place(&mut self, stream: Uuid, version: i32, grows: bool) -> i32 {
        let place = match self.names.entry(stream) {
            Entry::Vacant(new) => {
                let place = self.streams.len();
                new.insert(StreamInBatch {
                    place,
                    version,
                    grows,
                });
                self.streams.push(stream);
                self.floors.push(version);
                place
            }
            Entry::Occupied(known) => {
                let name = known.into_mut();
                self.entangled |= grows || name.grows || name.version != version;
                self.floors[name.place] = self.floors[name.place].min(version);
                name.place
            }
        };
        size(place + 1)
    }

    fn push(&mut self, append: &'a SealedAppend) {
        let number = size(self.command.len() + 1);
        self.command.push(append.command.id);
        self.request
            .push(append.command.request.map(Vec::from).unwrap_or_default());
        let grows = !append.events.is_empty();
        let stream = self.place(append.stream, append.expected, grows);
        self.stream.push(stream);
        self.expected.push(append.expected);
        for (stream, version) in &append.guards {
            let stream = self.place(*stream, *version, false);
            self.guard_stream.push(stream);
            self.guard_version.push(*version);
        }
        self.guards_until.push(size(self.guard_stream.len()));
        for (offset, (kind, open)) in append.events.iter().enumerate() {
            self.event_append.push(number);
            self.event_stream.push(append.stream);
            self.event_version.push(append.expected + size(offset + 1));
            self.event_kind.push(kind);
            self.event_open.push(&open.text);
            self.event_data.push(open.data());
            if !self.kinds.contains(kind) {
                self.kinds.push(kind);
            }
        }
        self.events_until.push(size(self.event_append.len()));
        for content in &append.contents {
            self.content_append.push(number);
            self.content_id.push(content.id);
            self.content_salt.push(content.salt.to_vec());
            self.content_media_type.push(content.media_type);
            self.content_body.push(content.body.clone());
        }
    }
}

/// A batch never comes near 2^31 of anything.
fn size(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// Appends a batch in one call, which is one transaction.
pub(super) async fn append(
    connection: &mut PgConnection,
    views_hash: &str,
    arrays: &Arrays<'_>,
) -> sqlx::Result<BatchOutcome> {
    let answer = sqlx::query!(
        r#"select outcomes, firsts, lasts, head as "head!", term
             from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                             $17, $18, $19, $20, $21, $22::text[]::jsonb[], $23, $24, $25, $26, $27, $28)"#,
        views_hash,
        clock::now().as_duration().as_secs_f64(),
        &arrays.streams,
        &arrays.floors,
        &arrays.known,
        arrays.term,
        arrays.writer,
        !arrays.entangled,
        &arrays.command,
        &arrays.request,
        &arrays.stream,
        &arrays.expected,
        &arrays.events_until,
        &arrays.guards_until,
        &arrays.guard_stream,
        &arrays.guard_version,
        &arrays.event_append,
        &arrays.event_stream,
        &arrays.event_version,
        &arrays.event_kind as &[&str],
        &arrays.event_open as &[&str],
        &arrays.event_data as &[&str],
        &arrays.touched,
        &arrays.content_append,
        &arrays.content_id,
        &arrays.content_salt,
        &arrays.content_media_type as &[&str],
        &arrays.content_body,
    )
    .fetch_one(connection)
    .await?;
    let outcomes = match (answer.outcomes, answer.firsts, answer.lasts) {
        (Some(outcomes), Some(firsts), Some(lasts)) => outcomes
            .iter()
            .zip(firsts.iter().zip(&lasts))
            .map(|(outcome, (first, last))| outcome_from_code(*outcome, *first, *last))
            .collect(),
        _ => all_recorded(&arrays.events_until, answer.head),
    };
    Ok(BatchOutcome {
        outcomes,
        head: number(answer.head),
        term: answer.term,
    })
}

fn outcome_from_code(outcome: i32, first: i64, last: i64) -> AppendOutcome {
    match outcome {
        0 | 1 => Ok(AppendReceipt {
            first: number(first),
            last: number(last),
            repeated: outcome == 1,
        }),
        2 => Err(AppendRefusal::KeyReused),
        _ => Err(AppendRefusal::Conflict),
    }
}

/// Where each append stands when all were recorded: the batch's events are then the last ones up to the head.
fn all_recorded(events_until: &[i32], head: i64) -> Vec<AppendOutcome> {
    let before = head - events_until.last().map_or(0, |events| i64::from(*events));
    let starts = [0].into_iter().chain(events_until.iter().copied());
    starts
        .zip(events_until)
        .map(|(after, until)| {
            outcome_from_code(0, before + i64::from(after) + 1, before + i64::from(*until))
        })
        .collect()
}

/// Where those of the batch stand that are recorded after all: a connection that breaks at the commit says nothing of
/// it. Waits for the head row's lock, and so for a transaction that may still be at work behind the broken connection; then, by
/// a commit, until what was found is as safe as what was answered for. Each statement is a transaction of its own: a connection that
/// breaks between two must not hold the lock.
pub(super) async fn recorded_outcomes(
    connection: &mut PgConnection,
    batch: &[&SealedAppend],
) -> sqlx::Result<HashMap<usize, AppendReceipt>> {
    let commands: Vec<Uuid> = batch.iter().map(|append| append.command.id).collect();
    let streams: Vec<Uuid> = batch.iter().map(|append| append.stream).collect();
    let versions: Vec<i32> = batch.iter().map(|append| append.expected + 1).collect();
    sqlx::query!("select position from log.head for update")
        .fetch_one(&mut *connection)
        .await?;
    let rows = sqlx::query!(
        r#"select a.number as "number!", e.position
             from unnest($1::uuid[], $2::uuid[], $3::int[]) with ordinality as a (command, stream, version, number)
             join log.event e on e.stream = a.stream and e.version = a.version and e.command = a.command"#,
        &commands,
        &streams,
        &versions,
    )
    .fetch_all(&mut *connection)
    .await?;
    if !rows.is_empty() {
        barrier::write(&mut *connection).await?;
    }
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let place = usize::try_from(row.number - 1).ok()?;
            let first = number(row.position);
            let last = first + batch.get(place)?.events.len() as u64 - 1;
            let recorded = AppendReceipt {
                first,
                last,
                repeated: false,
            };
            Some((place, recorded))
        })
        .collect())
}
