//! What a writer knows of its streams' versions, so that the database need not look them up.

use std::collections::HashMap;

use uuid::Uuid;

use super::append::SealedAppend;
use super::batch::AppendOutcome;

/// With more streams than this, it begins anew: each takes some 30 bytes.
const STREAMS: usize = 100_000;

/// The versions at which streams stood when this writer last appended to them or guarded them. They hold within a term: until
/// somebody else appends to the log, of which the database knows.
pub(super) struct StreamVersions {
    writer: Uuid,
    term: Option<i64>,
    versions: HashMap<Uuid, i32>,
}

impl StreamVersions {
    /// Knows nothing.
    pub(super) fn new() -> Self {
        Self {
            writer: clock::new_id(),
            term: None,
            versions: HashMap::new(),
        }
    }

    /// The id by which the database knows the writer.
    pub(super) fn writer(&self) -> Uuid {
        self.writer
    }

    /// The term in which all of this is known.
    pub(super) fn term(&self) -> Option<i64> {
        self.term
    }

    /// The version at which a stream stands.
    pub(super) fn version(&self, stream: Uuid) -> Option<i32> {
        self.versions.get(&stream).copied()
    }

    /// Learns from a batch that was recorded in `term`. Terms grow; what belongs to one that is over says nothing any more.
    pub(super) fn learn<'a>(
        &mut self,
        term: i64,
        batch: impl Iterator<Item = (&'a SealedAppend, &'a AppendOutcome)>,
    ) {
        if self.term < Some(term) {
            self.versions.clear();
            self.term = Some(term);
        }
        if self.term > Some(term) {
            return;
        }
        if self.versions.len() > STREAMS {
            self.versions.clear();
        }
        for (append, outcome) in batch {
            if outcome.is_ok_and(|recorded| !recorded.repeated) {
                self.versions.extend(append.guards.iter().copied());
                self.versions.insert(append.stream, append.reached());
            }
        }
    }

    /// Forgets every version, and takes a new id: a term that the database began for the old one can never be taken for this one's.
    pub(super) fn forget(&mut self) {
        *self = Self::new();
    }
}
