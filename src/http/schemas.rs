//! Shapes of the core, as the API's document shows them. The core itself knows nothing of documents.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, SchemaFormat, Type, schema::SchemaType};
use utoipa::{PartialSchema, ToSchema};

use crate::http::handling::shape::format;
use domain::collection::Basis;
use domain::{Lang, Texts};
use event_log::{Evidence, Head};

/// A text by language: ar, zh, en, fr, ru, es.
pub type ByLanguage = HashMap<String, String>;

/// The text for a reader of these languages, and the language that it is in.
pub fn chosen(texts: &Texts, languages: &[Lang]) -> (Option<String>, String) {
    match texts.pick(languages) {
        Some((lang, text)) => (Some(lang.to_string()), text.to_owned()),
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
    /// When it was recorded, RFC 3339 in UTC; null before the first event.
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
    pub leaf: Option<String>,
    /// The root of the log's Merkle tree (RFC 6962) at its position, 64 hexadecimal digits: as `/v1/log/head?as_of=` has it. Null
    /// while the tree of a log from before it had one is still being made.
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

/// Something that a reader of a figure must know.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub text: String,
    /// The language of `text`.
    #[schema(value_type = String)]
    pub lang: Lang,
}

impl NoticeView {
    /// A notice whose text is `notice.<code>` in data/texts.json.
    pub fn new(code: &str, languages: &[Lang], args: &[(&str, &str)]) -> Self {
        let (lang, text) = texts::chosen(&format!("notice.{code}"), languages, args);
        Self {
            code: code.to_owned(),
            text,
            lang,
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

/// A questionnaire: sections of questions.
#[expect(
    dead_code,
    reason = "only its schema is used; the type itself is the core's Questionnaire"
)]
#[derive(ToSchema)]
pub struct QuestionnaireShape {
    /// What it is called.
    title: ByLanguage,
    /// What whoever answers should know first.
    introduction: Option<ByLanguage>,
    /// Its sections, in order.
    sections: Vec<SectionShape>,
}

/// A part of a questionnaire.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct SectionShape {
    /// Unique in the questionnaire.
    #[schema(example = "A")]
    code: String,
    /// What it is about.
    title: ByLanguage,
    /// Its questions, in order.
    questions: Vec<QuestionShape>,
}

/// A question. Its code stays the same over revisions.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct QuestionShape {
    /// A capital letter, then up to 15 capital letters, digits and underscores.
    #[schema(example = "A1")]
    code: String,
    /// application, difficulties, assistance, practices
    heading: String,
    /// The question itself.
    text: ByLanguage,
    /// How to answer it.
    help: Option<ByLanguage>,
    /// Whether a reply without an answer to it cannot be submitted.
    required: Option<bool>,
    /// Codes of the standards that it is about.
    standards: Option<Vec<String>>,
    /// one_choice, several_choices, text, whole_number, decimal, date, year
    #[schema(rename = "type")]
    kind: String,
    /// One choice: the standard scale `yes_in_part_no`, instead of options.
    scale: Option<String>,
    /// One choice, several choices: what can be chosen.
    options: Option<Vec<ChoiceShape>>,
    /// Several choices: values that exclude every other.
    exclusive: Option<Vec<String>>,
    /// Text: the most characters.
    max_length: Option<u32>,
    /// The least or first: an integer, a decimal as a string, a date.
    #[schema(value_type = Option<Object>)]
    min: Option<String>,
    /// The most or last.
    #[schema(value_type = Option<Object>)]
    max: Option<String>,
    /// Decimal: the most digits after the point.
    places: Option<u32>,
    /// Whole number, decimal: what is counted or measured.
    unit: Option<ByLanguage>,
}

/// An option.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct ChoiceShape {
    /// What is stored.
    value: String,
    /// What people read.
    label: ByLanguage,
}

/// An answer: a value, or that there is no such information.
#[expect(
    dead_code,
    reason = "only its schema is used; the core reads answers by their question's type"
)]
#[derive(ToSchema)]
pub struct AnswerShape {
    /// By the question's type: an option's value; a list of them; `{"text": "…", "lang": "fr"}`; a whole number, a decimal or
    /// a year, each as a JSON number or a string of digits 0-9 with at most one sign before them and one point among them; a
    /// date, `2011-03-08`. Decimals, and whole numbers beyond 2^53, are answered as strings.
    #[schema(value_type = Option<Object>)]
    value: Option<String>,
    /// `true`, instead of a value: an answer, and not a blank.
    not_available: Option<bool>,
    /// What is said beside it. An answer that is put without one has none any more; one that is patched keeps it, unless this
    /// is null.
    comment: Option<WordsShape>,
}

/// A decimal: digits 0-9, before them at most one sign, among them at most one point; as a string or a JSON number.
/// `"12.50"` is exact, whatever its digits; `12.5` is taken as well.
pub struct DecimalShape;

impl PartialSchema for DecimalShape {
    fn schema() -> RefOr<Schema> {
        let shape = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
            .format(Some(SchemaFormat::Custom(format::DECIMAL.to_owned())))
            .description(Some(
                "A decimal: digits 0-9, before them at most one sign, among them at most one point; exact as a string, \
                 `\"12.50\"`, and taken as a JSON number, `12.5`.",
            ));
        shape.into()
    }
}

impl ToSchema for DecimalShape {}

/// Words with their language.
#[expect(dead_code, reason = "only its schema is used")]
#[derive(ToSchema)]
pub struct WordsShape {
    /// The words; missing where they were redacted.
    text: Option<String>,
    /// ar, zh, en, fr, ru, es
    lang: Option<String>,
    /// `true` where the words were redacted. Only in answers of the API.
    redacted: Option<bool>,
    /// Why: names_a_person, other_personal_data, restricted_information, sent_by_mistake.
    reason: Option<String>,
    /// The id of the words' content, told to the Secretariat only.
    content: Option<String>,
}
