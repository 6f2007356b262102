//! What is published: figures as they were released, narratives, and what they rest on.
//!
//! The words are not in it: they stay beside the log and are joined when it is read, so that their redaction takes them out
//! of a published report as well, and a later translation can be shown beside them. All else stays as it was published.

use serde::{Deserialize, Serialize};

use super::compilation::Progress;
use super::figures::CollectionFigures;
use domain::questionnaire::TextAnswer;
use domain::report::{Heading, Purpose};
use domain::{ContentRef, Lang, ReplyId, Texts};

/// A report as it is published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What it is called.
    pub title: Texts,
    /// What it is for.
    #[serde(default)]
    pub purpose: Purpose,
    /// The session of the Commission, or the Congress, that it is for.
    pub session: u16,
    /// The position that it was compiled as of.
    pub position: u64,
    /// When that was recorded, RFC 3339 in UTC.
    pub time: Option<String>,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// Its narratives, heading by heading.
    pub narratives: Vec<Narrative>,
    /// The collections' figures, as they were released.
    pub collections: Vec<CollectionFigures>,
    /// Annex: progress in preparing instruments.
    pub instruments: Vec<Progress>,
}

/// A narrative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    /// Under which heading.
    pub heading: Heading,
    /// In which language.
    pub lang: Lang,
    /// Where its words are.
    pub words: ContentRef,
    /// The answers that it rests on, of States that consented to their publication.
    pub rests_on: Vec<Link>,
    /// How many other answers it rests on, of States that did not.
    pub restricted: usize,
}

/// A published answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The State's code.
    pub party: String,
    /// What it is called.
    #[serde(default)]
    pub name: Texts,
    /// Its reply.
    pub reply: ReplyId,
    /// The question's code.
    pub question: String,
    /// Where the answer's words are, where it is words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<TextAnswer>,
}
