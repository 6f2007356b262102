//! Shapes that several areas take and answer.

mod answer;
mod consent;
mod deadline;
mod need_statement;
mod questionnaire;
mod resources;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::dates;
use crate::written;
use domain::collection::{Basis, Collection};
use domain::redaction::Reason;
use domain::{ContentId, Lang, Texts, code_enum};
use event_log::{Evidence, Head};

pub use crate::http::handling::notice_view::NoticeView;
pub use answer::{AnswerPatch, AnswerShape};
pub use consent::{ConsentInput, ConsentShape};
pub use deadline::{DeadlineView, NewDeadline};
pub use questionnaire::{ChoiceShape, QUESTION_SHAPES, QuestionnaireShape};
pub use resources::ResourcesView;

/// The text for a reader of these languages, and the language that it is in.
pub fn chosen(texts: &Texts, languages: &[Lang]) -> (Option<Lang>, String) {
    match texts.pick(languages) {
        Some((lang, text)) => (Some(lang), text.to_owned()),
        None => (None, String::new()),
    }
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The state of the log that an answer is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AsOf {
    /// The position.
    pub position: u64,
    /// When it was recorded, in UTC; null before the first event.
    #[schema(format = DateTime)]
    pub time: Option<String>,
}

/// A time as every answer writes it, in UTC and to the microsecond: the same text as in the event's envelope.
pub fn rfc3339(time: Timestamp) -> String {
    format!("{time:.6}")
}

impl From<Head> for AsOf {
    fn from(head: Head) -> Self {
        Self {
            position: head.position,
            time: head.time.map(rfc3339),
        }
    }
}

/// What shows that an event stands in the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// The event's leaf: SHA-256 of 0x00 and its envelope, 64 hexadecimal digits.
    #[schema(value_type = Option<written::Sha256Hex>)]
    pub leaf: Option<String>,
    /// The root of the log's Merkle tree (RFC 6962) at its position, 64 hexadecimal digits: as `/v1/log/head?as_of=` has it. Null
    /// while the tree of a log from before it had one is still being made.
    #[schema(value_type = Option<written::Sha256Hex>)]
    pub root: Option<String>,
}

impl From<&Evidence> for EvidenceView {
    fn from(evidence: &Evidence) -> Self {
        Self {
            leaf: evidence.leaf.map(|leaf| leaf.to_string()),
            root: evidence.root.map(|root| root.to_string()),
        }
    }
}

/// On whom a collection's public figures stand, for whoever is to reply.
pub fn basis_notice(basis: Basis, languages: &[Lang]) -> NoticeView {
    let code = match basis {
        Basis::Consenting => "basis_consenting",
        Basis::All => "basis_all",
    };
    NoticeView::new(code, languages, &[])
}

/// Words with their language.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct WordsShape {
    /// The words; missing where they were redacted.
    text: Option<String>,
    /// Their language.
    lang: Option<Lang>,
    /// `true` where the words were redacted. Only in answers of the API.
    redacted: Option<bool>,
    /// Why they were.
    reason: Option<Reason>,
    /// The id of the words' content, told to the Secretariat only.
    content: Option<ContentId>,
}

/// The notices of a collection, for a reader of these languages.
pub fn collection_notices(collection: &Collection, languages: &[Lang]) -> Vec<NoticeView> {
    let notices = collection.notices.iter().filter_map(|notice| {
        let (lang, text) = notice.text.pick(languages)?;
        Some(NoticeView {
            code: notice.code.clone(),
            text: text.to_owned(),
            lang,
        })
    });
    notices.collect()
}

code_enum! {
    /// Whose replies: those of Member States, which figures count, or of other sources, which they list apart.
    pub enum Sources {
        /// Member States.
        MemberStates = "member_states",
        /// Observers, organizations, institutes, UN entities.
        Others = "other_sources",
    }
}

/// The day of a step.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StepOn {
    /// The day: not before that of the step before, and not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    pub(in crate::http) on: Date,
}
