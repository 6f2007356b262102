//! What the events of a report say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Heading, Purpose};
use crate::{CollectionId, ContentRef, DocumentId, InstrumentId, Lang, MeetingId, ReplyId, Texts};

/// What a report is, to whom, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// What it is called.
    pub title: Texts,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Purpose::is_findings")]
    pub purpose: Purpose,
    /// The session of the Commission, or the Congress, that it is for, by number.
    pub session: u16,
    /// The collections whose figures it reports.
    pub collections: Vec<CollectionId>,
    /// The instruments whose preparation it reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instruments: Vec<InstrumentId>,
}

/// Work on a report begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportBegun {
    /// What it is to be.
    #[serde(flatten)]
    pub particulars: Particulars,
}

/// It is to be something else. Its figures are compiled anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRevised {
    /// What it is to be, as a whole.
    #[serde(flatten)]
    pub particulars: Particulars,
}

/// Work on the report ends without a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAbandoned {}

/// The figures that it reports are those as of a position; what was compiled before is superseded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCompiled {
    /// The position.
    pub position: u64,
    /// The compilation's JSON: the same position gives the same bytes.
    pub compilation: ContentRef,
}

/// A narrative is drafted, or drafted anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeDrafted {
    /// Under which heading.
    pub heading: Heading,
    /// In which language.
    pub lang: Lang,
    /// Its words.
    pub text: ContentRef,
    /// The answers that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<AnswerLink>,
}

/// An answer that a narrative rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnswerLink {
    /// The reply.
    pub reply: ReplyId,
    /// The question's code.
    pub question: String,
}

/// A narrative is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeDropped {
    /// Under which heading.
    pub heading: Heading,
    /// In which language.
    pub lang: Lang,
}

/// The report is before its meeting, and changes no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPublished {
    /// The session, or the Congress.
    pub session: u16,
    /// The meeting.
    pub meeting: MeetingId,
    /// The document that it is, where it is recorded as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The day.
    pub on: Date,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// The headings that it has.
    pub headings: Vec<Heading>,
    /// What is published: JSON.
    pub body: ContentRef,
}
