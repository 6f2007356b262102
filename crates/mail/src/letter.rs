//! A letter: what it says, to whom, about what, and what becomes of it.

use std::time::Duration;

use serde_json::{Map, Value};
use uuid::Uuid;

use domain::{CollectionId, ConsultationId, PartyId, PersonId};

domain::code_enum! {
    /// What a letter says. Its texts are data/letters/`<kind>`.`<language>`.txt.
    pub enum LetterKind {
        /// A focal point is invited; `party` and `collection` say to what, `path` opens it.
        Invitation = "invitation",
        /// A focal point invites a colleague to some sections; as an invitation, and `sections`.
        ContributorInvitation = "contributor_invitation",
        /// Somebody is invited to comment for a party; `party` and `consultation` say in what, `path` opens it.
        CommentInvitation = "comment_invitation",
        /// The link that was asked for: `path`.
        SignInLink = "sign_in_link",
        /// A deadline comes near: `party`, `collection`, `deadline`; `path` leads to where one signs in.
        Reminder = "reminder",
        /// The Secretariat has asked about a reply: as a reminder, and `question` says what.
        Clarification = "clarification",
        /// A party has more time: as a reminder.
        Extension = "extension",
        /// What is asked was corrected: as a reminder, and `reason` says what.
        Correction = "correction",
        /// A reply was submitted, to whoever did it: as a reminder, and what of it stands in the log.
        Receipt = "receipt",
        /// A colleague has handed a section back to the focal point: as a reminder, and `section` says which.
        HandBack = "hand_back",
        /// The focal point has returned a section to a colleague: as that.
        SectionReturn = "section_return",
        /// What waits for an officer: by kind, how many and whose; `path` leads to where one signs in.
        Digest = "digest",
    }
}

domain::code_enum! {
    /// What has become of a letter.
    pub enum LetterState {
        /// It waits to be sent, for the first time or again.
        Queued = "queued",
        /// The server has it.
        Sent = "sent",
        /// It is not sent, and not tried again unless somebody asks for it.
        Failed = "failed",
    }
}

impl LetterKind {
    /// Whether the link in it lets in whoever has it.
    pub fn lets_in(self) -> bool {
        match self {
            Self::Invitation
            | Self::ContributorInvitation
            | Self::CommentInvitation
            | Self::SignInLink => true,
            Self::Reminder
            | Self::Clarification
            | Self::Extension
            | Self::Correction
            | Self::Receipt
            | Self::HandBack
            | Self::SectionReturn
            | Self::Digest => false,
        }
    }

    /// The kinds that go between those who act for one party, about what they draft: nobody else is told that there are any, the
    /// Secretariat neither.
    pub(super) fn codes_within_party() -> Vec<String> {
        let codes = [Self::HandBack, Self::SectionReturn].map(Self::as_str);
        codes.map(str::to_owned).into()
    }
}

/// A letter to put into the outbox.
#[derive(Clone, Debug)]
pub struct NewLetter {
    /// To whom. Name, address and language are read from the directory when it is sent.
    pub person: PersonId,
    /// What it says.
    pub kind: LetterKind,
    /// Which party's reply or comments it is about, if one's.
    pub about: Option<LetterSubject>,
    /// What its placeholders are filled with: a string, an object of texts by language, of which the reader's is taken, an
    /// instant with its zone, or whom to ask, an office. Never a name or an address of a person. The member `path`, such as `/in/<secret>`, makes the link, and is
    /// forgotten as soon as the letter is sent.
    pub args: Map<String, Value>,
    /// How long it is worth sending: as long as its link opens. For ever where there is none.
    pub valid_for: Option<Duration>,
}

/// A party's reply to a collection, or its comments in a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterSubject {
    /// In what the party is asked.
    pub of: AskedIn,
    /// The party.
    pub party: PartyId,
}

/// In what a party is asked for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedIn {
    /// For its reply.
    Collection(CollectionId),
    /// For its comments.
    Consultation(ConsultationId),
}

impl AskedIn {
    /// The id, of whichever it is.
    pub fn id(self) -> Uuid {
        match self {
            Self::Collection(id) => id.0,
            Self::Consultation(id) => id.0,
        }
    }

    /// The collection, where it is one.
    pub fn collection(self) -> Option<Uuid> {
        match self {
            Self::Collection(id) => Some(id.0),
            Self::Consultation(_) => None,
        }
    }

    /// The consultation, where it is one.
    pub fn consultation(self) -> Option<Uuid> {
        match self {
            Self::Collection(_) => None,
            Self::Consultation(id) => Some(id.0),
        }
    }

    /// What is stored in two columns, of which one at most says something.
    pub fn from_stored(collection: Option<Uuid>, consultation: Option<Uuid>) -> Option<Self> {
        let collection = collection.map(|id| Self::Collection(CollectionId(id)));
        collection.or(consultation.map(|id| Self::Consultation(ConsultationId(id))))
    }
}
