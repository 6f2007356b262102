//! A reply: one party's answers in a collection.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fault;
use super::questionnaire::{Answer, AnswerValue, Comment, Questionnaire, check_submission};
use super::{
    CollectionId, Decider, FileId, InstrumentId, NeedId, PartyId, PersonId, collection, delegation,
};

mod files;

pub use files::{
    MAX_FILE_BYTES, MAX_FILE_NAME_CHARS, MAX_FILES, MEDIA_TYPES, ReplyFileAttached,
    ReplyFileRemoved,
};

mod hand;
mod publication;
mod saving;
#[cfg(test)]
mod tests;

pub use publication::Consent;

// Events

events! {
    /// What happens to a reply.
    pub enum Event {
        ReplyStarted = "reply_started",
        ReplyAnswered = "reply_answered",
        ReplyCleared = "reply_cleared",
        ReplySubmitted = "reply_submitted",
        PublicationDecided = "publication_decided",
        ReplyFileAttached = "reply_file_attached",
        ReplyFileRemoved = "reply_file_removed",
    }
}

/// A party begins to reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyStarted {
    /// The collection.
    pub collection: CollectionId,
    /// The party.
    pub party: PartyId,
    /// The instrument that the collection asks.
    pub instrument: InstrumentId,
    /// The revision that it asks.
    pub revision: u32,
    /// Who begins it. As long as the party has named no focal point, that is who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<PersonId>,
}

/// Answers are given, or given anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyAnswered {
    /// Those that changed, at most one for each question.
    pub answers: Vec<Answer>,
}

/// Answers are taken back: their questions are blank again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyCleared {
    /// The questions' codes.
    pub codes: Vec<String>,
}

/// The reply is handed in, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplySubmitted {
    /// 1, 2, 3 within the reply.
    pub version: u32,
    /// What the party consents to have published of this version; what was consented to before is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Consent>,
    /// The needs drafted beside it that it indicates, and that no submission before it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedId>,
}

/// The party decides anew what may be published of its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationDecided {
    /// What it consents to; none: to nothing.
    pub publication: Option<Consent>,
}

// State

/// A reply as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The collection.
    pub collection: CollectionId,
    /// The party.
    pub party: PartyId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Its revision.
    pub revision: u32,
    /// Who began it.
    pub begun_by: Option<PersonId>,
    /// The answers, by question code. A question that is not here is blank.
    pub answers: BTreeMap<String, AnswerValue>,
    /// The comments on them, by question code.
    pub comments: BTreeMap<String, Comment>,
    /// The files attached to it.
    pub files: BTreeMap<FileId, ReplyFileAttached>,
    /// How many times it was submitted: the number of the last submitted version, 0 before the first.
    pub version: u32,
    /// What its party consents to have published.
    pub publication: Option<Consent>,
    /// The needs that its submissions indicated.
    pub needs: BTreeSet<NeedId>,
    /// Whether it can be worked on.
    pub status: Status,
}

impl Reply {
    /// Whether needs can be drafted beside it.
    pub fn takes_needs(&self) -> bool {
        self.status == Status::Draft
    }
}

code_enum! {
    /// Whether a reply can be worked on.
    pub enum Status {
        /// It can.
        Draft = "draft",
        /// It is handed in, and refuses answers until it is reopened.
        Submitted = "submitted",
    }
}

/// None until the reply is started.
pub type State = Option<Reply>;

fn evolve(state: State, event: &Event) -> State {
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
                    Some(comment) => reply.comments.insert(answer.code.clone(), comment),
                    None => reply.comments.remove(&answer.code),
                };
                reply.answers.insert(answer.code, answer.value);
            }
        }
        Event::ReplyCleared(event) => {
            reply.answers.retain(|code, _| !event.codes.contains(code));
            reply.comments.retain(|code, _| !event.codes.contains(code));
        }
        Event::ReplyFileAttached(event) => {
            reply.files.insert(event.file, event.clone());
        }
        Event::ReplyFileRemoved(event) => {
            reply.files.remove(&event.file);
        }
        Event::ReplySubmitted(event) => {
            reply.version = event.version;
            reply.publication = event.publication.clone();
            reply.needs.extend(&event.needs);
            reply.status = Status::Submitted;
        }
        Event::PublicationDecided(event) => reply.publication = event.publication.clone(),
    }
    Some(reply)
}

impl From<&ReplyStarted> for Reply {
    fn from(event: &ReplyStarted) -> Self {
        let &ReplyStarted {
            collection,
            party,
            instrument,
            revision,
            begun_by,
        } = event;
        let (answers, version, status) = (BTreeMap::new(), 0, Status::Draft);
        Self {
            collection,
            party,
            instrument,
            revision,
            begun_by,
            answers,
            comments: BTreeMap::new(),
            files: BTreeMap::new(),
            version,
            publication: None,
            needs: BTreeSet::new(),
            status,
        }
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
    /// Keep these answers and take those back. A question in both is answered.
    Save {
        /// Answers to keep; of several to one question the last counts.
        answers: Vec<Answer>,
        /// Codes of questions whose answers to take back.
        clear: Vec<String>,
    },
    /// Attach a file.
    Attach(ReplyFileAttached),
    /// Take a file away.
    RemoveFile {
        /// Which.
        file: FileId,
    },
    /// Hand the reply in.
    Submit {
        /// What may be published of it.
        publication: Option<Consent>,
    },
    /// Say what may be published from now on.
    DecidePublication {
        /// Nothing, if none.
        publication: Option<Consent>,
    },
}

/// In what capacity, and as which person, somebody acts for the party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// As its focal point.
    FocalPoint(PersonId),
    /// As a colleague who drafts sections.
    Contributor(PersonId),
}

