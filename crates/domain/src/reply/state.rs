//! A reply as it is now, and how events change it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rpds::RedBlackTreeSetSync;

use super::super::questionnaire::{AnswerMap, AnswerValue, Comment, Flags};
use super::super::words::Words;
use super::super::{CollectionId, FileId, InstrumentId, NeedId, PartyId, PersonId};
use super::snapshot::ReplySnapshot;
use super::{
    Consent, Derivation, Event, HandBacks, HeldNeed, PreviousVersion, ReplyFileAttached,
    ReplyStarted, Source,
};

/// Addresses of fields, kept so that a copy shares what it does not change.
pub type AddressSet = RedBlackTreeSetSync<String>;

/// A reply as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The collection.
    pub collection: CollectionId,
    /// The party.
    pub party: PartyId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// The revision with which it was begun.
    pub revision: u32,
    /// The revision that its last submitted version answers.
    pub submitted_revision: Option<u32>,
    /// Whether this is that version, and not what was changed since.
    pub(super) is_version: bool,
    /// The year to which its columns of years are relative.
    pub reference_year: Option<i16>,
    /// Who began it.
    pub begun_by: Option<PersonId>,
    /// What its party answered in the last round, of each instrument, the one accepted last first.
    pub previous: Arc<[PreviousVersion]>,
    /// The addresses of answers of the last round that are carried over and not confirmed: their fields are blank.
    pub carried: AddressSet,
    /// The answers, by address. A field that is not here is blank.
    pub answers: AnswerMap<AnswerValue>,
    /// What is said of figures among them, by address.
    pub flags: AnswerMap<Flags>,
    /// The comments on them, by address.
    pub comments: AnswerMap<Comment>,
    /// The files attached to it.
    pub files: BTreeMap<FileId, ReplyFileAttached>,
    /// The files that its submitted versions held, each with its bytes: they stay, whatever becomes of the reply.
    pub(super) submitted_files: Arc<BTreeMap<FileId, u64>>,
    /// How many times it was submitted: the number of the last submitted version, 0 before the first.
    pub version: u32,
    /// What its party consents to have published.
    pub publication: Option<Consent>,
    /// In what it said so, where the Secretariat recorded it.
    pub publication_source: Option<Source>,
    /// The needs that its submissions indicated; of those that its rows, entries and groups state, the ones that the last of them did.
    pub needs: BTreeSet<NeedId>,
    /// The needs that its rows, entries and groups stated, as they did last.
    pub(super) stated: Arc<BTreeMap<NeedId, HeldNeed>>,
    /// The needs that were given up together with the changes that they were drafted beside. No submission indicates them.
    pub dropped: BTreeSet<NeedId>,
    /// What became of the last submitted version.
    pub standing: Standing,
    /// Whether it is being amended, at its party's wish, or the Secretariat has taken the pen.
    pub is_amended: bool,
    /// What the Secretariat asked about it, by number.
    pub clarifications: BTreeMap<u32, Clarification>,
    /// The sections that contributors handed back, until the reply is submitted or closed otherwise.
    pub hand_backs: HandBacks,
    /// From what the Secretariat enters it, or entered it last; none where the party does so itself.
    pub source: Option<Source>,
    /// What followed from the rules when it was submitted last.
    pub(super) derivation: Arc<Derivation>,
    /// What was submitted last, while it can be changed again.
    pub(super) baseline: Option<Arc<ReplySnapshot>>,
    /// What one hand had written when the other took the pen: nobody submits what the other only drafted.
    pub(super) stash: Option<Arc<ReplySnapshot>>,
}

code_enum! {
    /// What became of the last submitted version.
    pub enum Standing as "ReplyStanding" {
        /// None was submitted yet.
        Draft = "draft",
        /// It is handed in, and counts.
        Submitted = "submitted",
        /// The Secretariat has accepted it, and it counts.
        Accepted = "accepted",
        /// Its party took it back, and it does not count.
        Withdrawn = "withdrawn",
    }
}

