//! How much of a reply somebody sees who may see it at all.
//!
//! A draft is its party's alone: the Secretariat sees what was submitted last, and beside that only what it enters itself.
//! Of its party's people a contributor sees its own sections and those that are opened to it.

use std::collections::BTreeSet;

use crate::http::conditional::Reader;
use access::{Principal, Role};
use domain::PersonId;
use domain::delegation::Delegation;
use domain::questionnaire::{AnswerMap, Form, Question};
use domain::reply::{Clarification, Consent, Reply};

/// How much of a reply somebody sees.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// All of it, as it stands.
    Whole,
    /// As it was submitted last.
    Submitted,
    /// As it stands, of the sections with these codes.
    Sections(BTreeSet<String>),
}

impl From<&Consent> for Sight {
    /// What anybody sees of a version that its party consents to have published.
    fn from(consent: &Consent) -> Self {
        match consent {
            Consent::All(_) => Self::Whole,
            Consent::Sections(sections) => Self::Sections(sections.clone()),
        }
    }
}

impl Sight {
    /// What somebody sees who acts for a party, or for the Secretariat.
    pub fn for_principal(principal: &Principal, reply: &Reply, delegation: &Delegation) -> Self {
        match principal.role {
            Role::FocalPoint => Self::Whole,
            Role::Contributor => {
                let admitted = delegation.contributors.get(&PersonId(principal.id));
                let readable = admitted.map_or(Some(BTreeSet::new()), |held| held.readable());
                readable.map_or(Self::Whole, Self::Sections)
            }
            Role::Administrator | Role::Officer => Self::of_secretariat(reply),
            // A mission reads what its capital has submitted.
            Role::Mission | Role::Donor | Role::Commenter | Role::Anonymous => Self::Submitted,
        }
    }

    /// What the Secretariat sees: all that it enters itself, and otherwise what was submitted.
    pub fn of_secretariat(reply: &Reply) -> Self {
        if reply.source.is_some() {
            Self::Whole
        } else {
            Self::Submitted
        }
    }

    /// A reply as it is seen so.
    pub fn show(&self, reply: &Reply, asked: &Form) -> Reply {
        match self {
            Self::Whole => reply.clone(),
            Self::Submitted => reply.as_submitted(),
            Self::Sections(_) => {
                let mut shown = reply.clone();
                shown.carried = reply
                    .carried
                    .iter()
                    .filter(|address| self.reads(asked, Some(address)))
                    .cloned()
                    .collect();
                shown.answers = self.readable(asked, &reply.answers);
                shown.flags = self.readable(asked, &reply.flags);
                shown.comments = self.readable(asked, &reply.comments);
                let mut hand_backs = (*shown.hand_backs).clone();
                hand_backs.retain(|(section, _), _| self.reads_section(section));
                shown.hand_backs = hand_backs.into();
                shown
                    .files
                    .retain(|_, file| self.reads(asked, file.question.as_deref()));
                shown.publication = shown
                    .publication
                    .and_then(|consent| self.visible_consent(consent));
                shown
            }
        }
    }

    /// What is seen of what a reply holds by question code.
    fn readable<T: Clone>(&self, asked: &Form, held: &AnswerMap<T>) -> AnswerMap<T> {
        let seen = held.iter();
        let seen = seen.filter(|(code, _)| self.reads(asked, Some(code)));
        seen.map(|(code, held)| (code.clone(), held.clone()))
            .collect()
    }

    /// Whether what concerns a question is seen; what concerns none concerns the whole reply.
    pub fn reads(&self, asked: &Form, question: Option<&str>) -> bool {
        let Self::Sections(readable) = self else {
            return true;
        };
        let section = question.and_then(|code| asked.section_of(code));
        section.is_some_and(|section| readable.contains(&section.code))
    }

    fn reads_section(&self, section: &str) -> bool {
        match self {
            Self::Sections(readable) => readable.contains(section),
            Self::Whole | Self::Submitted => true,
        }
    }

    /// What distinguishes a representation for whoever sees so much: what is opened changes, and the reply does not.
    pub fn tagged(&self, reader: Reader) -> Reader {
        match self {
            Self::Sections(_) => reader.seeing(self),
            Self::Whole | Self::Submitted => reader,
        }
    }

    /// Whether the reply is a draft of which no more is told than that it is begun, and how many answers it has.
    pub fn withholds(&self, reply: &Reply) -> bool {
        *self == Self::Submitted && reply.version == 0
    }

    /// Whether what is pending of it is seen.
    pub fn sees_drafts(&self) -> bool {
        *self != Self::Submitted
    }

    /// Whether what concerns no section of its own is seen.
    pub fn sees_the_rest(&self) -> bool {
        !matches!(self, Self::Sections(_))
    }

    /// The questions that are seen.
    pub fn questions<'a>(&'a self, asked: &'a Form) -> impl Iterator<Item = &'a Question> {
        let sections = asked.sections.iter().filter(move |section| match self {
            Self::Sections(readable) => readable.contains(&section.code),
            Self::Whole | Self::Submitted => true,
        });
        sections.flat_map(|section| section.all_questions())
    }

    /// Those of the clarifications that are seen.
    pub fn clarifications<'a>(
        &'a self,
        reply: &'a Reply,
        asked: &'a Form,
    ) -> impl Iterator<Item = &'a Clarification> {
        let all = reply.clarifications.values();
        all.filter(move |one| self.reads(asked, one.question.as_deref()))
    }

    /// What of a consent concerns the sections that are seen.
    fn visible_consent(&self, consent: Consent) -> Option<Consent> {
        match self {
            Self::Sections(readable) => consent.and(&Consent::Sections(readable.clone())),
            _ => Some(consent),
        }
    }
}

/// Takes out what is about persons: it is never published.
pub fn take_persons_out(reply: &mut Reply, asked: &Form) {
    let is_personal = |address: &str| {
        let located = asked.field(address);
        located.is_some_and(|located| located.field.personal)
    };
    let personal: Vec<String> = reply
        .answers
        .keys()
        .filter(|address| is_personal(address))
        .cloned()
        .collect();
    for address in &personal {
        reply.answers.remove_mut(address);
        reply.flags.remove_mut(address);
        reply.comments.remove_mut(address);
    }
    reply
        .files
        .retain(|_, file| !file.question.as_deref().is_some_and(is_personal));
}
