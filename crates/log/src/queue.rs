//! What waits for the writer, in the order in which it came.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use uuid::Uuid;

use super::append::SealedAppend;
use super::writer::Job;

/// At most so many appends in a transaction: more gain nothing, and a failed batch is bisected.
pub(super) const BATCH: usize = 512;
/// At most about so many bytes of events and contents in a transaction.
const BATCH_BYTES: usize = 16 << 20;

/// What the appends of a batch name, so that those which depend on their outcome can be told from those which do not.
#[derive(Default)]
pub(super) struct BatchNames {
    commands: HashSet<Uuid>,
    /// Streams that they add to.
    grown: HashSet<Uuid>,
    /// Streams that they add to or guard.
    named: HashSet<Uuid>,
}

impl BatchNames {
    /// How many appends they are.
    pub(super) fn appends(&self) -> usize {
        self.commands.len()
    }

    fn add(&mut self, append: &SealedAppend) {
        self.commands.insert(append.command.id);
        self.grown.insert(append.stream);
        self.named.insert(append.stream);
        let guarded = append.guards.iter().map(|(stream, _)| *stream);
        self.named.extend(guarded);
    }

    /// Whether an append's outcome, or theirs, may depend on which of them is first.
    fn concern(&self, append: &SealedAppend) -> bool {
        self.commands.contains(&append.command.id)
            || self.named.contains(&append.stream)
            || append
                .guards
                .iter()
                .any(|(stream, _)| self.grown.contains(stream))
    }
}

/// What has left the inbox.
#[derive(Default)]
pub(super) struct Queue(VecDeque<Job>);

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// For how long the first has waited; no time where there is none.
    pub(super) fn waited(&self) -> Duration {
        self.0
            .front()
            .map_or(Duration::ZERO, |job| job.sent.elapsed())
    }

    pub(super) fn extend(&mut self, jobs: Vec<Job>) {
        self.0.extend(jobs);
    }

    /// Takes from the front what fits into one transaction, and what it names; none where fewer than `least` (1, 2, ...)
    /// stand before the first that must wait for those that are `under_way`. A command that is sent twice at once waits for
    /// the next batch, where the first is on record.
    pub(super) fn batch<'a>(
        &mut self,
        least: usize,
        under_way: impl Iterator<Item = &'a BatchNames> + Clone,
    ) -> Option<(Vec<Job>, BatchNames)> {
        let free = |job: &&Job| !under_way.clone().any(|names| names.concern(&job.append));
        let free = self.0.iter().take(BATCH).take_while(free).count();
        if free < least {
            return None;
        }
        let mut batch = Vec::with_capacity(free);
        let mut names = BatchNames::default();
        let mut later = VecDeque::new();
        let mut bytes = 0;
        for job in self.0.drain(..free) {
            if bytes < BATCH_BYTES && !names.commands.contains(&job.append.command.id) {
                bytes += job.append.size();
                names.add(&job.append);
                batch.push(job);
            } else {
                later.push_back(job);
            }
        }
        later.append(&mut self.0);
        self.0 = later;
        Some((batch, names))
    }
}