code_enum! {
    /// Where a reply is.
    pub enum Status as "ReplyStatus" {
        /// It is worked on, and was never submitted.
        Draft = "draft",
        /// It is handed in, and refuses changes.
        Submitted = "submitted",
        /// The Secretariat has asked about it: it can be changed and submitted anew, and counts meanwhile.
        Clarification = "clarification",
        /// The Secretariat has accepted it. It refuses changes.
        Accepted = "accepted",
        /// It is being amended, and counts meanwhile as it was submitted.
        Amendment = "amendment",
        /// It was taken back, and can be submitted anew.
        Withdrawn = "withdrawn",
    }
}

/// What the Secretariat asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clarification {
    /// The submitted version that it is about.
    pub version: u32,
    /// The code of the question whose answer it is about; none where it is about the whole reply.
    pub question: Option<String>,
    /// What is asked.
    pub text: Words,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a clarification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Open,
    /// It was answered in words.
    Answered(Words),
    /// The reply was submitted anew, as this version.
    Resubmitted(u32),
    /// The Secretariat needs it no longer.
    Withdrawn,
    /// The reply itself was withdrawn.
    Lapsed,
}

impl Reply {
    /// Where it is.
    pub fn status(&self) -> Status {
        match self.standing {
            Standing::Draft => Status::Draft,
            Standing::Withdrawn => Status::Withdrawn,
            Standing::Submitted | Standing::Accepted if self.open_clarifications() > 0 => {
                Status::Clarification
            }
            Standing::Submitted | Standing::Accepted if self.is_amended => Status::Amendment,
            Standing::Submitted => Status::Submitted,
            Standing::Accepted => Status::Accepted,
        }
    }

    /// Whether its last submitted version counts: it has replied.
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Submitted | Standing::Accepted)
    }

    /// The revision that it answers for good, where it is here as it was submitted; none where it can be changed, and answers
    /// what its collection asks.
    pub fn settled_revision(&self) -> Option<u32> {
        let is_settled = self.is_version || !self.can_change();
        self.submitted_revision.filter(|_| is_settled)
    }

    /// Whether answers and files can be changed.
    pub fn can_change(&self) -> bool {
        !self.counts() || self.is_reopened()
    }

    /// How many of its clarifications are open.
    pub fn open_clarifications(&self) -> usize {
        let all = self.clarifications.values();
        all.filter(|asked| asked.outcome == Outcome::Open).count()
    }

    /// Whether what was submitted is open for changes again.
    pub(super) fn is_reopened(&self) -> bool {
        self.is_amended || self.open_clarifications() > 0
    }

    /// Those of the needs drafted beside it that its next submission indicates.
    pub(super) fn drafts(&self, drafted: &[NeedId]) -> Vec<NeedId> {
        let open = |need: &NeedId| !self.needs.contains(need) && !self.dropped.contains(need);
        drafted.iter().copied().filter(open).collect()
    }

    fn close(&mut self, number: u32, outcome: Outcome) {
        if let Some(asked) = self.clarifications.get_mut(&number) {
            asked.outcome = outcome;
        }
        self.settle();
    }

    fn close_all(&mut self, outcome: &Outcome) {
        for asked in self.clarifications.values_mut() {
            if asked.outcome == Outcome::Open {
                asked.outcome = outcome.clone();
            }
        }
        self.is_amended = false;
        self.stash = None;
    }
}

/// None until the reply is started.
pub type State = Option<Reply>;