/// What decisions on a reply read of other streams, and who asks.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who asks.
    pub hand: Hand,
    /// Who acts for the party in the collection.
    pub delegation: Arc<delegation::State>,
    /// Whether the last office that whoever asks was given for the party has ended: they are its focal point no longer,
    /// and so take up none that nobody holds.
    pub is_replaced: bool,
    /// The reply's collection.
    pub collection: Arc<collection::State>,
    /// The revision that the collection asks.
    pub questionnaire: Arc<Questionnaire>,
    /// The needs that are drafted beside the reply, where it is to be submitted.
    pub needs: Vec<NeedId>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ReplyAlreadyStarted = "reply_already_started", "the party has a reply in the collection already";
        UnknownReply = "unknown_reply", "there is no such reply";
        UnknownCollection = "unknown_collection", "there is no such collection";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        SectionNotAssigned(faults) = "section_not_assigned", "the contributor was not admitted to these questions' sections";
        PartyNotInvited = "party_not_invited", "the party is not invited to reply in the collection";
        CollectionClosed = "collection_closed", "the collection is closed";
        ReplySubmitted = "reply_submitted", "the reply is submitted, and refuses changes until it is reopened";
        ReplyNotSubmitted = "reply_not_submitted", "the reply was never submitted";
        UnknownSection(faults) = "unknown_section", "the questionnaire has no such section";
        UnknownQuestion(faults) = "unknown_question", "the questionnaire has no such question";
        WrongAnswerType(faults) = "wrong_answer_type", "the answer is not of the type that the question takes";
        FileTypeNotAllowed = "file_type_not_allowed", "files of this media type are not taken";
        FileEmpty = "file_empty", "the file has no bytes";
        FileTooLarge = "file_too_large", "the file has more bytes than the most allowed";
        TooManyFiles = "too_many_files", "the reply has as many files as it may have";
        UnknownFile = "unknown_file", "the reply has no such file";
        ReplyIncomplete(faults) = "reply_incomplete", "the reply cannot be submitted as it stands";
    }
}

// Decide

impl Decider for Reply {
    type Command = Command;
    type Context = Context;
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
        let Some(reply) = state else {
            return match command {
                Command::Start { collection, party } => start(collection, party, context),
                _ => Err(Refusal::UnknownReply),
            };
        };
        if let Command::Start { .. } = command {
            return Err(Refusal::ReplyAlreadyStarted);
        }
        hand::may(context, reply, &command)?;
        let collection = context
            .collection
            .as_ref()
            .as_ref()
            .ok_or(Refusal::UnknownCollection)?;
        let questionnaire = &context.questionnaire;
        match command {
            Command::Start { .. } => Err(Refusal::ReplyAlreadyStarted),
            Command::DecidePublication { publication } => {
                publication::decide(reply, questionnaire, publication)
            }
            _ if collection.status == collection::Status::Closed => Err(Refusal::CollectionClosed),
            _ if reply.status == Status::Submitted => Err(Refusal::ReplySubmitted),
            Command::Save { answers, clear } => saving::save(reply, questionnaire, answers, clear),
            Command::Attach(file) => files::attach(reply, questionnaire, file),
            Command::RemoveFile { file } => files::remove(reply, file),
            Command::Submit { publication } => submit(reply, context, publication),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn start(id: CollectionId, party: PartyId, context: &Context) -> Result<Vec<Event>, Refusal> {
    let begun_by = Some(hand::beginner(context)?);
    let collection = context.collection.as_ref().as_ref();
    let collection = collection.ok_or(Refusal::UnknownCollection)?;
    if !collection.invited.contains_key(&party) {
        return Err(Refusal::PartyNotInvited);
    }
    if collection.status == collection::Status::Closed {
        return Err(Refusal::CollectionClosed);
    }
    let (instrument, revision) = (collection.instrument, collection.revision);
    Ok(vec![
        ReplyStarted {
            collection: id,
            party,
            instrument,
            revision,
            begun_by,
        }
        .into(),
    ])
}

fn submit(
    reply: &Reply,
    context: &Context,
    publication: Option<Consent>,
) -> Result<Vec<Event>, Refusal> {
    let questionnaire = &context.questionnaire;
    let faults = check_submission(questionnaire, &reply.answers);
    fault::none(faults).map_err(Refusal::ReplyIncomplete)?;
    let publication = publication::sound(publication, questionnaire)?;
    let drafted = context.needs.iter().copied();
    let needs = drafted.filter(|need| !reply.needs.contains(need)).collect();
    Ok(vec![
        ReplySubmitted {
            version: reply.version + 1,
            publication,
            needs,
        }
        .into(),
    ])
}
