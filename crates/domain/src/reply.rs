//! A reply: one party's answers in a collection.

use jiff::Timestamp;

use super::questionnaire::{Form, Verdict, WordsRead, check_with_words};
use super::words::Words;
use super::{CollectionId, FileId, PartyId};

mod amending;
mod beginning;
mod capacity;
mod carrying;
mod context;
mod derivation;
mod events;
mod file_name;
mod file_types;
mod files;
mod handing_back;
mod persons;
mod previous;
mod publication;
mod review;
mod saving;
mod snapshot;
mod source;
mod state;
mod stating;
mod submitting;
#[cfg(test)]
mod tests;
pub mod versions;

pub use carrying::Selection;
pub use context::{Context, ReplyCapacity};
pub use derivation::Derivation;
pub use events::{
    AmendmentBegun, AmendmentDiscarded, ClarificationAnswered, ClarificationRequested,
    ClarificationWithdrawn, PublicationDecided, ReplyAccepted, ReplyAnswered, ReplyCarriedOver,
    ReplyCleared, ReplyEvaluated, ReplyStarted, ReplySubmitted, ReplyWithdrawn,
};
pub use file_name::{MAX_FILE_NAME_BYTES, file_name};
pub use file_types::FileType;
pub use files::{
    MAX_FILE_BYTES, MAX_FILES, MAX_REPLY_BYTES, ReplyFileAttached, ReplyFileRemoved,
    ReplyFilesDeleted,
};
pub use handing_back::{HandBack, HandBacks, Return, SectionHandedBack, SectionReturned};
pub use persons::{PersonalRecord, PersonalUnit, personal_units};
pub use previous::{Lineage, PreviousAnswer, PreviousAnswers, PreviousVersion};
pub use publication::{CONSENTS, Consent, consents_count_since};
pub use review::MAX_REMARK_CHARS;
pub use saving::{AnswerChange, NewValue, unknown_field};
pub use source::{Source, SourceKind};
use state::evolve;
pub use state::{Clarification, Outcome, Reply, Standing, State, Status};
pub use stating::{
    EndedNeed, HeldNeed, ReplyNeedsStated, StatedNeed, StatementChange, StatingContext,
};

// Events

events! {
    /// What happens to a reply.
    pub enum Event {
        ReplyStarted = "reply_started",
        ReplyCarriedOver = "reply_carried_over",
        ReplyAnswered = "reply_answered",
        ReplyCleared = "reply_cleared",
        ReplyEvaluated = "reply_evaluated",
        ReplyNeedsStated = "reply_needs_stated",
        ReplySubmitted = "reply_submitted",
        PublicationDecided = "publication_decided",
        ReplyFileAttached = "reply_file_attached",
        ReplyFileRemoved = "reply_file_removed",
        ReplyFilesDeleted = "reply_files_deleted",
        ClarificationRequested = "clarification_requested",
        ClarificationAnswered = "clarification_answered",
        ClarificationWithdrawn = "clarification_withdrawn",
        ReplyAccepted = "reply_accepted",
        SectionHandedBack = "section_handed_back",
        SectionReturned = "section_returned",
        AmendmentBegun = "amendment_begun",
        AmendmentDiscarded = "amendment_discarded",
        ReplyWithdrawn = "reply_withdrawn",
    }
}

// Commands