pub(super) fn evolve(state: State, event: &Event) -> State {
    let Some(mut reply) = state else {
        return match event {
            Event::ReplyStarted(event) => Some(Reply::from(event)),
            _ => None,
        };
    };
    match event {
        Event::ReplyStarted(_) => {}
        Event::ReplyAnswered(event) => {
            for answer in event.answers.iter().cloned() {
                match answer.comment {
                    Some(comment) => reply.comments.insert_mut(answer.code.clone(), comment),
                    None => drop(reply.comments.remove_mut(&answer.code)),
                }
                if !answer.flags.is_empty() {
                    reply.flags.insert_mut(answer.code.clone(), answer.flags);
                } else if !reply.flags.is_empty() {
                    reply.flags.remove_mut(&answer.code);
                }
                reply.carried.remove_mut(&answer.code);
                reply.answers.insert_mut(answer.code, answer.value);
            }
        }
        Event::ReplyCarriedOver(event) => {
            for address in &event.addresses {
                reply.carried.insert_mut(address.clone());
            }
        }
        Event::ReplyCleared(event) => {
            for code in &event.codes {
                reply.answers.remove_mut(code);
                reply.carried.remove_mut(code);
                reply.comments.remove_mut(code);
                reply.flags.remove_mut(code);
            }
        }
        Event::ReplyFileAttached(event) => {
            reply.files.insert(event.file, event.clone());
        }
        Event::ReplyFileRemoved(event) => {
            reply.files.remove(&event.file);
        }
        Event::ReplyFilesDeleted(_) => {}
        Event::ReplyEvaluated(event) => Arc::make_mut(&mut reply.derivation).add(event),
        Event::ReplyNeedsStated(event) => reply.note_needs(event),
        Event::ReplySubmitted(event) => {
            reply.version = event.version;
            reply.submitted_revision = Some(event.revision.unwrap_or(reply.revision));
            if reply.derivation.version() != event.version {
                reply.derivation = Arc::default();
            }
            reply.publication = event.publication.clone();
            reply.publication_source = event.source.clone();
            reply.source = event.source.clone();
            reply.needs.extend(&event.needs);
            reply.carried = AddressSet::default();
            reply.standing = Standing::Submitted;
            reply.close_all(&Outcome::Resubmitted(event.version));
            reply.baseline = None;
            reply.hand_backs = HandBacks::default();
            if !reply.files.is_empty() {
                let held = reply.files.iter().map(|(id, file)| (*id, file.size));
                Arc::make_mut(&mut reply.submitted_files).extend(held);
            }
        }
        Event::PublicationDecided(event) => {
            reply.publication = event.publication.clone();
            reply.publication_source = event.source.clone();
        }
        Event::ClarificationRequested(event) => {
            reply.keep();
            let asked = Clarification {
                version: reply.version,
                question: event.question.clone(),
                text: event.text.clone(),
                outcome: Outcome::Open,
            };
            reply.clarifications.insert(event.clarification, asked);
        }
        Event::ClarificationAnswered(event) => {
            reply.close(event.clarification, Outcome::Answered(event.text.clone()));
        }
        Event::ClarificationWithdrawn(event) => {
            reply.close(event.clarification, Outcome::Withdrawn);
        }
        Event::SectionHandedBack(event) => reply.note_hand_back(event),
        Event::SectionReturned(event) => reply.note_return(event),
        Event::ReplyAccepted(_) => reply.standing = Standing::Accepted,
        Event::AmendmentBegun(event) => {
            reply.keep();
            if event.source.is_some() != reply.source.is_some() {
                reply.set_aside(&event.set_aside);
            }
            reply.is_amended = true;
            reply.source = event.source.clone();
            reply.begun_by = reply.begun_by.or(event.begun_by);
        }
        Event::AmendmentDiscarded(event) => reply.restore(event),
        Event::ReplyWithdrawn(_) => {
            reply.keep();
            reply.standing = Standing::Withdrawn;
            reply.publication = None;
            reply.publication_source = None;
            reply.source = None;
            reply.close_all(&Outcome::Lapsed);
            // From here on it is its party's to write, whoever entered what was submitted.
            if let Some(baseline) = &mut reply.baseline {
                Arc::make_mut(baseline).source = None;
            }
        }
    }
    Some(reply)
}

impl From<&ReplyStarted> for Reply {
    fn from(event: &ReplyStarted) -> Self {
        Self {
            collection: event.collection,
            party: event.party,
            instrument: event.instrument,
            revision: event.revision,
            submitted_revision: None,
            is_version: false,
            reference_year: event.reference_year,
            begun_by: event.begun_by,
            previous: event.previous.clone().into(),
            carried: AddressSet::default(),
            answers: AnswerMap::default(),
            flags: AnswerMap::default(),
            comments: AnswerMap::default(),
            files: BTreeMap::new(),
            submitted_files: Arc::default(),
            version: 0,
            publication: None,
            publication_source: None,
            needs: BTreeSet::new(),
            stated: Arc::default(),
            dropped: BTreeSet::new(),
            standing: Standing::Draft,
            is_amended: false,
            clarifications: BTreeMap::new(),
            hand_backs: HandBacks::default(),
            source: event.source.clone(),
            derivation: Arc::default(),
            baseline: None,
            stash: None,
        }
    }
}
