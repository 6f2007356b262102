//! What the events of an instrument say.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::questionnaire::QuestionSummary;
use super::super::words::Words;
use super::super::{CommentId, ContentRef, DocumentId, Lang, MeetingId, Texts};
use super::Route;

/// Work on an instrument begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentDrafted {
    /// What it is called, in each of its languages.
    pub title: Texts,
    /// The code of the category of standards that it is about.
    pub category: String,
    /// How it comes to its approval.
    pub route: Route,
    /// The languages that its questionnaire is written in.
    pub languages: Vec<Lang>,
    /// The version of the classification that it is made under, and keeps.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub classification_version: u32,
}

const fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_first(version: &u32) -> bool {
    *version == 1
}

/// The draft is now this questionnaire, which may still have faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentDraftSaved {
    /// The questionnaire's JSON.
    pub draft: ContentRef,
    /// How many questions it has.
    pub questions: usize,
    /// What is known of its translations, by language, where this changes it: of what was left out, and of what is behind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<Lang, Translation>,
}

/// What is known of a questionnaire's translation into a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// By the texts' keys: the translations that were given, and of which words.
    pub record: ContentRef,
    /// How many are behind: their originals were edited since.
    pub behind: u32,
}

/// A questionnaire was translated into a language, or some of its texts were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentTranslated {
    /// The language.
    pub lang: Lang,
    /// The revision; none where it is the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// What is known of the translation now.
    #[serde(flatten)]
    pub translation: Translation,
    /// The questionnaire's JSON, with it.
    pub questionnaire: ContentRef,
    /// How many texts there are in the language.
    pub translated: u32,
    /// How many texts there are.
    pub texts: u32,
}

/// The draft is frozen as the next revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentRevised {
    /// 1, 2, 3 within the instrument.
    pub revision: u32,
    /// The questionnaire's JSON: the content of the draft.
    pub questionnaire: ContentRef,
    /// The languages that all of it is written in.
    pub languages: Vec<Lang>,
    /// How many of its texts were translated from words that were edited since, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub behind: BTreeMap<Lang, u32>,
    /// What it asks, in codes.
    pub questions: Vec<QuestionSummary>,
    /// The comments that it takes up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes_up: Vec<CommentId>,
}

/// More of what a revision asks than the event that froze it could say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionQuestionsListed {
    /// The revision.
    pub revision: u32,
    /// How many questions were listed before.
    pub after: u32,
    /// The next ones.
    pub questions: Vec<QuestionSummary>,
}

/// The Commission, or a meeting for it, approved a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentApproved {
    /// The revision.
    pub revision: u32,
    /// The instrument's route.
    pub route: Route,
    /// The meeting that approved, as people call it.
    pub meeting: String,
    /// The same meeting; none where it was recorded from the past by its name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_id: Option<MeetingId>,
    /// Its decision, as people cite it.
    pub decision: String,
    /// The day of the decision.
    pub date: Date,
}

/// A revision corrects the one before, which is approved: it says better, and allows more, what that asks, and stands by the same
/// approval. Collections that are open can move to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionCorrected {
    /// The revision that was just frozen.
    pub revision: u32,
    /// The revision that it corrects.
    pub corrects: u32,
    /// The approval that it stands by: of the revision that was decided on.
    pub approval: InstrumentApproved,
    /// What was wrong.
    pub reason: Words,
}

/// A revision is put before a meeting that decides on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentPresented {
    /// The revision.
    pub revision: u32,
    /// The meeting, of the kind that the route asks for.
    pub meeting: MeetingId,
    /// The report on progress that went with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress_report: Option<DocumentId>,
    /// The day.
    pub on: Date,
}

/// The meeting did not approve the revision, and gave it back with remarks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentReturned {
    /// The revision.
    pub revision: u32,
    /// The meeting.
    pub meeting: MeetingId,
    /// The day.
    pub on: Date,
    /// What was said.
    pub remarks: ContentRef,
    /// The language of the remarks.
    pub lang: Lang,
}

/// Work on the instrument ends without its approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentWithdrawn {
    /// Why.
    pub reason: ContentRef,
    /// The language of the reason.
    pub lang: Lang,
}
