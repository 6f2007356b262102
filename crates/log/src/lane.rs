//! A lane: a connection on which the writer records one batch at a time.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

use super::append::{AppendError, AppendRefusal, SealedAppend};
use super::barrier;
use super::batch::{self, Arrays};
use super::following::LogHeads;
use super::metrics::WriterMetrics;
use super::stream_versions::StreamVersions;
use super::writer::Job;
use crate::views::{self, Definitions};

/// How often a batch is tried again over a new connection before its callers are told that its fate is unknown.
const RECONNECTS: u32 = 8;

/// What the lanes of a writer have in common.
pub(super) struct LaneResources {
    connect: PgConnectOptions,
    definitions: Definitions,
    views_hash: String,
    heads: LogHeads,
    metrics: Arc<WriterMetrics>,
    known: Mutex<StreamVersions>,
}

impl LaneResources {
    pub(super) fn new(
        connect: PgConnectOptions,
        definitions: Definitions,
        heads: LogHeads,
        metrics: Arc<WriterMetrics>,
    ) -> Self {
        Self {
            connect: connect
                .application_name("rapporteur writer")
                .options(views::session("views"))
                .disable_statement_logging(),
            views_hash: definitions.hash(),
            definitions,
            heads,
            metrics,
            known: Mutex::new(StreamVersions::new()),
        }
    }

    /// What is known of streams. It is whole whenever its lock is free, even if somebody panicked.
    fn stream_versions(&self) -> MutexGuard<'_, StreamVersions> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) struct Lane {
    /// Which of the lanes it is.
    pub number: usize,
    shared: Arc<LaneResources>,
    connection: Option<PgConnection>,
}

/// How a lane goes on after an error.
enum Failure {
    /// No append can be recorded until an operator acts.
    All(AppendError),
    /// The connection is gone, or the database asks to try again.
    Transient(String),
    /// Something in the batch cannot be recorded.
    Statement(String),
}

impl Lane {
    /// A lane that connects when it has something to record.
    pub(super) fn new(number: usize, shared: Arc<LaneResources>) -> Self {
        Self {
            number,
            shared,
            connection: None,
        }
    }

    /// Records a batch, and notes how long that took, and how long its appends had waited for it.
    pub(super) async fn record(&mut self, batch: Vec<Job>) {
        let started = clock::stopwatch();
        let metrics = self.shared.metrics.clone();
        for job in &batch {
            let waited = started.saturating_duration_since(job.sent);
            metrics.wait_seconds.observe(waited.as_secs_f64());
        }
        self.record_parts(batch).await;
        metrics
            .batch_seconds
            .observe(started.elapsed().as_secs_f64());
    }

    /// Records a batch; where it fails as a whole, halves it until what cannot be recorded stands alone.
    async fn record_parts(&mut self, batch: Vec<Job>) {
        let mut parts = vec![batch];
        let mut lost = 0;
        while let Some(mut part) = parts.pop() {
            match self.try_append(&part).await {
                Ok(outcomes) => {
                    let doubtful = self.answer(part, outcomes, lost > 0);
                    match self.settle(doubtful).await {
                        Ok(conflicts) => self.fail(conflicts, &AppendRefusal::Conflict.into()),
                        Err((unsettled, why)) => {
                            parts.extend(self.lose(unsettled, &why, &mut lost).await);
                        }
                    }
                }
                Err(Failure::All(error)) => self.fail(part, &error),
                Err(Failure::Statement(why)) if part.len() == 1 => {
                    tracing::error!(%why, "an append could not be recorded");
                    self.fail(part, &AppendError::NotRecorded(why));
                }
                Err(Failure::Statement(_)) => {
                    let second = part.split_off(part.len() / 2);
                    parts.push(second);
                    parts.push(part);
                }
                Err(Failure::Transient(why)) => {
                    parts.extend(self.lose(part, &why, &mut lost).await);
                }
            }
        }
    }