/// What somebody wants of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Begin.
    Start {
        /// The collection.
        collection: CollectionId,
        /// The party.
        party: PartyId,
    },
    /// Begin to enter what a party sent otherwise.
    Enter {
        /// The collection.
        collection: CollectionId,
        /// The party.
        party: PartyId,
        /// What it sent.
        source: Source,
        /// The time.
        now: Timestamp,
    },
    /// Change these answers and take those back. A question in both is answered.
    Save {
        /// What is said of answers; of several to one question the last counts.
        answers: Vec<AnswerChange>,
        /// Codes of questions whose answers to take back.
        clear: Vec<String>,
    },
    /// Carry answers of the last round over, into what is blank.
    CarryOver(Selection),
    /// Confirm answers that were carried over.
    Confirm(Selection),
    /// Attach a file.
    Attach(ReplyFileAttached),
    /// Take a file away.
    RemoveFile {
        /// Which.
        file: FileId,
    },
    /// Say that one's part of a section is done.
    HandBack {
        /// The section's code.
        section: String,
        /// What there is to say of it, if anything.
        remark: Option<Words>,
    },
    /// Return a section to whoever handed it back.
    Return {
        /// The section's code.
        section: String,
        /// What is still to be done, if it is said.
        remark: Option<Words>,
    },
    /// Hand the reply in.
    Submit {
        /// What may be published of it: nothing, if that is said; none where it is left out.
        publication: Option<Option<Consent>>,
    },
    /// Say what may be published from now on.
    DecidePublication {
        /// Nothing, if none.
        publication: Option<Consent>,
        /// In what the party said so; none where it says so itself.
        source: Option<Source>,
        /// The time.
        now: Timestamp,
    },
    /// Ask about what was submitted.
    Clarify {
        /// About the answer to this question; about the whole reply, if none.
        question: Option<String>,
        /// What is asked.
        text: Words,
    },
    /// Answer in words what was asked.
    AnswerClarification {
        /// Which.
        clarification: u32,
        /// What is answered.
        text: Words,
    },
    /// Need what was asked no longer.
    WithdrawClarification {
        /// Which.
        clarification: u32,
    },
    /// Accept what was submitted.
    Accept {
        /// The version that was reviewed; the last, if none.
        version: Option<u32>,
    },
    /// Open what was submitted for changes; or, by the Secretariat, take the pen from the party, whatever it has open.
    BeginAmendment {
        /// What a party sent otherwise; none where it amends itself.
        source: Option<Source>,
        /// The time.
        now: Timestamp,
    },
    /// Drop the changes.
    DiscardAmendment,
    /// Take the reply back.
    Withdraw {
        /// Why.
        reason: Words,
    },
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ReplyAlreadyStarted = "reply_already_started", "the party has a reply in the collection already";
        UnknownReply = "unknown_reply", "there is no such reply";
        UnknownCollection = "unknown_collection", "there is no such collection";
        NoPreviousRound = "no_previous_round", "no reply that was accepted before this one began stands beside it";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        OnlySecretariat = "only_secretariat", "only the Secretariat may do this";
        NotContributor = "not_contributor", "only a contributor who was admitted to the section may do this";
        SectionNotAssigned(faults) = "section_not_assigned", "the contributor was not admitted to these questions' sections";
        PartyNotInvited = "party_not_invited", "the party is not invited to reply in the collection";
        CollectionClosed = "collection_closed", "the collection is closed";
        ReplySubmitted = "reply_submitted", "the reply is submitted, and refuses changes until it is reopened";
        ReplyNotSubmitted = "reply_not_submitted", "the reply was never submitted";
        ReplyWithdrawn = "reply_withdrawn", "the reply was withdrawn";
        ReplyNotEntered = "reply_not_entered", "the reply is its party's own: the Secretariat changes only what it enters";
        ReplyEntered = "reply_entered", "the Secretariat enters the reply from what its party sent";
        SourceFaulty(faults) = "source_faulty", "what is said of the source has faults";
        ReplyAlreadyAccepted = "reply_already_accepted", "the reply is accepted already";
        ReplyVersionSuperseded = "reply_version_superseded", "another version was submitted since";
        ClarificationOpen = "clarification_open", "a clarification is open";
        UnknownClarification = "unknown_clarification", "there is no such clarification";
        ClarificationNotOpen = "clarification_not_open", "the clarification is not open any more";
        TooManyClarifications = "too_many_clarifications", "the reply has as many clarifications as it may have";
        RemarkFaulty(faults) = "remark_faulty", "the words have faults";
        AmendmentOpen = "amendment_open", "the reply is being amended already";
        NoAmendment = "no_amendment", "the reply is not being amended";
        UnknownSection(faults) = "unknown_section", "the questionnaire has no such section";
        SectionAlreadyHandedBack = "section_already_handed_back", "the contributor has handed the section back already";
        SectionNotHandedBack = "section_not_handed_back", "nobody who answers the section has handed it back";
        UnknownQuestion(faults) = "unknown_question", "the questionnaire has no such question";
        WrongAnswerType(faults) = "wrong_answer_type", "the answer is not of the type that the question takes";
        AnswersFaulty(faults) = "answers_faulty", "some of these answers cannot be saved";
        FileTypeNotAllowed = "file_type_not_allowed", "files of this media type are not taken";
        FileEmpty = "file_empty", "the file has no bytes";
        FileTooLarge = "file_too_large", "the file has more bytes than the most allowed";
        TooManyFiles = "too_many_files", "the reply has as many files as it may have";
        ConsentChangedTooOften(faults) = "consent_changed_too_often", "consent was given as often as it may be for now; it can be withdrawn";
        ReplyFull(faults) = "reply_full", "the files of the reply have as many bytes as they may have";
        ConsentNotSaid = "consent_not_said", "the party consents to publication of what it submitted before: whether it does of this must be said";
        UnknownFile = "unknown_file", "the reply has no such file";
        ReplyIncomplete(faults) = "reply_incomplete", "the reply cannot be submitted as it stands";
    }
}

