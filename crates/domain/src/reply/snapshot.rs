//! What a reply holds beside what stands in it: what was submitted last, while it can be changed again, and what one hand had
//! written when the other took the pen.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::questionnaire::{AnswerMap, AnswerValue, Comment, Flags};
use super::super::{FileId, NeedId};
use super::state::AddressSet;
use super::{AmendmentDiscarded, Derivation, HandBacks, Reply, ReplyFileAttached, Source};

/// What a reply held when it was put by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ReplySnapshot {
    pub carried: AddressSet,
    pub answers: AnswerMap<AnswerValue>,
    pub flags: AnswerMap<Flags>,
    pub comments: AnswerMap<Comment>,
    pub files: BTreeMap<FileId, ReplyFileAttached>,
    pub source: Option<Source>,
    /// What contributors had handed back of it.
    pub hand_backs: HandBacks,
    /// The needs that were drafted beside it and that nobody had indicated.
    pub needs: Vec<NeedId>,
}

impl ReplySnapshot {
    fn same_as(&self, other: &Self) -> bool {
        self.carried == other.carried
            && self.answers == other.answers
            && self.flags == other.flags
            && self.comments == other.comments
            && self.files == other.files
    }
}

impl Reply {
    /// The answers of its last submitted version, with what was calculated and without what was not asked; none where that does
    /// not count.
    pub fn submitted_answers(&self) -> Option<AnswerMap<AnswerValue>> {
        let baseline = self.baseline.as_ref().map(|baseline| &baseline.answers);
        let held = self.counts().then(|| baseline.unwrap_or(&self.answers))?;
        Some(self.derivation.answers(held))
    }

    /// What followed from the rules when it was submitted last.
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// As it was submitted last, which is all that is anybody's but its party's: with what was answered and attached then, and
    /// nothing of what is pending. Of a reply that was never submitted there is nothing.
    pub fn as_submitted(&self) -> Self {
        let mut reply = self.clone();
        let pending = match (&self.baseline, self.version) {
            (Some(baseline), _) => Some(ReplySnapshot::clone(baseline)),
            (None, 0) => Some(ReplySnapshot::default()),
            (None, _) => None,
        };
        if let Some(submitted) = pending {
            reply.hold(submitted);
            reply.source.clone_from(&self.source);
        }
        reply.carried = AddressSet::default();
        reply.baseline = None;
        reply.stash = None;
        reply.is_version = reply.version > 0;
        if reply.version > 0 {
            let derivation = reply.derivation.clone();
            reply.answers = derivation.answers(&reply.answers);
            reply.flags = derivation.of_version(&reply.flags);
            reply.comments = derivation.of_version(&reply.comments);
            reply.files.retain(|_, file| {
                let question = file.question.as_deref();
                question.is_none_or(|address| !derivation.leaves_out(address))
            });
        }
        reply
    }

    /// Whether there are changes that were not submitted.
    pub(super) fn is_changed(&self) -> bool {
        let baseline = self.baseline.as_ref();
        baseline.is_some_and(|baseline| !baseline.same_as(&self.held(&[])))
    }

    /// The answer at an address, and the comment on it, as they were submitted last, while they can be changed again.
    pub fn submitted_answer(&self, code: &str) -> (Option<&AnswerValue>, Option<&Comment>) {
        let baseline = self.baseline.as_deref();
        let answer = baseline.and_then(|baseline| baseline.answers.get(code));
        (
            answer,
            baseline.and_then(|baseline| baseline.comments.get(code)),
        )
    }

    /// Whether there were such changes when the pen was taken.
    pub(super) fn is_changed_aside(&self) -> bool {
        let changed = |stash: &Arc<ReplySnapshot>| {
            let baseline = self.baseline.as_ref();
            !stash.needs.is_empty() || baseline.is_some_and(|baseline| !baseline.same_as(stash))
        };
        self.stash.as_ref().is_some_and(changed)
    }

    /// The files to which something leads: attached now, submitted last, or set aside.
    pub(super) fn drafted_files(&self) -> impl Iterator<Item = (FileId, &ReplyFileAttached)> {
        let by = [&self.baseline, &self.stash].into_iter().flatten();
        let all = by.flat_map(|baseline| &baseline.files).chain(&self.files);
        all.map(|(id, file)| (*id, file))
    }

    /// Whether a version that was submitted held a file.
    pub fn has_submitted(&self, file: FileId) -> bool {
        self.submitted_files.contains_key(&file)
    }

    /// The bytes of each file that is kept.
    pub(super) fn file_sizes(&self) -> BTreeMap<FileId, u64> {
        let drafted = self.drafted_files().map(|(id, file)| (id, file.size));
        let submitted = self.submitted_files.iter();
        submitted
            .map(|(id, size)| (*id, *size))
            .chain(drafted)
            .collect()
    }

    pub(super) fn held(&self, needs: &[NeedId]) -> ReplySnapshot {
        ReplySnapshot {
            carried: self.carried.clone(),
            answers: self.answers.clone(),
            flags: self.flags.clone(),
            comments: self.comments.clone(),
            files: self.files.clone(),
            source: self.source.clone(),
            hand_backs: self.hand_backs.clone(),
            needs: needs.to_vec(),
        }
    }

    pub(super) fn hold(&mut self, baseline: ReplySnapshot) {
        self.carried = baseline.carried;
        self.answers = baseline.answers;
        self.flags = baseline.flags;
        self.comments = baseline.comments;
        self.files = baseline.files;
        self.source = baseline.source;
        self.hand_backs = baseline.hand_backs;
    }

    /// Remembers what was submitted, before it is changed.
    pub(super) fn keep(&mut self) {
        if self.version > 0 && self.baseline.is_none() {
            self.baseline = Some(Arc::new(self.held(&[])));
        }
    }

    /// Puts by what is written, for the other hand to begin with what was submitted last, or with nothing. Answers follow by
    /// events of their own.
    pub(super) fn set_aside(&mut self, needs: &[NeedId]) {
        self.stash = Some(Arc::new(self.held(needs)));
        self.dropped.extend(needs);
        self.carried = AddressSet::default();
        self.hand_backs = HandBacks::default();
        self.files = self.base().files;
    }

    /// What was submitted last; nothing where nothing was.
    pub(super) fn base(&self) -> ReplySnapshot {
        self.baseline.as_deref().cloned().unwrap_or_default()
    }

    /// Forgets it where nothing can be changed any more.
    pub(super) fn settle(&mut self) {
        if !self.can_change() {
            self.baseline = None;
            self.hand_backs = HandBacks::default();
        }
    }

    /// What was set aside comes back, or what was submitted last. Where there is neither, what the Secretariat entered was
    /// never submitted: the reply is its party's, and blank.
    pub(super) fn restore(&mut self, event: &AmendmentDiscarded) {
        let back = self.stash.take().or_else(|| self.baseline.clone());
        self.hold(back.as_deref().cloned().unwrap_or_default());
        self.dropped.extend(&event.dropped);
        self.dropped.retain(|need| !event.given_back.contains(need));
        self.is_amended = event.resumes;
        self.settle();
    }
}