    /// The connection is lost: connects again and answers those that turn out to be recorded. What comes back is to be
    /// tried again: its versions keep it from being recorded twice.
    async fn lose(&mut self, part: Vec<Job>, why: &str, lost: &mut u32) -> Option<Vec<Job>> {
        self.connection = None;
        // Nobody knows what has become of the database meanwhile, so the streams' versions must be looked up anew.
        self.shared.stream_versions().forget();
        if *lost >= RECONNECTS {
            tracing::error!(%why, "the database does not answer");
            self.fail(part, &AppendError::Unknown(why.to_owned()));
            return None;
        }
        tracing::warn!(%why, "the writer lost its connection; it connects again and looks what was recorded");
        self.shared
            .metrics
            .reconnects
            .fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(5 << *lost)).await;
        *lost += 1;
        let (Ok(rest) | Err((rest, _))) = self.settle(part).await;
        (!rest.is_empty()).then_some(rest)
    }

    async fn try_append(&mut self, part: &[Job]) -> Result<Vec<batch::AppendOutcome>, Failure> {
        let appends: Vec<&SealedAppend> = part.iter().map(|job| &job.append).collect();
        let shared = self.shared.clone();
        let arrays = Arrays::new(&appends, &shared.definitions, &shared.stream_versions());
        let connection = self.connection().await.map_err(failure)?;
        let appended = batch::append(connection, &shared.views_hash, &arrays)
            .await
            .map_err(failure)?;
        if let Some(term) = appended.term {
            let outcomes = appends.into_iter().zip(&appended.outcomes);
            shared.stream_versions().learn(term, outcomes);
        }
        shared.heads.reached(appended.head);
        shared.metrics.batches.fetch_add(1, Ordering::Relaxed);
        shared.metrics.batch_appends.observe(part.len() as f64);
        Ok(appended.outcomes)
    }

    /// Answers those of a part that turn out to be recorded; the rest comes back. Where that cannot be looked up, all
    /// of it comes back, with the reason.
    async fn settle(&mut self, part: Vec<Job>) -> Result<Vec<Job>, (Vec<Job>, String)> {
        if part.is_empty() {
            return Ok(part);
        }
        let appends: Vec<&SealedAppend> = part.iter().map(|job| &job.append).collect();
        let outcomes = match self.connection().await {
            Ok(connection) => batch::recorded_outcomes(connection, &appends).await,
            Err(error) => Err(error),
        };
        let outcomes = match outcomes {
            Ok(outcomes) => outcomes,
            Err(error) => return Err((part, error.to_string())),
        };
        let mut rest = Vec::new();
        for (place, job) in part.into_iter().enumerate() {
            match outcomes.get(&place) {
                Some(recorded) => {
                    self.shared.heads.reached(recorded.last);
                    self.count(&job.append);
                    let _ = job.reply.send(Ok(*recorded));
                }
                None => rest.push(job),
            }
        }
        Ok(rest)
    }

    /// Answers a part. After a lost connection a conflict may be with the append's own first try: these come back.
    fn answer(
        &self,
        part: Vec<Job>,
        outcomes: Vec<batch::AppendOutcome>,
        after_loss: bool,
    ) -> Vec<Job> {
        let mut doubtful = Vec::new();
        for (job, outcome) in part.into_iter().zip(outcomes) {
            match outcome {
                Ok(recorded) if !recorded.repeated => self.count(&job.append),
                Err(AppendRefusal::Conflict) if after_loss => {
                    doubtful.push(job);
                    continue;
                }
                Err(AppendRefusal::Conflict) => {
                    self.shared
                        .metrics
                        .conflicts
                        .fetch_add(1, Ordering::Relaxed);
                }
                _ => {}
            }
            let _ = job.reply.send(outcome.map_err(AppendError::from));
        }
        doubtful
    }

    fn count(&self, append: &SealedAppend) {
        self.shared.metrics.appends.fetch_add(1, Ordering::Relaxed);
        self.shared
            .metrics
            .events
            .fetch_add(append.events.len() as u64, Ordering::Relaxed);
    }

    fn fail(&self, part: Vec<Job>, error: &AppendError) {
        let counter = match error {
            AppendError::Refused(_) => &self.shared.metrics.conflicts,
            _ => &self.shared.metrics.failures,
        };
        counter.fetch_add(part.len() as u64, Ordering::Relaxed);
        for job in part {
            let _ = job.reply.send(Err(error.clone()));
        }
    }

    async fn connection(&mut self) -> sqlx::Result<&mut PgConnection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = self.shared.connect.connect().await?;
                barrier::insist(&mut connection).await?;
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }
}

fn failure(error: sqlx::Error) -> Failure {
    let text = error.to_string();
    let Some(database) = error.as_database_error() else {
        return Failure::Transient(text);
    };
    match database.code().as_deref().unwrap_or_default() {
        "RA001" => Failure::All(AppendError::ViewsDiffer(text)),
        "RA002" => Failure::All(AppendError::ClockJumped(text)),
        // A missing schema or function: the views are not there at all.
        "3F000" => Failure::All(AppendError::ViewsDiffer(text)),
        // Connection exceptions, rollbacks, lack of resources, an operator's stop.
        code if ["08", "40", "53", "57"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            Failure::Transient(text)
        }
        _ => Failure::Statement(text),
    }
}