// Decide

decider!(Reply);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let events = match (state, command) {
        (None, Command::Start { collection, party }) => {
            beginning::start(collection, party, context)
        }
        (
            None,
            Command::Enter {
                collection,
                party,
                source,
                now,
            },
        ) => beginning::enter(collection, party, source, now, context),
        (None, _) => Err(Refusal::UnknownReply),
        // What a party has only drafted does not stand in the way of what it sends.
        (Some(reply), Command::Enter { source, now, .. })
            if context.hand == ReplyCapacity::Secretariat
                && reply.standing == Standing::Draft
                && reply.source.is_none() =>
        {
            let source = Some(source);
            change(reply, context, Command::BeginAmendment { source, now })
        }
        (Some(_), Command::Start { .. } | Command::Enter { .. }) => {
            Err(Refusal::ReplyAlreadyStarted)
        }
        (Some(reply), command) => change(reply, context, command),
    };
    Ok(files::with_deletions(state, events?))
}

impl Reply {
    /// What a submission of it would come to, beside what the party answered in the last round, with the words that rules look at.
    pub fn verdict(
        &self,
        form: &Form,
        previous: Option<&PreviousAnswers>,
        words: &WordsRead,
    ) -> Verdict {
        let last = previous.map(PreviousAnswers::values);
        let mut verdict = check_with_words(form, &self.answers, last.as_ref(), words);
        verdict.name_unconfirmed(&|address| self.carried.contains(address));
        verdict
    }

    /// Refuses whoever may not write needs down beside it now. Who may submit it may, as long as it can be changed.
    ///
    /// # Errors
    /// The rule that stands in the way.
    pub fn may_draft_needs(&self, context: &Context) -> Result<(), Refusal> {
        capacity::may(context, self, &Command::Submit { publication: None })?;
        let collection = context.collection.as_ref().as_ref();
        capacity::may_change(context, collection.ok_or(Refusal::UnknownCollection)?, self)
    }
}

fn change(reply: &Reply, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    capacity::may(context, reply, &command)?;
    let collection = context.collection.as_ref().as_ref();
    let collection = collection.ok_or(Refusal::UnknownCollection)?;
    let form = &context.form;
    match command {
        Command::Start { .. } | Command::Enter { .. } => Err(Refusal::ReplyAlreadyStarted),
        Command::DecidePublication {
            publication,
            source,
            now,
        } => publication::decide(reply, context, collection, publication, (source, now)),
        Command::Clarify { question, text } => review::ask(reply, form, question, text),
        Command::AnswerClarification {
            clarification,
            text,
        } => review::answer(reply, context, clarification, text),
        Command::WithdrawClarification { clarification } => {
            review::take_back(reply, context, clarification)
        }
        Command::Accept { version } => review::accept(reply, version),
        Command::BeginAmendment { source, now } => {
            amending::begin(reply, context, collection, source, now)
        }
        Command::DiscardAmendment => {
            let events = amending::discard(reply, context)?;
            capacity::holds_the_pen(context, reply)?;
            Ok(events)
        }
        Command::Withdraw { reason } => amending::withdraw(reply, context, reason),
        Command::Save { answers, clear } => {
            capacity::may_change(context, collection, reply)?;
            saving::save(reply, form, answers, clear)
        }
        Command::CarryOver(selection) => {
            capacity::may_change(context, collection, reply)?;
            carrying::carry_over(reply, context, &selection)
        }
        Command::Confirm(selection) => {
            capacity::may_change(context, collection, reply)?;
            carrying::confirm(reply, context, &selection)
        }
        Command::Attach(file) => {
            capacity::may_change(context, collection, reply)?;
            files::attach(reply, form, file)
        }
        Command::RemoveFile { file } => {
            capacity::may_change(context, collection, reply)?;
            files::remove(reply, file)
        }
        Command::HandBack { section, remark } => {
            capacity::may_change(context, collection, reply)?;
            handing_back::hand_back(reply, context, section, remark)
        }
        Command::Return { section, remark } => {
            capacity::may_change(context, collection, reply)?;
            handing_back::give_back(reply, context, section, remark)
        }
        Command::Submit { publication } => {
            capacity::may_change(context, collection, reply)?;
            submitting::submit(reply, context, publication, collection.revision)
        }
    }
}
